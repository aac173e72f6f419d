import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { doctor, type DoctorResult } from "../../../automation/commands/doctor";
import { plannedChecks } from "../../../automation/doctor/planned-checks";
import type { PreflightCheck, PreflightResult } from "../../../automation/doctor/preflight";
import { runCheck } from "../../../automation/doctor/run-check";
import { httpPreflight } from "../../../automation/ports/http-preflight";
import { presentDoctor } from "../../../automation/report/present-doctor";
import { processTerminal } from "../../../automation/ports/terminal";

const claims = (payload: object) => `h.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.s`;
const TOKENS = {
  AZURE_ACCESS_TOKEN: "canary-azure",
  GRAPH_ACCESS_TOKEN: claims({ scp: "User.Read Application.ReadWrite.All" }),
  DATABRICKS_TOKEN: "canary-databricks",
  GIT_TOKEN: "canary-git",
};

describe("the checks before a first update", () => {
  let server: Server;
  let url = "";
  let answers: Record<string, { status: number; body?: unknown }[]> = {};
  let asked: string[] = [];
  let secrets: string[] = [];

  before(
    () =>
      new Promise<void>((listening) => {
        server = createServer((request, response) => {
          const path = (request.url ?? "").split("?")[0]!;
          asked.push(`${path} ${request.headers.authorization ?? ""}`);
          const queue = answers[path] ?? [];
          const { status, body } = (queue.length > 1 ? queue.shift() : queue[0]) ?? { status: 404 };
          response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body ?? {}));
        });
        server.listen(0, "127.0.0.1", () => {
          url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
          listening();
        });
      }),
  );
  after(() => void server.close());
  beforeEach(() => {
    answers = {
      "/subscriptions/s": [{ status: 200, body: { tenantId: "t" } }],
      "/subscriptions/s/providers/Microsoft.Authorization/permissions": [
        { status: 200, body: { value: [{ actions: ["*"] }] } },
      ],
      "/api/2.0/preview/scim/v2/Me": [{ status: 200, body: { groups: [{ display: "users" }, { display: "admins" }] } }],
      "/repos/acme/platform": [{ status: 200, body: { permissions: { pull: true } } }],
    };
    [asked, secrets] = [[], []];
  });

  const port = (env: Record<string, string> = TOKENS) =>
    httpPreflight(env, (known) => void secrets.push(...known), {
      addresses: { azure: url, graph: url, github: url },
      pause: async () => undefined,
    });
  const all = (): Record<PreflightCheck["kind"], PreflightCheck> => ({
    tenant: { kind: "tenant", subscriptionId: "s", tenantId: "t" },
    contributor: { kind: "contributor", subscriptionId: "s" },
    applications: { kind: "applications", tenantId: "t" },
    "workspace-admin": { kind: "workspace-admin", host: url },
    checkout: { kind: "checkout", repository: "acme/platform" },
  });

  it("pass where everything is right, each asked with the token of its service", async () => {
    for (const check of Object.values(all())) {
      assert.equal((await runCheck(port(), check)).outcome, "passed", check.kind);
    }
    assert.deepEqual(asked, [
      "/subscriptions/s Bearer canary-azure",
      "/subscriptions/s/providers/Microsoft.Authorization/permissions Bearer canary-azure",
      "/api/2.0/preview/scim/v2/Me Bearer canary-databricks",
      "/repos/acme/platform Bearer canary-git",
    ]);
    for (const token of Object.values(TOKENS)) assert.ok(secrets.includes(token), "every token is masked from then on");
  });

  const faults: [PreflightCheck["kind"], string, { status: number; body?: unknown }, RegExp][] = [
    ["tenant", "/subscriptions/s", { status: 200, body: { tenantId: "other" } }, /belongs to tenant other/],
    ["tenant", "/subscriptions/s", { status: 404 }, /do not see the subscription/],
    [
      "contributor",
      "/subscriptions/s/providers/Microsoft.Authorization/permissions",
      { status: 200, body: { value: [{ actions: ["*/read"] }] } },
      /roles allow \*\/read/,
    ],
    ["workspace-admin", "/api/2.0/preview/scim/v2/Me", { status: 200, body: {} }, /you are in no group/],
    ["checkout", "/repos/acme/platform", { status: 404 }, /the token cannot read it/],
  ];
  for (const [kind, path, answer, detail] of faults) {
    it(`fail for ${kind} with ${answer.status}, and say what to do: ${detail.source}`, async () => {
      answers[path] = [answer];
      const result = await runCheck(port(), all()[kind]);
      assert.equal(result.outcome, "failed");
      assert.match(result.detail, detail);
      assert.ok(result.fix);
    });
  }

  it("fail for applications where neither a permission nor a directory role allows them", async () => {
    const rights = (payload: object) =>
      runCheck(port({ ...TOKENS, GRAPH_ACCESS_TOKEN: claims(payload) }), all().applications);
    assert.equal((await rights({ roles: ["User.Read.All"] })).outcome, "failed");
    assert.equal((await rights({ wids: ["9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"] })).outcome, "passed");
    assert.equal((await rights({ roles: ["Application.ReadWrite.All"] })).outcome, "passed");
  });

  const policy = "/v1.0/policies/authorizationPolicy";
  const usersMay = (allowedToCreateApps: boolean) => [
    { status: 200, body: { defaultUserRolePermissions: { allowedToCreateApps } } },
  ];
  const user = { tid: "t", scp: "User.Read" };
  const settings: [string, object, { status: number; body?: unknown }[], PreflightResult["outcome"], RegExp][] = [
    ["the tenant lets its users register them", user, usersMay(true), "passed", /as it has to be/],
    ["the tenant does not", user, usersMay(false), "failed", /the tenant does not let its users do it/],
    ["the setting may not be read", user, [{ status: 403 }], "unknown", /may not read whether users of the tenant/],
    ["the policy cannot be had", user, [{ status: 404 }], "unknown", /authorization policy answers 404/],
    ["a guest asks, whom the setting is not for", { ...user, acct: 1 }, usersMay(true), "failed", /no right to do so$/],
    ["an application asks", { tid: "t", roles: ["User.Read.All"] }, usersMay(true), "failed", /no right to do so$/],
    [
      "the login is of another tenant, whatever it may do there",
      { tid: "other", roles: ["Application.ReadWrite.All"] },
      usersMay(true),
      "failed",
      /you are logged in at tenant other/,
    ],
  ];
  for (const [title, payload, answer, outcome, detail] of settings) {
    it(`are ${outcome} for applications where ${title}`, async () => {
      answers[policy] = answer;
      const result = await runCheck(port({ ...TOKENS, GRAPH_ACCESS_TOKEN: claims(payload) }), all().applications);
      assert.equal(result.outcome, outcome);
      assert.match(result.detail, detail);
      if (outcome !== "passed") assert.match(result.fix ?? "", /az login --tenant t\b/);
      assert.ok(asked.every((line) => line.startsWith(`${policy} Bearer h.`)));
    });
  }

  it("ask again where a service is busy, and are unknown where it stays so", async () => {
    answers["/subscriptions/s"] = [{ status: 429 }, { status: 503 }, { status: 200, body: { tenantId: "t" } }];
    assert.equal((await runCheck(port(), all().tenant)).outcome, "passed");
    answers["/subscriptions/s"] = [{ status: 503 }];
    const { outcome, detail } = await runCheck(port(), all().tenant);
    assert.deepEqual([outcome, detail], ["unknown", `${url}/subscriptions/s?api-version=2022-12-01 answers 503`]);
  });

  it("are unknown without a token, and say which variable to set", async () => {
    const { outcome, fix } = await runCheck(port({}), all().checkout);
    assert.deepEqual([outcome, fix], ["unknown", "set GIT_TOKEN"]);
  });

  it("are those that the config asks for", () => {
    const azure = { subscriptionId: "s", tenantId: "t" };
    const kinds = (config: Record<string, unknown>) => plannedChecks(config).map(({ kind }) => kind);
    assert.deepEqual(kinds({}), []);
    assert.deepEqual(kinds({ "trunkline:azure": azure }), ["tenant", "contributor"]);
    assert.deepEqual(
      kinds({
        "trunkline:azure": { ...azure, identity: { mode: "application" } },
        "trunkline:databricks": { workspace: { host: "h" }, principal: { gitCredential: {} } },
        "trunkline:repository": { fullName: "acme/platform" },
      }),
      ["tenant", "contributor", "applications", "workspace-admin", "checkout"],
    );
  });

  it("ask nobody in a rehearsal, and tell one line a check of every environment", async () => {
    const result: DoctorResult = await doctor(port(), { cwd: __dirname, target: "rehearsal" });
    const lines = presentDoctor.lines(result, processTerminal({}));
    assert.equal(presentDoctor.exit(result), "done");
    for (const name of ["dev", "tst", "prd"]) {
      assert.ok(lines.some((line) => line.startsWith(`${name}: would check that you are at least Contributor on`)));
    }
    assert.deepEqual(asked, []);
  });
});
