import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { CliProject, type CliRun } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";
import { findSecret, secretsOfState, writtenFiles } from "../support/planted-secrets";

const CLUSTER = "artifacts/databricks/clusters/private-image.json";
const PASSWORD = "canary-registry-4c8f1e7a9b2d";
const cluster = (docker_image: unknown) =>
  JSON.stringify({
    ...{ cluster_name: "private-image", spark_version: "16.4.x-scala2.12", node_type_id: "Standard_DS3_v2" },
    ...{ num_workers: 1, docker_image },
  });
const image = { url: "acme.azurecr.io/ml:1", basic_auth: { username: "ci", password: PASSWORD } };

/** Every variable from which a verb or a provider takes a secret. */
const VARIABLES = Object.fromEntries(
  [
    ...["GITHUB_TOKEN", "GH_TOKEN", "GIT_TOKEN", "DATABRICKS_TOKEN", "DATABRICKS_CLIENT_SECRET", "ARM_CLIENT_SECRET"],
    ...["AZURE_ACCESS_TOKEN", "GRAPH_ACCESS_TOKEN", "SYSTEM_ACCESSTOKEN", "PULUMI_ACCESS_TOKEN"],
    ...["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "PULUMI_CONFIG_PASSPHRASE"],
  ].map((name) => [name, `canary-${name.toLowerCase().replaceAll("_", "-")}-7d3b9f`]),
);

describe("secrets that are planted wherever one can be given", function () {
  this.timeout(1_800_000);
  let project: CliProject;
  let git: GitRepository;
  const printed = new Map<string, Buffer>();
  const secrets = new Map<string, string>(Object.entries({ ...VARIABLES, [CLUSTER]: PASSWORD }));

  before(() => {
    project = CliProject.ofRepository();
    git = new GitRepository(project.root, "feature/canary");
    const { config } = parse(project.read("Pulumi.dev.yaml")) as { config: Record<string, any> };
    const secure = "AAABAG9mIGEgcmVhbCBlbnZpcm9ubWVudA==";
    config["trunkline:azure"].identity = { mode: "application", roles: ["Contributor"] };
    config["trunkline:azure"].keyVault.credentials.create = { clientSecret: { secure } };
    const gitCredential = { provider: "gitHub", personalAccessToken: { secure } };
    Object.assign(config["trunkline:databricks"].principal, { login: "secret", gitCredential });
    git.commit({
      ".gitignore": "node_modules\n.trunkline\n*.bundle\nci.json\nml-state.json\n",
      "Pulumi.dev.yaml": stringify({ config }),
      [CLUSTER]: cluster(image),
    });
    project.env = VARIABLES;
  });
  after(() => project.remove());

  async function run(code: number, verb: string, ...args: string[]): Promise<CliRun> {
    const ended = await project.run([verb, ...args, "--target", "rehearsal"]);
    assert.equal(ended.code, code, `${verb} ${args.join(" ")}\n${ended.stdout}${ended.stderr}`);
    printed.set(`printed by ${verb} ${args.join(" ")}`, Buffer.from(ended.stdout + ended.stderr));
    return ended;
  }

  /** Adds the secrets that the state has by now, those that a later update replaces too. */
  async function remember(): Promise<void> {
    const state = project.path(".trunkline/rehearsal/state/.pulumi/stacks/trunkline/dev.json");
    const passphrase = project.read(".trunkline/rehearsal/passphrase").trim();
    for (const [place, secret] of await secretsOfState(state, passphrase)) {
      assert.ok(secret.length > 15, place);
      secrets.set(`${place} ${secret.slice(-4)}`, secret);
    }
    for (const path of [
      'trunkline:azure["keyVault"]["credentials"]["create"]["clientSecret"]',
      'trunkline:databricks["principal"]["gitCredential"]["personalAccessToken"]',
    ]) {
      const digest = createHash("sha256").update(`${passphrase}\n${path}`).digest("hex");
      secrets.set(path, `stand-in-${digest.slice(0, 24)}`);
    }
  }

  it("go through every verb that has to do with them", async () => {
    await run(0, "rehearse", "--env", "dev");
    await remember();
    const changed = project.read("Pulumi.dev.yaml").replace("cost-center: ml-platform", "cost-center: ml-research");
    git.commit({ "Pulumi.dev.yaml": changed }, "another cost centre");
    await run(0, "preview", "--env", "dev", "--bundle", "dev.bundle");
    await run(0, "up", "--env", "dev", "--bundle", "dev.bundle");
    await run(0, "rotate", "--env", "dev", "--apply", "--within", "800");
    await remember();
    git.commit({ [CLUSTER]: cluster({ ...image, url: "acme.azurecr.io/ml:2" }) }, "another image");
    await run(0, "ci");
    await run(0, "outputs", "--env", "dev", "--json");
    await run(0, "ci-access", "--env", "dev", "--secrets-file", "ci.json", "--state-file", "ml-state.json");
    await run(0, "drift", "--env", "dev");
    git.commit({ [CLUSTER]: cluster([image]) }, "a fault beside a secret");
    await run(1, "preview", "--env", "dev");
  });

  it("are those that the configuration was given, and those that resources made", () => {
    const git = [...secrets].filter(([place]) => place.endsWith('["personalAccessToken"]')).map(([, secret]) => secret);
    const inState = [...secrets]
      .filter(([place]) => place.includes(" personalAccessToken "))
      .map(([, secret]) => secret);
    assert.deepEqual(inState, git, "the Git token of the state is the planted one");
    for (const kind of ["applicationPassword", "servicePrincipalSecret", "randomPassword"]) {
      assert.ok(
        [...secrets.keys()].some((place) => place.includes(kind)),
        kind,
      );
    }
  });

  it("are found by the search that looks for them", () => {
    const own = writtenFiles(project.root, [".git"]);
    assert.deepEqual(findSecret(PASSWORD, own), [`${CLUSTER}: ${PASSWORD}`]);
    const [, secret] = [...secrets].find(([place]) => place.includes("applicationPassword")) ?? assert.fail();
    const texts = [secret, Buffer.from(`x${secret}`).toString("base64"), Buffer.from(secret).toString("hex")];
    for (const text of texts) {
      assert.notDeepEqual(findSecret(secret, new Map([["file", Buffer.from(`<${text}>`)]])), [], text);
    }
  });

  it("are in no file and no output in clear, but where they were put and where their owner asked for them", () => {
    const files = writtenFiles(project.root, [
      ".git",
      CLUSTER,
      "ci.json",
      join(".trunkline", "rehearsal", "passphrase"),
    ]);
    const names = [...files.keys()];
    for (const part of [
      "state/.pulumi/stacks/",
      "state/.pulumi/history/",
      "cloud.json",
      "dev.bundle",
      ".trunkline/ci/report.json",
      "ml-state.json",
    ]) {
      // prettier-ignore
      assert.ok(names.some((name) => name.includes(part)), `${part} is not among ${names.join(", ")}`);
    }
    for (const [place, secret] of secrets) {
      assert.deepEqual([...findSecret(secret, files), ...findSecret(secret, printed)], [], place);
    }
  });
});
