import { z } from "zod";
import { environmentSchema } from "../../components/environment-config";
import { list, text } from "../../components/config/schema-kit";
import { repositorySection } from "../../components/config/repository-section";
import { SYSTEM_NAMES } from "./systems";

/** Where state is kept, by the name that `--state` takes. */
export const STATE_CLOUDS = ["aws", "azure"] as const;

/** The CI systems that there are files for, by the name that `--ci` takes. */
export const CI_SYSTEMS = ["github", "azure"] as const;

/** A folder below the root, without `..`; empty for the root itself. */
const folder = text(
  /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))(?!(?:node_modules|dist|\.git|\.trunkline)(?:\/|$))[A-Za-z0-9._/-]{0,200}(?<!\/)$/,
  "a folder below the repository's root, such as platform",
  "Folder of the program.",
);

/** What `trunkline init` has to know, and keeps for `trunkline upgrade`. */
export const initAnswersSchema = z.strictObject({
  directory: folder,
  name: text(
    /^[A-Za-z0-9_.-]{1,100}$/,
    "1 to 100 letters, digits, hyphens, underscores and periods",
    "Name of the Pulumi project.",
  ),
  organization: environmentSchema.shape.organization,
  repository: repositorySection.shape.fullName,
  state: z.enum(STATE_CLOUDS, { error: "aws or azure" }),
  systems: list(
    z.enum(SYSTEM_NAMES, { error: `one of ${SYSTEM_NAMES.join(", ")}` }),
    0,
    SYSTEM_NAMES.length,
    "Systems.",
  ),
  ci: z.enum(CI_SYSTEMS, { error: "github or azure" }),
});

/** What `trunkline init` has been told, checked. */
export type InitAnswers = z.infer<typeof initAnswersSchema>;

/** The options that give the answers, by answer. */
export const ANSWER_OPTIONS: Readonly<Record<keyof InitAnswers, string>> = {
  directory: "--directory",
  name: "--name",
  organization: "--organization",
  repository: "--repository",
  state: "--state",
  systems: "--with",
  ci: "--ci",
};

/** What is wrong with one answer, in words; undefined where nothing is. */
export function answerFault(answer: keyof InitAnswers, value: unknown): string | undefined {
  const parsed = initAnswersSchema.shape[answer].safeParse(value);
  if (parsed.success) return undefined;
  const allowed = parsed.error.issues[0]?.message ?? "";
  const near = answer === "organization" && typeof value === "string" ? acceptable(value) : undefined;
  return `got ${JSON.stringify(value)}, allowed is ${allowed}${near ? `; ${near} would be` : ""}`;
}

/** The nearest name of an organization that every vendor takes; undefined where nothing is left of it. */
export function acceptable(name: string): string | undefined {
  const tidy = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 32)
    .replace(/-+$/, "");
  return environmentSchema.shape.organization.safeParse(tidy).success ? tidy : undefined;
}
