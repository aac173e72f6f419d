import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";

/** How GitHub is reached. */
export interface GithubAccess {
  readonly token: string;
  /** @default https://api.github.com */
  readonly baseUrl?: string;
  /** Is told what is waited for. */
  readonly note?: (text: string) => void;
  /** Length in milliseconds of the unit in which waits are counted. @default a second */
  readonly unitMs?: number;
}

/** An Octokit that answers pages as one list, and waits out faults of the server and rate limits. */
export type GithubClient = ReturnType<typeof githubClient>;

/** A limit that takes longer to pass fails the call: nobody waits an hour for a comment. */
const LONGEST_WAIT_S = 120;

/** A request without an answer is given up after this time. */
const TIMEOUT_MS = 30_000;

const RETRIES = 3;

/** Answers that another attempt does not change; 429 is left to the throttling, which waits as long as GitHub says. */
const FINAL = [400, 401, 403, 404, 410, 422, 429, 451];

const RetryingOctokit = Octokit.plugin(paginateRest, retry, throttling);

/**
 * Opens GitHub's API. Answers of 5xx and broken connections are tried again three times, with more time between them;
 * limits are waited for as long as GitHub says, if that is no more than two minutes. See
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api.
 */
export function githubClient({ token, baseUrl, note = () => {}, unitMs = 1000 }: GithubAccess) {
  const wait = (kind: string) => (seconds: number, request: { url: string }, _octokit: unknown, count: number) => {
    const again = count < RETRIES && seconds <= LONGEST_WAIT_S;
    note(
      again
        ? `github: ${kind} reached, going on in ${seconds} s`
        : `github: ${kind} reached for ${request.url}, given up`,
    );
    return again;
  };
  return new RetryingOctokit({
    auth: token,
    ...(baseUrl && { baseUrl }),
    userAgent: "trunkline",
    retry: { retries: RETRIES, doNotRetry: FINAL, retryAfterBaseValue: unitMs },
    throttle: {
      retryAfterBaseValue: unitMs,
      onRateLimit: wait("the rate limit"),
      onSecondaryRateLimit: wait("the secondary rate limit"),
    },
    // What it would print has request options in it, and with them the token.
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    request: {
      fetch: (url: string, options: RequestInit) => fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    },
  });
}
