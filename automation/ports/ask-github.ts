import type { GithubPort } from "./github";
import type { AskCi } from "./owners";

/**
 * Asks GitHub whether a run of its Actions has ended: it says so, or a later attempt of it has begun. Undefined for a run of
 * another system, for one that GitHub does not know any more, where it does not answer, and
 * without a token.
 */
export function askGithub(open: () => Promise<Pick<GithubPort, "workflowRun"> | undefined>): AskCi {
  return async ({ system, repository, run, attempt }) => {
    if (system !== "github") return undefined;
    const github = await open();
    const found = await github?.workflowRun(repository, Number(run)).catch(() => undefined);
    return found && (found.attempt > attempt || (found.attempt === attempt && found.status === "completed"));
  };
}
