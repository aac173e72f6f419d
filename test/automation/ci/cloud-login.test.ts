import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudLogin } from "../../../automation/ci/cloud-login";
import { requestIdToken } from "../../../automation/ports/id-token";
import { HttpStandIn } from "../../support/http-stand-in";

describe("the login of a job at its clouds", () => {
  let directory: string;
  let learned: string[];
  const asked: string[] = [];
  const job = {
    ACTIONS_ID_TOKEN_REQUEST_URL: "https://token.example/?a=1",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "ask-me-1",
  };
  const role = "arn:aws:iam::111111111111:role/mlopspltf-dev-github-write";

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "trunkline-login-"));
    learned = [];
    asked.length = 0;
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const login = (env: NodeJS.ProcessEnv, renewMs?: number, failing = false) =>
    cloudLogin({
      env,
      directory,
      renewMs,
      note: (text) => learned.push(`note: ${text}`),
      learned: (secret) => learned.push(secret),
      requestIdToken: async (audience) => {
        asked.push(audience);
        if (failing && asked.length > 1) throw new Error("gone");
        return `token-${asked.length}`;
      },
    });

  it("does nothing where no cloud is named", async () => {
    const { env, secrets } = await login(job);
    assert.deepEqual([env, secrets, asked], [{}, [], []]);
  });

  it("gives AWS a token in a file that nobody else can read, and takes it away again", async () => {
    const { env, secrets, close } = await login({ ...job, AWS_ROLE_ARN: role, GITHUB_RUN_ID: "17/<1>" });
    const file = env["AWS_WEB_IDENTITY_TOKEN_FILE"] ?? "";
    assert.deepEqual(env, { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_SESSION_NAME: "trunkline-17--1-" });
    assert.equal(readFileSync(file, "utf8"), "token-1");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual([asked, learned, secrets], [["sts.amazonaws.com"], ["token-1"], ["token-1"]]);
    close();
    assert.ok(!existsSync(file));
  });

  it("asks for the audience of the role's partition", async () => {
    (await login({ ...job, AWS_ROLE_ARN: role.replace("aws", "aws-cn") })).close();
    (await login({ ...job, AWS_ROLE_ARN: role.replace("aws", "aws-us-gov") })).close();
    assert.deepEqual(asked, ["sts.amazonaws.com.cn", "sts.amazonaws.com"]);
  });

  it("renews the token while the job runs, and tells of each before it is used", async () => {
    const { env, close } = await login({ ...job, AWS_ROLE_ARN: role }, 1);
    const file = env["AWS_WEB_IDENTITY_TOKEN_FILE"] ?? "";
    while (readFileSync(file, "utf8") === "token-1") await new Promise((resume) => setTimeout(resume, 1));
    assert.deepEqual(learned.slice(0, 2), ["token-1", "token-2"]);
    close();
  });

  it("goes on with the token that it has when there is no new one, and says so", async () => {
    const { env, close } = await login({ ...job, AWS_ROLE_ARN: role }, 1, true);
    while (learned.length < 2) await new Promise((resume) => setTimeout(resume, 1));
    assert.equal(learned[1], "note: the token for AWS could not be renewed: gone");
    assert.equal(readFileSync(env["AWS_WEB_IDENTITY_TOKEN_FILE"] ?? "", "utf8"), "token-1");
    close();
  });

  it("tells Azure and Databricks to ask for themselves, unless they have a secret", async () => {
    assert.deepEqual((await login({ ...job, ARM_CLIENT_ID: "a", DATABRICKS_CLIENT_ID: "b" })).env, {
      ARM_USE_OIDC: "true",
      ARM_OIDC_REQUEST_URL: job.ACTIONS_ID_TOKEN_REQUEST_URL,
      ARM_OIDC_REQUEST_TOKEN: job.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
      DATABRICKS_AUTH_TYPE: "github-oidc",
    });
    const secrets = { ARM_CLIENT_SECRET: "x", DATABRICKS_CLIENT_SECRET: "y" };
    assert.deepEqual((await login({ ...job, ARM_CLIENT_ID: "a", DATABRICKS_CLIENT_ID: "b", ...secrets })).env, {});
    assert.deepEqual((await login({ ARM_CLIENT_ID: "a", DATABRICKS_CLIENT_ID: "b" })).env, {});
  });

  it("fails for a role where the job may not ask for a token", async () => {
    await assert.rejects(login({ AWS_ROLE_ARN: role }), /AWS_ROLE_ARN is set, and the job can ask for no token/);
  });
});

describe("the token of a job", function () {
  this.timeout(30_000);
  const secret = "request-secret-0123456789";

  async function ask(fault?: { status: number; times: number }, answer: unknown = { value: "eyJ.token" }) {
    const server = await HttpStandIn.start(() => [200, answer]);
    if (fault) server.faults.push({ request: /./, ...fault });
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/idtoken?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret,
    };
    try {
      const result = await requestIdToken(env, "sts.amazonaws.com", 1).catch((error: Error) => error.message);
      return { result, requests: server.requests };
    } finally {
      await server.stop();
    }
  }

  it("is asked for with the job's secret and the audience", async () => {
    const { result, requests } = await ask();
    assert.equal(result, "eyJ.token");
    assert.deepEqual(
      requests.map(({ path, query, headers }) => [path, query, headers.authorization]),
      [["/idtoken", { "api-version": "2", audience: "sts.amazonaws.com" }, `bearer ${secret}`]],
    );
  });

  it("is asked for again when the server has a fault", async () => {
    const { result, requests } = await ask({ status: 503, times: 2 });
    assert.deepEqual([result, requests.length], ["eyJ.token", 3]);
  });

  for (const [name, fault, answer, message, attempts] of [
    ["is refused", { status: 403, times: 9 }, undefined, /it answered 403/, 1],
    ["does not come", { status: 500, times: 9 }, undefined, /it answered 500/, 4],
    ["is not in the answer", undefined, { nothing: true }, /the answer holds no token/, 1],
  ] as const) {
    it(`fails when it ${name}, without a word of the secret`, async () => {
      const { result, requests } = await ask(fault, answer);
      assert.match(result, message);
      assert.ok(!result.includes(secret));
      assert.equal(requests.length, attempts);
    });
  }

  it("fails where the job may not ask", async () => {
    await assert.rejects(requestIdToken({}, "x"), /this job can ask for no token of GitHub Actions/);
  });
});
