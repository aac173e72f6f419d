import { azurePipelinesHost } from "./azure-pipelines-host";
import { githubActionsHost } from "./github-actions-host";

/** What a run tells the CI system that it runs in. */
export interface CiHost {
  readonly name: "github" | "azure-pipelines" | "none";
  /** Has the system mask a text in all logs from now on. */
  mask(secret: string): void;
  /** Gives a value to later steps and jobs. Secrets are refused before anything is written. */
  output(name: string, value: string): void;
  /** Adds Markdown to the page of the run. */
  summary(markdown: string): void;
  /** Shows a text beside the run. */
  annotate(level: "error" | "warning" | "notice", text: string): void;
}

/** The CI system that a process runs in, by the variables that each sets. */
export function ciHost(env: NodeJS.ProcessEnv, write: (text: string) => void): CiHost {
  if (env.GITHUB_ACTIONS === "true") return githubActionsHost(env, write);
  if (env.TF_BUILD === "True") return azurePipelinesHost(env, write);
  return { name: "none", mask: () => {}, output: () => {}, summary: () => {}, annotate: () => {} };
}
