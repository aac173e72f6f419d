import assert from "node:assert/strict";
import { clusterEndpoint, execKubeconfig } from "../../../components/mlflow/exec-kubeconfig";

const endpoint = { name: "acme-dev", server: "https://acme-dev.hcp.azmk8s.io:443", certificateAuthorityData: "Y2E=" };

/** A kubeconfig in YAML, as Azure hands it out. */
const handedOut = [
  "apiVersion: v1",
  "clusters:",
  "- cluster:",
  "    certificate-authority-data: Y2E=",
  "    server: https://acme-dev.hcp.azmk8s.io:443",
  "  name: acme-dev",
  "users:",
  "- name: clusterUser",
  "  user:",
  "    exec:",
  "      command: kubelogin",
  "      args: [get-token, --login, devicecode]",
].join("\n");

const encode = (text: string) => Buffer.from(text).toString("base64");

describe("a kubeconfig for AKS", () => {
  it("takes the endpoint from the one that Azure hands out", () => {
    assert.deepEqual(clusterEndpoint("acme-dev", encode(handedOut)), endpoint);
  });

  it("says what is missing in one that it cannot use", () => {
    for (const text of ["", "clusters: []", "clusters:\n- name: a\n  cluster: {}"]) {
      assert.throws(
        () => clusterEndpoint("acme-dev", encode(text)),
        /the kubeconfig of cluster acme-dev has \d clusters/,
      );
    }
  });

  it("logs in through kubelogin without asking, and holds no credential", () => {
    const config = JSON.parse(execKubeconfig(endpoint, "workloadidentity")) as {
      users: { user: { exec: { command: string; args: string[]; interactiveMode: string } } }[];
    };
    const user = config.users[0]?.user;
    assert.deepEqual(Object.keys(user ?? {}), ["exec"]);
    assert.equal(user?.exec.command, "kubelogin");
    assert.deepEqual(user?.exec.args.slice(0, 3), ["get-token", "--login", "workloadidentity"]);
    assert.equal(user?.exec.interactiveMode, "Never");
  });
});
