import { z } from "zod";
import { databricksArtifactsSection, databricksSecretScopeSection } from "./databricks-artifacts-section";
import { databricksPrincipalSection } from "./databricks-principal-section";
import { databricksServingSection } from "./databricks-serving-section";
import { section, text } from "./schema-kit";
import { uuid } from "./uuid";

const authTypes = ["azure-cli", "github-oidc", "github-oidc-azure", "azure-client-secret", "azure-msi"] as const;

const workspace = section(
  {
    host: text(
      /^https:\/\/adb-\d+\.\d+\.azuredatabricks\.net$/,
      "the address of a workspace, such as https://adb-8590162618558854.14.azuredatabricks.net",
      "Address of the workspace.",
    ),
    id: text(/^\d+$/, "digits, in quotes", "Number of the workspace, which its address has after adb-."),
    resourceId: text(
      /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Databricks\/workspaces\/[^/]+$/,
      "the ARM id of a workspace: /subscriptions/…/resourceGroups/…/providers/Microsoft.Databricks/workspaces/…",
      "ARM id of the workspace.",
    ),
  },
  "The existing workspace of the environment. Absent: the one that azure.databricks makes.",
).refine(({ host, id }) => host.startsWith(`https://adb-${id}.`), {
  error: "a number that the address has after adb-",
  path: ["id"],
});

/** The part of the config that describes what an environment has in Databricks. */
export const databricksSection = section(
  {
    accountId: uuid("Databricks account, as the account console shows it at the top right."),
    authType: z
      .enum(authTypes, { error: `one of ${authTypes.join(", ")}` })
      .describe(
        "How the providers log in. azure-cli takes the login of az, an engineer's or that of the action azure/login.",
      )
      .default("azure-cli"),
    workspace: workspace.optional(),
    principal: databricksPrincipalSection.optional(),
    artifacts: databricksArtifactsSection.optional(),
    secretScope: databricksSecretScopeSection.optional(),
    serving: databricksServingSection.optional(),
  },
  "What the environment has in Databricks. Absent: nothing.",
);

/** The Databricks part of a config, with its defaults filled in. */
export type DatabricksConfig = z.infer<typeof databricksSection>;
