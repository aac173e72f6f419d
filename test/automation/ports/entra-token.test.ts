import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { azureFileShare } from "../../../automation/ports/azure-file-share";
import { entraToken } from "../../../automation/ports/entra-token";
import { ShareStandIn } from "../../support/share-stand-in";

const RESOURCE = "https://storage.azure.com";

describe("a token of Entra", function () {
  this.timeout(60_000);
  let directory: string;
  let server: Server;
  let address: string;
  let secrets: string[];
  /** What Entra and GitHub were asked: the path, and the form or the query. */
  let asked: { path: string; form: Record<string, string>; authorization?: string }[];
  let answers: (readonly [status: number, body: object | string])[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "trunkline-entra-"));
    [secrets, asked, answers] = [[], [], []];
    server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        const url = new URL(request.url ?? "", address);
        const form = Object.fromEntries(request.method === "POST" ? new URLSearchParams(body) : url.searchParams);
        asked.push({ path: url.pathname, form, authorization: request.headers.authorization });
        const github = url.pathname === "/github";
        const [status, answer] = github
          ? [200, { value: "canary-github" }]
          : (answers.shift() ?? granted("canary-token"));
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(directory, { recursive: true, force: true });
  });

  const granted = (token: string, seconds = 3600) => [200, { access_token: token, expires_in: seconds }] as const;
  const proof = (text: string): string => {
    const file = join(directory, "proof");
    writeFileSync(file, text);
    return file;
  };
  const workload = (file = proof("canary-proof\n")) => ({
    AZURE_CLIENT_ID: "client",
    AZURE_TENANT_ID: "tenant",
    AZURE_FEDERATED_TOKEN_FILE: file,
    AZURE_AUTHORITY_HOST: `${address}/`,
  });
  const tokens = (env: NodeJS.ProcessEnv, now = () => 0) =>
    entraToken({ env, addSecrets: (known) => void secrets.push(...known), now, pause: async () => undefined });

  it("is given for the proof in a file, which is secret as well", async () => {
    assert.equal(await tokens(workload())(RESOURCE), "canary-token");
    assert.deepEqual(asked, [
      {
        path: "/tenant/oauth2/v2.0/token",
        form: {
          grant_type: "client_credentials",
          client_id: "client",
          scope: "https://storage.azure.com/.default",
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          client_assertion: "canary-proof",
        },
        authorization: undefined,
      },
    ]);
    assert.deepEqual(secrets, ["canary-proof", "canary-token"]);
  });

  for (const prefix of ["AZURE", "ARM"]) {
    it(`is given for the proof of GitHub Actions, to the identity in ${prefix}_CLIENT_ID`, async () => {
      const env = {
        [`${prefix}_CLIENT_ID`]: "client",
        [`${prefix}_TENANT_ID`]: "tenant",
        AZURE_AUTHORITY_HOST: address,
        ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/github`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "canary-request",
      };
      assert.equal(await tokens(env)(RESOURCE), "canary-token");
      const [github, entra] = asked;
      assert.deepEqual([github?.form, github?.authorization], [{ audience: "api://AzureADTokenExchange" }, "bearer canary-request"]); // prettier-ignore
      assert.equal(entra?.form.client_assertion, "canary-github");
    });
  }

  it("is kept while it is good, one for each resource, and got anew with the proof of that time", async () => {
    let now = 0;
    answers.push(granted("one"), granted("two"), granted("three"));
    const token = tokens(workload(), () => now);
    assert.deepEqual([await token(RESOURCE), await token(RESOURCE), await token("https://b")], ["one", "one", "two"]);
    now = 3_301_000;
    proof("canary-proof-2");
    assert.equal(await token(RESOURCE), "three");
    assert.equal(asked.at(-1)?.form.client_assertion, "canary-proof-2");
  });

  it("is asked for again while Entra is busy", async () => {
    answers.push([503, "busy"], [429, {}], granted("late"));
    assert.equal(await tokens(workload())(RESOURCE), "late");
    assert.equal(asked.length, 3);
  });

  it("lets a project be uploaded without az", async () => {
    const standIn = await ShareStandIn.start("mlflow-projects");
    try {
      const options = { account: "acmeprj", share: "mlflow-projects", httpClient: standIn.httpClient };
      const learned = (known: readonly string[]) => void secrets.push(...known);
      await azureFileShare({ ...options, env: workload(), learned }).write("sample/MLproject", Buffer.from("name: a"));
      assert.deepEqual(
        new Set(standIn.requests.map(({ headers }) => headers.authorization)),
        new Set(["Bearer canary-token"]),
      );
      assert.equal(asked.length, 1);
    } finally {
      standIn.stop();
    }
  });

  for (const [what, answer, message] of [
    [
      "the identity does not trust the job",
      [401, { error: "invalid_client", error_description: "AADSTS700213: No matching record\r\nTrace ID: 1" }],
      /^Entra gives no token for https:\/\/storage\.azure\.com: AADSTS700213: No matching record$/,
    ],
    ["Entra answers nonsense", [200, "<html>"], /: it answers 200$/],
    ["Entra tells an error without a text", [400, { error: "invalid_scope" }], /: invalid_scope$/],
  ] as const) {
    // prettier-ignore
    it(`fails where ${what}, once and without the proof in its text`, async () => {
      answers.push(answer);
      await assert.rejects(tokens(workload())(RESOURCE), (error: Error & { code: string }) => {
        assert.match(error.message, message);
        assert.doesNotMatch(JSON.stringify(error) + error.message, /canary/);
        return error.code === "fault";
      });
      assert.equal(asked.length, 1);
    });
  }

  it("fails where Entra does not answer, after a few attempts", async () => {
    answers.push([500, {}], [500, {}], [500, {}], [500, {}]);
    await assert.rejects(tokens(workload())(RESOURCE), { code: "fault", message: /it answers 500$/ });
    assert.equal(asked.length, 4);
    const closed = { ...workload(), AZURE_AUTHORITY_HOST: "http://127.0.0.1:1" };
    await assert.rejects(tokens(closed)(RESOURCE), { code: "fault", message: /: it cannot be reached: / });
  });

  for (const [what, env, error] of [
    [
      "the file is not there",
      () => ({ AZURE_FEDERATED_TOKEN_FILE: join(directory, "none") }),
      { code: "fault", message: /federated token cannot be read: ENOENT/ },
    ],
    [
      "the file is empty",
      () => ({ AZURE_FEDERATED_TOKEN_FILE: proof(" \n") }),
      { code: "fault", message: /holds no federated token$/ },
    ],
    [
      "the proof would go unencrypted",
      () => ({ AZURE_AUTHORITY_HOST: "http://login.example.org" }),
      { code: "usage", message: /"http:\/\/login\.example\.org", which is no https address$/ },
    ],
    [
      "the authority is no address",
      () => ({ AZURE_AUTHORITY_HOST: "login" }),
      { code: "usage", message: /no https address$/ },
    ],
  ] as const) {
    // prettier-ignore
    it(`fails where ${what}, before anything is asked`, async () => {
      await assert.rejects(tokens({ ...workload(), ...env() })(RESOURCE), error);
      assert.deepEqual(asked, []);
    });
  }

  describe("without an identity of the job", () => {
    let path: string | undefined;
    beforeEach(() => {
      path = process.env.PATH;
      process.env.PATH = directory;
    });
    afterEach(() => {
      process.env.PATH = path;
    });

    it("is that of the login of az", async () => {
      const answer = JSON.stringify({ accessToken: "canary-az", expires_on: 4_000_000_000 });
      writeFileSync(join(directory, "az"), `#!/bin/sh\necho '${answer}'\n`);
      chmodSync(join(directory, "az"), 0o755);
      assert.equal(await tokens({ AZURE_CLIENT_ID: "client" })(RESOURCE), "canary-az");
      assert.deepEqual(asked, []);
    });

    it("fails where there is no login of az, and says what to set", async () => {
      await assert.rejects(tokens({})(RESOURCE), {
        code: "fault",
        message: "there is no token of Entra for https://storage.azure.com",
        hint: /^log in with az login; in CI set AZURE_CLIENT_ID and AZURE_TENANT_ID, with AZURE_FEDERATED_TOKEN_FILE or/,
      });
    });
  });
});
