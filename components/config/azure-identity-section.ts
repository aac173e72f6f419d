import { z } from "zod";
import { type BuiltInRole, builtInRoles } from "../azure/built-in-roles";
import { at, integer, list, section } from "./schema-kit";

const roleNames = Object.keys(builtInRoles) as [BuiltInRole, ...BuiltInRole[]];
const role = z.enum(roleNames, { error: `one of ${roleNames.join(", ")}` }).describe("Name of a built-in role.");

const modes = ["federated", "application"] as const;

/** The part of the config that describes as whom CI works in Azure. */
export const azureIdentitySection = section(
  {
    mode: z
      .enum(modes, { error: `one of ${modes.join(", ")}` })
      .describe(
        "federated: a managed identity that trusts the tokens of GitHub's environment. " +
          "application: an application of Entra with secrets, for CI that has no OIDC.",
      )
      .default("federated"),
    roles: list(role, 0, 10, "Roles of CI on the subscription. Nothing is implied."),
    previewRoles: list(role, 0, 10, "Roles of an identity for previews, on the subscription. Absent: none.").optional(),
    secretLifetimeDays: integer(
      1,
      730,
      "Days that a secret of the application is valid; a change replaces both secrets. Absent: two years.",
    ).optional(),
  },
  "As whom CI works in Azure.",
)
  .refine((value) => at(value, ["mode"]) !== "application" || at(value, ["previewRoles"]) === undefined, {
    path: ["previewRoles"],
    error: "nothing: only the mode federated has an identity for previews",
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .refine((value) => at(value, ["mode"]) === "application" || at(value, ["secretLifetimeDays"]) === undefined, {
    path: ["secretLifetimeDays"],
    error: "nothing: only the mode application has secrets",
    when: ({ value }) => typeof value === "object" && value !== null,
  });
