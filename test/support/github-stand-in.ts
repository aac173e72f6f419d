import assert from "node:assert/strict";
import { HttpStandIn, type Fault, type ReceivedRequest } from "./http-stand-in";

/** GitHub refuses a comment that is longer: "Body is too long (maximum is 65536 characters)". */
const LONGEST_COMMENT = 65_536;

/** A comment of the stand-in. */
export interface StoredComment {
  readonly id: number;
  readonly issue: string;
  author: string;
  body: string;
}

type Json = Record<string, unknown>;
type Handler = (match: RegExpExecArray, request: ReceivedRequest) => unknown;

/** What is not a success: its status, and its message. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The part of GitHub's API that the pipeline uses, on a local port: it holds what it is given, answers in pages with their
 * links, and refuses what GitHub refuses. A request that GitHub would not understand is kept in `violations`.
 */
export class GithubStandIn {
  /** What no client may ever send. */
  readonly violations: string[] = [];
  readonly comments: StoredComment[] = [];
  readonly statuses: Json[] = [];
  /** By `owner/name/environment`, in the form of the API. */
  readonly environments = new Map<string, Json>();
  /** By `owner/name`, in the form of the API. */
  readonly pullRequests = new Map<string, Json[]>();
  /** By `owner/name#number`, in the form of the API. */
  readonly reviews = new Map<string, Json[]>();
  /** Logins by `organization/team`. */
  readonly teams = new Map<string, readonly string[]>();
  /** By `owner/name/id`, in the form of the API. */
  readonly runs = new Map<string, Json>();
  /** By `owner/name/id`, in the form of the API. */
  readonly approvals = new Map<string, Json[]>();
  /** Who the token belongs to, as GitHub says of a workflow's own. */
  viewer = "github-actions[bot]";
  private nextId = 1;

  private readonly routes: readonly [route: RegExp, handler: Handler][] = [
    [/^POST \/graphql$/, (_, { body }) => this.graphql(body)],
    [
      /^GET \/repos\/([^/]+\/[^/]+)\/environments\/([^/]+)$/,
      ([, repo, name = ""]) => found(this.environments.get(`${repo}/${decodeURIComponent(name)}`)),
    ],
    [/^GET \/repos\/([^/]+\/[^/]+)\/pulls\/(\d+)$/, ([, repo, number]) => found(this.pull(repo, Number(number)))],
    [/^GET \/repos\/([^/]+\/[^/]+)\/pulls\/(\d+)\/reviews$/, ([, repo, n]) => this.reviews.get(`${repo}#${n}`) ?? []],
    [/^GET \/repos\/([^/]+\/[^/]+)\/commits\/(\w+)\/pulls$/, ([, repo, commit]) => this.pullsOf(repo, commit)],
    [/^GET \/repos\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/, ([, repo, id]) => found(this.runs.get(`${repo}/${id}`))],
    [
      /^GET \/repos\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)\/approvals$/,
      ([, repo, id]) => this.approvals.get(`${repo}/${id}`) ?? [],
    ],
    [
      /^GET \/orgs\/([^/]+)\/teams\/([^/]+)\/members$/,
      ([, org, team]) => found(this.teams.get(`${org}/${team}`)).map((login) => ({ login })),
    ],
    [
      /^GET \/repos\/([^/]+\/[^/]+)\/issues\/(\d+)\/comments$/,
      ([, repo, n]) => this.comments.filter(({ issue }) => issue === `${repo}#${n}`).map(commentJson),
    ],
    [
      /^POST \/repos\/([^/]+\/[^/]+)\/issues\/(\d+)\/comments$/,
      ([, repo, n], { body }) => {
        const comment = { id: this.nextId++, issue: `${repo}#${n}`, author: this.viewer, body: commentBody(body) };
        this.comments.push(comment);
        return commentJson(comment);
      },
    ],
    [
      /^PATCH \/repos\/([^/]+\/[^/]+)\/issues\/comments\/(\d+)$/,
      ([, , id], { body }) => {
        const comment = found(this.comments.find((candidate) => candidate.id === Number(id)));
        comment.body = commentBody(body);
        return commentJson(comment);
      },
    ],
    [
      /^DELETE \/repos\/([^/]+\/[^/]+)\/issues\/comments\/(\d+)$/,
      ([, , id]) => {
        const comment = found(this.comments.find((candidate) => candidate.id === Number(id)));
        this.comments.splice(this.comments.indexOf(comment), 1);
        return undefined;
      },
    ],
    [
      /^POST \/repos\/([^/]+\/[^/]+)\/statuses\/([0-9a-f]{40})$/,
      ([, repo, sha], { body }) => {
        if (!["error", "failure", "pending", "success"].includes(body.state))
          throw new Refusal(422, "state is invalid");
        if (String(body.description ?? "").length > 140) throw new Refusal(422, "description is too long");
        this.statuses.push({ repo, sha, ...body });
        return { state: body.state };
      },
    ],
  ];

  private http!: HttpStandIn;

  private constructor(private readonly token: string) {}

  /** Listens on a free port of this machine; whoever does not send `token` is refused. */
  static async start(token: string): Promise<GithubStandIn> {
    const github = new GithubStandIn(token);
    github.http = await HttpStandIn.start((line, request) => github.handle(line, request));
    return github;
  }

  get url(): string {
    return this.http.url;
  }

  get requests(): readonly ReceivedRequest[] {
    return this.http.requests;
  }

  get faults(): Fault[] {
    return this.http.faults;
  }

  /** Methods and paths of the requests since the start, one a line. */
  get log(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  /** Puts a comment on a pull request that somebody wrote. */
  addComment(repo: string, pullRequest: number, author: string, body: string): StoredComment {
    const comment = { id: this.nextId++, issue: `${repo}#${pullRequest}`, author, body };
    this.comments.push(comment);
    return comment;
  }

  async stop(): Promise<void> {
    await this.http.stop();
    assert.deepEqual(this.violations, []);
  }

  private handle(line: string, request: ReceivedRequest): [status: number, body: unknown] {
    const { accept, authorization = "", "user-agent": agent, "content-type": type } = request.headers;
    if (!accept?.includes("application/vnd.github")) this.violations.push(`${line}: accept ${accept}`);
    if (!agent) this.violations.push(`${line}: GitHub refuses requests without a user agent`);
    if (request.body && !type?.startsWith("application/json")) this.violations.push(`${line}: content type ${type}`);
    if (!["token", "bearer"].some((scheme) => authorization.toLowerCase() === `${scheme} ${this.token}`)) {
      return [401, { message: "Bad credentials" }];
    }
    for (const [route, handler] of this.routes) {
      const match = route.exec(line);
      if (!match) continue;
      try {
        const body = handler(match, request);
        const made = request.method === "POST" && request.path !== "/graphql";
        return [body === undefined ? 204 : made ? 201 : 200, body];
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return [error.status, { message: error.message }];
      }
    }
    this.violations.push(`there is no route for ${line}`);
    return [404, { message: "Not Found" }];
  }

  private graphql({ query }: { query: string }): unknown {
    if (!/^query\s*{\s*viewer\s*{\s*login\s*}\s*}$/.test(query.trim())) this.violations.push(`graphql: ${query}`);
    return { data: { viewer: { login: this.viewer } } };
  }

  private pull(repo: string | undefined, number: number): Json | undefined {
    return this.pullRequests.get(repo ?? "")?.find((pull) => pull["number"] === number);
  }

  private pullsOf(repo: string | undefined, commit: string | undefined): Json[] {
    const pulls = (this.pullRequests.get(repo ?? "") ?? []) as any[];
    return pulls.filter(({ merge_commit_sha, head }) => merge_commit_sha === commit || head.sha === commit);
  }
}

function found<T>(item: T | undefined): T {
  if (item === undefined) throw new Refusal(404, "Not Found");
  return item;
}

function commentBody({ body }: { body?: unknown }): string {
  if (typeof body !== "string" || body === "") throw new Refusal(422, "Body can't be blank");
  if (body.length > LONGEST_COMMENT) throw new Refusal(422, "Body is too long (maximum is 65536 characters)");
  return body;
}

function commentJson({ id, issue, author, body }: StoredComment): Json {
  const [repo, number] = issue.split("#");
  return {
    id,
    body,
    user: { login: author },
    html_url: `https://github.com/${repo}/pull/${number}#issuecomment-${id}`,
  };
}
