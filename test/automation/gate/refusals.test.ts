import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { sealBundle, type Bundle, type BundleContent } from "../../../automation/bundle/bundle";
import type { DeployBundleOptions } from "../../../automation/bundle/deploy-bundle";
import type { ReasonCode } from "../../../automation/gate/decision";
import { BundleProject, type Surroundings } from "../../support/bundle-project";

const program = (more = "") => `import * as pulumi from "@pulumi/pulumi";
import { existsSync } from "node:fs";
import { Table } from "@pulumi/aws/dynamodb/table";
import { RandomPet } from "@pulumi/random/randomPet";
const config = new pulumi.Config();
const there = (name: string) => existsSync(__dirname + "/.trunkline/" + name);
if (!there("empty") && !(there("empty-update") && !pulumi.runtime.isDryRun())) {
  const length = there("longer") ? 4 : Number(config.require("size"));
  const secret = pulumi.secret(there("other-secret") ? "another secret" : "a secret text");
  new RandomPet("pet", { length, keepers: { secret } });
  new Table("data", {
    name: "data-" + config.require("size"),
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
  });
}
${more}`;
const settings = (size: number) =>
  `config:\n  aws:region: eu-central-1\n  trunkline:aws:\n    accountId: "111111111111"\n  sample:size: ${size}\n`;
const FILES = {
  "package.json": '{ "name": "sample", "version": "1.0.0" }',
  "package-lock.json": "{}",
  "Pulumi.yaml":
    'name: sample\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
  "Pulumi.dev.yaml": settings(1),
  "Pulumi.tst.yaml": settings(1),
  "index.ts": program(),
};
const TABLE = "urn:pulumi:dev::sample::aws:dynamodb/table:Table::data";
const HOUR = 3_600_000;

interface Attempt {
  readonly options: Partial<DeployBundleOptions>;
  readonly surroundings: Surroundings;
}

describe("a bundle that may not be applied", function () {
  this.timeout(300_000);
  let project: BundleProject;
  let bundle: Bundle;
  let rehearsal: Record<string, string>;
  const file = () => project.path("plan.bundle");

  before(async () => {
    project = new BundleProject(FILES);
    const first = await project.preview({ bundle: file() });
    assert.equal(first.kind, "bundled", JSON.stringify(first.report.tree.messages));
    const up = await project.up({ bundle: file() });
    assert.equal(up.kind, "applied", JSON.stringify(up));
    project.repository.commit({ "Pulumi.dev.yaml": settings(2) }, "grow");
    const second = await project.preview({ bundle: file() });
    assert.ok(second.kind === "bundled", JSON.stringify(second.report.tree.messages));
    bundle = second.bundle;
    rehearsal = project.rehearsal();
  });
  after(() => project.remove());

  const acknowledged = () => ({ digest: bundle.digest, acknowledge: [TABLE] });
  const forge = (change: Partial<BundleContent>): Partial<DeployBundleOptions> => {
    const forged = sealBundle({ ...bundle, ...change });
    writeFileSync(file(), JSON.stringify(forged));
    return { digest: forged.digest };
  };
  const text = (edit: (text: string) => string) => writeFileSync(file(), edit(JSON.stringify(bundle)));
  const at = (milliseconds: number): Surroundings => ({
    gate: { clock: () => new Date(Date.parse(bundle.createdAt) + milliseconds) },
  });
  const editState = (edit: (text: string) => string) => {
    const state = project.path(".trunkline/rehearsal/state/.pulumi/stacks/sample/dev.json");
    const before = readFileSync(state, "utf8");
    const after = edit(before);
    assert.notEqual(after, before, "the edit changes something");
    writeFileSync(state, after);
  };
  const flag = (name: string) => project.files.write(`.trunkline/${name}`, "");
  const forgeChange = (edit: (changes: Record<string, unknown>[]) => unknown) => {
    const changes = structuredClone(bundle.changes) as unknown as Record<string, unknown>[];
    edit(changes);
    return forge({ changes: changes as unknown as BundleContent["changes"] });
  };
  const of = (changes: Record<string, unknown>[], name: string) => changes.find((change) => change["name"] === name)!;
  const propertiesOf = (changes: Record<string, unknown>[], name: string) =>
    of(changes, name)["properties"] as Record<string, unknown>[];

  const CASES: readonly (readonly [what: string, code: ReasonCode, arrange: () => Partial<Attempt> | void])[] = [
    ["is not there", "bundle-unreadable", () => ({ options: { bundle: project.path("none.bundle") } })],
    ["is cut in half", "bundle-malformed", () => text((whole) => whole.slice(0, whole.length / 2))],
    ["is not UTF-8", "bundle-malformed", () => writeFileSync(file(), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
    ["is another JSON file", "bundle-malformed", () => text(() => '{"name":"sample"}')],
    ["is of a later version", "bundle-version", () => text((whole) => whole.replace('"version":1', '"version":2'))],
    [
      "has a field that nobody knows, with a digest that fits",
      "bundle-malformed",
      () => void forge({ force: true } as Partial<BundleContent>),
    ],
    ["has a plan of another alphabet", "bundle-malformed", () => void forge({ plan: "***" })],
    [
      "was edited",
      "bundle-checksum",
      () => text((whole) => whole.replace('"authors":["somebody@', '"authors":["nobody@')),
    ],
    ["has another's digest", "bundle-checksum", () => text((whole) => whole.replace(/"sha256:.{64}"}$/, DIGEST))],
    ["has expired", "bundle-expired", () => ({ surroundings: at(169 * HOUR) })],
    ["is of tomorrow", "bundle-not-yet-valid", () => ({ surroundings: at(-24 * HOUR) })],
    ["is not the one that was meant", "bundle-digest", () => ({ options: { digest: "0123456789ab" } })],
    ["is of another repository", "repository-moved", () => ({ options: forge({ repository: "acme/other" }) })],
    ["is of another project", "project-moved", () => ({ options: forge({ project: "other" }) })],
    ["is of another stack", "stack-moved", () => ({ options: { env: "tst" } })],
    ["is of another target", "target-moved", () => ({ options: { target: "cloud" } })],
    ["is of the commit before", "commit-moved", () => void project.repository.commit({ "README.md": "more" })],
    [
      "is of a commit that was amended and pushed with force",
      "commit-moved",
      () => void project.repository.git("commit", "--quiet", "--amend", "--message", "grow more"),
    ],
    [
      "is of another commit than the detached head",
      "commit-moved",
      () => void project.repository.git("checkout", "--quiet", "--detach", "HEAD~1"),
    ],
    [
      "is of a program that was edited",
      "inputs-uncommitted",
      () => project.files.write("index.ts", program("void 0;")),
    ],
    [
      "is of settings that were edited",
      "inputs-uncommitted",
      () => project.files.write("Pulumi.dev.yaml", settings(3)),
    ],
    ["is of other inputs", "inputs-moved", () => ({ options: forge({ inputsTree: bundle.configHash }) })],
    ["is of another configuration", "config-moved", () => ({ options: forge({ configHash: bundle.inputsTree }) })],
    ["is of another lockfile", "lockfile-moved", () => ({ options: forge({ lockfileHash: bundle.inputsTree }) })],
    ["is of another trunkline", "tools-moved", () => ({ options: forge({ tools: tools({ trunkline: "9.9.9" }) }) })],
    ["is of another Node", "tools-moved", () => ({ options: forge({ tools: tools({ node: "v18.0.0" }) }) })],
    ["is of another engine", "tools-moved", () => ({ options: { engine: "cli" } })],
    [
      "is of another version of the engine",
      "tools-moved",
      () => ({ options: forge({ tools: tools({ engine: { name: "embedded", version: "1.0.0" } }) }) }),
    ],
    [
      "is of other providers",
      "tools-moved",
      () => ({ options: forge({ tools: tools({ providers: { ...bundle.tools.providers, random: ["1.0.0"] } }) }) }),
    ],
    ["is of another state", "state-moved", () => editState((state) => state.replace('"length":1', '"length":7'))],
    ["has another fingerprint", "state-moved", () => ({ options: forge({ stateFingerprint: bundle.configHash }) })],
    [
      "is overtaken between the repeated preview and the lock",
      "state-moved",
      () => ({ surroundings: { ended: () => editState((state) => state.replace('"length":1', '"length":7')) } }),
    ],
    ["expires before the lock is taken", "bundle-expired", () => ({ surroundings: expiringLate() })],
    [
      "leaves a change out",
      "changes-moved",
      () => ({ options: { ...forgeChange((changes) => changes.shift()), acknowledge: [] } }),
    ],
    [
      "calls a replacement an update",
      "changes-moved",
      () => ({
        options: {
          ...forgeChange((changes) => (of(changes, "data")["action"] = "update")),
          acknowledge: [],
        },
      }),
    ],
    [
      "tells another old value",
      "changes-moved",
      () => ({ options: forgeChange((changes) => (propertiesOf(changes, "pet").at(0)!["old"] = 99)) }),
    ],
    [
      "tells another new value",
      "changes-moved",
      () => ({ options: forgeChange((changes) => (propertiesOf(changes, "pet").at(0)!["new"] = 99)) }),
    ],
    ["is of a program that wants something else now", "changes-moved", () => flag("longer")],
    ["is of a program that has another secret now", "changes-moved", () => flag("other-secret")],
    ["has a plan that is none", "plan-unusable", () => ({ options: forge({ plan: "AAAA" }) })],
    ["is of a program that registers nothing any more", "empty-registration", () => flag("empty")],
    ["is of a program that registers nothing in the update", "empty-registration", () => flag("empty-update")],
    ["loses data that nobody acknowledged", "acknowledgement-missing", () => ({ options: { acknowledge: [] } })],
    [
      "loses data that was acknowledged for no bundle in particular",
      "acknowledgement-foreign",
      () => ({ options: { digest: undefined } }),
    ],
    [
      "does not lose what was acknowledged",
      "acknowledgement-unknown",
      () => ({ options: { acknowledge: [TABLE, TABLE.replace("::data", "::other")] } }),
    ],
  ];
  const DIGEST = `"sha256:${"0".repeat(64)}"}`;
  const tools = (change: Partial<Bundle["tools"]>): Bundle["tools"] => ({ ...bundle.tools, ...change });
  const expiringLate = (): Surroundings => {
    let milliseconds = 0;
    return {
      gate: { clock: () => new Date(Date.parse(bundle.createdAt) + milliseconds) },
      ended: () => void (milliseconds = 169 * HOUR),
    };
  };

  for (const [what, code, arrange] of CASES) {
    it(`fails where it ${what}: ${code}`, async () => {
      const head = project.repository.git("rev-parse", "main");
      writeFileSync(file(), JSON.stringify(bundle));
      try {
        const { options = {}, surroundings = {} } = arrange() ?? {};
        const cloud = project.files.read(".trunkline/rehearsal/cloud.json");
        const result = await project.up({ bundle: file(), ...acknowledged(), ...options }, surroundings);
        assert.ok(result.kind === "refused", JSON.stringify(result));
        const codes = result.decision.reasons.map((reason) => reason.code);
        assert.ok(codes.includes(code), `${JSON.stringify(result.decision.reasons, null, 1)}`);
        assert.equal(result.decision.kind, "refused");
        assert.ok(result.decision.reasons.every(({ message, hint }) => message !== "" && hint !== ""));
        assert.ok(!JSON.stringify(result.decision).includes("secret text"));
        assert.equal(project.files.read(".trunkline/rehearsal/cloud.json"), cloud, "no resource was touched");
      } finally {
        for (const name of ["longer", "other-secret", "empty", "empty-update"]) {
          project.repository.remove(`.trunkline/${name}`);
        }
        project.repository.git("checkout", "--quiet", "--force", "main");
        project.repository.git("reset", "--quiet", "--hard", head);
        project.restore(rehearsal);
      }
    });
  }

  it("is applied where nothing moved and its loss is acknowledged", async () => {
    writeFileSync(file(), JSON.stringify(bundle));
    const result = await project.up({ bundle: file(), ...acknowledged() });
    assert.equal(result.kind, "applied", JSON.stringify(result));
  });
});
