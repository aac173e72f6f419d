import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { clusterAccess } from "../../../automation/ports/kubeconfig";
import { kubernetesJobs } from "../../../automation/ports/kubernetes-jobs";
import { serverVersion } from "../../../automation/ports/server-version";
import { execKubeconfig } from "../../../components/mlflow/exec-kubeconfig";
import { ApiServerStandIn } from "../../support/api-server-stand-in";

const JOBS = "/apis/batch/v1/namespaces/mlflow/jobs";

describe("the client of a cluster", function () {
  this.timeout(60_000);
  let api: ApiServerStandIn;
  const asked = () => api.asked;

  beforeEach(async () => {
    api = await ApiServerStandIn.start();
  });
  afterEach(() => api.stop());

  const jobs = (client = api.client()) => kubernetesJobs({ client, namespace: "mlflow", labels: {} });
  const job = { metadata: { name: "run-1" }, spec: {} };

  it("uses the token of the kubeconfig's own program, which it asks for once", async () => {
    const cluster = jobs();
    await cluster.create(job);
    api.handler = (_, response) => api.answer(response, 200, job);
    assert.deepEqual(await cluster.get("run-1"), job);
    assert.deepEqual(asked(), [`POST ${JOBS} Bearer canary-1`, `GET ${JOBS}/run-1 Bearer canary-1`]);
    assert.deepEqual(api.secrets, ["canary-1"]);
    assert.equal(
      readFileSync(join(api.root, "args"), "utf8").trim().split(" ").slice(0, 3).join(" "),
      "get-token --login azurecli",
    );
    assert.deepEqual(JSON.parse(readFileSync(join(api.root, "info"), "utf8")), {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      kind: "ExecCredential",
      spec: { interactive: false },
    });
  });

  it("asks for a new token before the old one ends", async () => {
    api.login(
      `echo '{"kind":"ExecCredential","status":{"token":"t-'$$'","expirationTimestamp":"2020-01-01T00:00:00Z"}}'`,
    );
    const cluster = jobs();
    await cluster.get("a");
    await cluster.get("a");
    assert.equal(new Set(asked().map((line) => line.split("Bearer ")[1])).size, 2);
  });

  it("fails for a server whose certificate is not the cluster's, and sends it no token", async () => {
    const { authority: _unknown, ...access } = clusterAccess(api.kubeconfig);
    const stranger = api.client(access);
    await assert.rejects(jobs(stranger).get("a"), {
      code: "fault",
      message: /^the cluster acme cannot be reached: self-signed/,
    });
    assert.deepEqual(asked(), []);
  });

  it("fails where nobody listens, and says which setting may be why", async () => {
    const config = execKubeconfig({ name: "acme", server: "http://127.0.0.1:1", certificateAuthorityData: "" }, "msi");
    const nowhere = api.client(clusterAccess(config));
    await assert.rejects(jobs(nowhere).list(), {
      code: "fault",
      message: /^the cluster acme cannot be reached: .*ECONNREFUSED/,
      hint: /authorizedIpRanges/,
    });
  });

  for (const [title, script, message] of [
    ["says no", "echo 'not logged in' >&2; exit 1", /^kubelogin gives no token: not logged in$/],
    ["answers something else", "echo '{}'", /^kubelogin answers no ExecCredential with a token$/],
    ["answers nothing", "true", /^kubelogin answers no ExecCredential/],
  ] as const) {
    it(`fails where the program that logs in ${title}`, async () => {
      api.login(script);
      await assert.rejects(jobs().list(), { code: "fault", message });
    });
  }

  it("fails where the program that logs in is missing, and says how to install it", async () => {
    rmSync(join(api.root, "kubelogin"));
    await assert.rejects(jobs().list(), {
      message: /^kubelogin did not start/,
      hint: /^install kubelogin, see https:/,
    });
  });

  it("tells the version of the cluster", async () => {
    api.handler = (_, response) => api.answer(response, 200, { gitVersion: "v1.33.5" });
    assert.equal(await serverVersion(clusterAccess(api.kubeconfig), api.options), "v1.33.5");
    assert.match(asked()[0]!, /^GET \/version Bearer canary-1$/);
  });
});

describe("the kubeconfig of a platform", () => {
  for (const [title, text, message] of [
    ["with a password", '{"current-context":"a"}', /^the kubeconfig of the environment is unusable: clusters/],
    [
      "that names what it does not have",
      execKubeconfig({ name: "a", server: "https://a", certificateAuthorityData: "" }, "msi").replace(
        '"user":"a"',
        '"user":"b"',
      ),
      /names "b" and does not have it$/,
    ],
  ] as const) {
    it(`fails for one ${title}`, () => {
      assert.throws(() => clusterAccess(text), { code: "fault", message });
    });
  }
});
