import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";

const notebook = resolve(__dirname, "../../artifacts/databricks/notebooks/release/trigger_model_release.py");
const TOKEN = "canary-token-of-ci";

/** Runs the notebook as Databricks does, with widgets and secrets of its own. */
const HARNESS = `
import json, runpy, sys, time
time.sleep = lambda seconds: None
given = json.loads(sys.stdin.read())
class Widgets:
    def get(self, name): return given["widgets"][name]
class Secrets:
    def get(self, scope, key): return given["secrets"][scope][key]
class Utils:
    widgets, secrets = Widgets(), Secrets()
runpy.run_path(sys.argv[1], init_globals={"dbutils": Utils()})
`;

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

describe("the notebook that triggers the release of a model", function () {
  this.timeout(120_000);
  let server: Server;
  let url = "";
  let calls: Call[] = [];
  let answers: { status: number; headers?: Record<string, string> }[] = [];

  before(function () {
    if (spawnSync("python3", ["--version"]).status !== 0) {
      process.stderr.write("python3 is not on PATH: the notebook that triggers a release is not tested here\n");
      this.skip();
    }
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (part) => (text += String(part)));
      request.on("end", () => {
        calls.push({ method: request.method, path: request.url, headers: request.headers, body: JSON.parse(text) });
        const { status, headers } = answers.shift() ?? { status: 204 };
        response.writeHead(status, headers).end();
      });
    });
    return new Promise<void>((listening) => {
      server.listen(0, "127.0.0.1", () => {
        url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        listening();
      });
    });
  });
  beforeEach(() => {
    calls = [];
    answers = [];
  });
  after(() => server?.close());

  function run(
    ci: string,
    path: string,
    address = url,
    token = TOKEN,
  ): Promise<{ code: number | null; output: string }> {
    const widgets = { scope: "ci", ci, ref: "main", model: "fares", model_version: "7" };
    const secrets = { ci: { "release-url": `${address}${path}`, "release-token": token } };
    const child = spawn("python3", ["-c", HARNESS, notebook], { stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += String(part)));
    child.stdin.end(JSON.stringify({ widgets, secrets }));
    return new Promise((done) => child.on("close", (code) => done({ code, output })));
  }

  const inputs = { model: "fares", model_version: "7" };
  const table: [ci: string, path: string, body: object, authorization: string, token?: string][] = [
    ["github-workflow", "/repos/a/b/actions/workflows/c/dispatches", { ref: "main", inputs }, `Bearer ${TOKEN}`],
    [
      "github-repository",
      "/repos/a/b/dispatches",
      { event_type: "release-model", client_payload: { ref: "main", ...inputs } },
      `Bearer ${TOKEN}`,
    ],
    [
      "azure-pipelines",
      "/o/p/_apis/pipelines/3/runs?api-version=7.1",
      { resources: { repositories: { self: { refName: "refs/heads/main" } } }, templateParameters: inputs },
      `Basic ${Buffer.from(`:${TOKEN}`).toString("base64")}`,
    ],
    [
      "azure-pipelines",
      "/o/p/_apis/pipelines/3/runs?api-version=7.1",
      { resources: { repositories: { self: { refName: "refs/heads/main" } } }, templateParameters: inputs },
      "Bearer header.payload.signature",
      "header.payload.signature",
    ],
  ];
  for (const [ci, path, body, authorization, token] of table) {
    it(`calls ${ci} with model and version, as ${authorization.split(" ")[0]}`, async () => {
      const { code, output } = await run(ci, path, url, token);
      assert.equal(code, 0, output);
      assert.match(output, /CI takes the release of fares version 7: 204/);
      assert.deepEqual(
        calls.map((call) => [call.method, call.path, call.body, call.headers.authorization]),
        [["POST", path, body, authorization]],
      );
    });
  }

  it("tries again while CI is busy or out of order", async () => {
    answers = [{ status: 503 }, { status: 429, headers: { "Retry-After": "1" } }];
    const { code, output } = await run("github-workflow", "/x");
    assert.equal(code, 0, output);
    assert.equal(calls.length, 3);
  });

  const failures: [what: string, status: number, calls: number][] = [
    ["CI refuses the token", 403, 1],
    ["CI is out of order for long", 500, 5],
    ["the address leads to another", 302, 1],
  ];
  for (const [what, status, expected] of failures) {
    it(`fails without telling the token where ${what}`, async () => {
      const headers = status === 302 ? { Location: `${url}/elsewhere` } : undefined;
      answers = Array.from({ length: 9 }, () => ({ status, headers }));
      const { code, output } = await run("github-workflow", "/x");
      assert.equal(code, 1);
      assert.equal(calls.length, expected);
      assert.match(output, new RegExp(`did not take the release of .*: ${status} after ${expected} attempts`));
      assert.equal(output.includes(TOKEN), false);
    });
  }

  it("fails for an address without TLS, and for a CI that it does not know", async () => {
    const open = await run("github-workflow", "/x", "http://ci.example.com");
    assert.match(open.output, /no address that begins with https:\/\//);
    const unknown = await run("jenkins", "/x");
    assert.match(unknown.output, /ci is 'jenkins', allowed are github-workflow, github-repository, azure-pipelines/);
    assert.deepEqual(calls, []);
    assert.equal((open.output + unknown.output).includes(TOKEN), false);
  });
});
