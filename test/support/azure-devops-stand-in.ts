import assert from "node:assert/strict";
import { HttpStandIn, type Fault, type ReceivedRequest } from "./http-stand-in";

/** Azure Repos refuses a comment that is longer. */
const LONGEST_COMMENT = 150_000;

/** A thread of comments on a pull request, in the form of the API. */
export interface StoredThread {
  readonly id: number;
  readonly pullRequest: string;
  readonly status: string;
  isDeleted?: boolean;
  readonly comments: {
    readonly id: number;
    readonly author: { readonly id: string };
    content: string;
    isDeleted?: boolean;
  }[];
}

/**
 * The part of Azure DevOps' API that the pipeline uses, on a local port, for the project `p1` and the repository `r1` of an
 * organization. A request that the service would not understand is kept in `violations`.
 */
export class AzureDevopsStandIn {
  readonly violations: string[] = [];
  readonly threads: StoredThread[] = [];
  /** Id of who the token belongs to. */
  viewer = "build-service";

  private constructor(
    private readonly token: string,
    private readonly server: HttpStandIn,
  ) {}

  static async start(token: string): Promise<AzureDevopsStandIn> {
    const holder: { standIn?: AzureDevopsStandIn } = {};
    const server = await HttpStandIn.start((line, request) => holder.standIn?.respond(line, request) ?? [500, {}]);
    return (holder.standIn = new AzureDevopsStandIn(token, server));
  }

  /** Address of the organization. */
  get collection(): string {
    return `${this.server.url}/acme/`;
  }

  get requests(): readonly ReceivedRequest[] {
    return this.server.requests;
  }

  get faults(): Fault[] {
    return this.server.faults;
  }

  /** Puts a comment of somebody on a pull request. */
  add(pullRequest: number, content: string, author = this.viewer): StoredThread {
    const thread = {
      id: this.threads.length + 1,
      pullRequest: String(pullRequest),
      status: "active",
      comments: [{ id: 1, author: { id: author }, content }],
    };
    this.threads.push(thread);
    return thread;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private respond(line: string, request: ReceivedRequest): readonly [number, unknown] {
    if (request.headers.authorization !== `Bearer ${this.token}`) return [401, { message: "TF400813: not authorized" }];
    if (!/^7\.1(?:-preview)?$/.test(request.query["api-version"] ?? "")) this.violations.push(`${line}: no version`);
    if (line === "GET /acme/_apis/connectionData") return [200, { authenticatedUser: { id: this.viewer } }];
    const route =
      /^(\w+) \/acme\/p1\/_apis\/git\/repositories\/r1\/pullRequests\/(\d+)\/threads(?:\/(\d+)\/comments\/(\d+))?$/;
    const [, method, pull = "", id, commentId] = route.exec(line) ?? [];
    const ofPull = this.threads.filter(({ pullRequest }) => pullRequest === pull);
    if (method === "GET" && id === undefined) return [200, { value: ofPull, count: ofPull.length }];
    if (method === "POST" && id === undefined) return this.post(pull, request.body);
    const comment = ofPull.find((one) => one.id === Number(id))?.comments.find((one) => one.id === Number(commentId));
    if (!comment) {
      this.violations.push(`${line}: no such thing`);
      return [404, { message: "it does not exist" }];
    }
    if (method === "DELETE") comment.isDeleted = true;
    else if (method === "PATCH") comment.content = contentOf(request.body);
    else return [405, {}];
    return [200, comment];
  }

  private post(
    pull: string,
    body: { comments?: { parentCommentId?: unknown; content?: unknown; commentType?: unknown }[]; status?: unknown },
  ) {
    const [comment, ...more] = body.comments ?? [];
    assert.deepEqual([more.length, comment?.parentCommentId, comment?.commentType], [0, 0, "text"]);
    const thread = {
      id: this.threads.length + 1,
      pullRequest: pull,
      status: String(body.status),
      comments: [{ id: 1, author: { id: this.viewer }, content: contentOf(comment) }],
    };
    this.threads.push(thread);
    return [200, thread] as const;
  }
}

function contentOf(body: { content?: unknown } | undefined): string {
  assert.equal(typeof body?.content, "string");
  const content = String(body?.content);
  assert.ok(content.length <= LONGEST_COMMENT, `a comment of ${content.length} characters`);
  return content;
}
