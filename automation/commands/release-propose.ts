import { AutomationError } from "../errors";
import { readEvent } from "../events/read-event";
import type { PullRequestChange, PullRequestsPort } from "../ports/pull-requests";
import { proposal } from "../release/proposal";
import { FileReleaseJournal } from "../release/release-journal";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { viewEndpoint, type ReleaseDeps, type ReleaseOptions } from "./release-session";

export interface ReleaseProposeDeps extends ReleaseDeps {
  /** Opens GitHub; undefined where there is no token. */
  readonly pullRequests: () => PullRequestsPort | undefined;
}

export interface ReleaseProposeOptions extends ReleaseOptions {
  /** The branch that deploys to production. */
  readonly base: string;
  /** @default the branch of the event, or the checked-out one */
  readonly head?: string;
}

/** The pull request with which a release is proposed for production. */
export interface ReleaseProposeResult extends PullRequestChange {
  readonly environment: EnvironmentName;
  readonly model: string;
}

/** Opens one pull request to the branch of production, or updates it, for the release that passed its test here. */
export async function releasePropose(
  deps: ReleaseProposeDeps,
  options: ReleaseProposeOptions,
): Promise<ReleaseProposeResult> {
  const env = deps.env ?? process.env;
  const event = await readEvent({ git: deps.git, env, directory: options.cwd });
  const head = options.head ?? event.branch;
  const repository = event.repository ?? (await deps.gate.checkout.checkout(options.cwd))?.repository;
  const pullRequests = deps.pullRequests();
  if (head === undefined || repository === undefined || !repository.includes("/")) {
    throw new AutomationError(
      "usage",
      "it is not known from which branch, of which repository, a pull request would go",
      {
        hint: "run it on a branch of a repository with the remote origin, or name it: --head BRANCH",
      },
    );
  }
  if (head === options.base) {
    throw new AutomationError("usage", `a pull request from ${head} to itself makes no sense`, {
      hint: "run it on the branch of staging, or name another: --base BRANCH",
    });
  }
  if (!pullRequests) throw new AutomationError("usage", "there is no token for GitHub", { hint: "set GITHUB_TOKEN" });
  return viewEndpoint(deps, options, async ({ opened: { environment }, reference, endpoint, directory }) => {
    const record = await FileReleaseJournal.read(directory, reference.endpointName);
    const live = await endpoint.live();
    if (!record || !live)
      throw new AutomationError("usage", "nothing was released from here", { hint: "trunkline release deploy" });
    const ended = record.outcome !== undefined && record.outcome !== "promoted";
    if (!record.tested || ended) {
      const state = ended ? `was ${record.outcome}` : "has not passed its test";
      throw new AutomationError("refused", `${record.model} in ${record.slot} ${state}: it is not proposed`, {
        hint: "test it first: trunkline release test",
      });
    }
    const runUrl =
      env.GITHUB_RUN_ID && `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`;
    const facts = { environment, endpoint: reference.endpointName, record, live };
    const text = proposal({ ...facts, ...(runUrl && { runUrl }) });
    const change = await pullRequests.propose(repository, { head, base: options.base, ...text });
    return { ...change, environment, model: record.model };
  });
}
