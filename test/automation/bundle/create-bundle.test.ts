import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { AutomationError } from "../../../automation/errors";
import { BundleProject } from "../../support/bundle-project";

const CANARY = 'canary-7Yq2-ünïcode"quote-dont-tell';
const program = (body: string) => `import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";
import { existsSync, readFileSync } from "node:fs";
const flag = (name: string) => existsSync(__dirname + "/.trunkline/" + name);
const canary = JSON.parse(readFileSync(__dirname + "/.trunkline/canary", "utf8")) as string;
${body}
`;
const FILES = {
  "Pulumi.yaml":
    'name: sample\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
  "Pulumi.dev.yaml": "config: {}\n",
  "index.ts": program(`const secret = pulumi.secret(canary);
new RandomPet("pet", { length: flag("longer") ? 3 : 2, prefix: pulumi.interpolate\`x-\${secret}\`, keepers: { secret, deep: pulumi.jsonStringify([secret]) } });
export const out = secret;
export const plain = flag("longer");`),
};

describe("a bundle", function () {
  this.timeout(300_000);
  let project: BundleProject;
  const file = () => project.path("plan.bundle");

  beforeEach(() => {
    project = new BundleProject(FILES);
    project.files.write(".trunkline/canary", JSON.stringify(CANARY));
  });
  afterEach(() => project.remove());

  /** The file and everything that is packed in it. */
  function everything(): string {
    const text = readFileSync(file(), "utf8");
    const { plan } = JSON.parse(text) as { plan: string };
    return text + gunzipSync(Buffer.from(plan, "base64")).toString("utf8");
  }
  function holdsNothingOf(secret: string): void {
    const text = everything();
    const spellings = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
    spellings.push(Buffer.from(secret).toString("base64").replace(/=+$/, ""), Buffer.from(secret).toString("hex"));
    for (const spelling of spellings) assert.ok(!text.includes(spelling), `the bundle holds ${spelling}`);
  }

  it("tells of outputs that change where no resource does, and applies them; of a secret one only that it is one", async () => {
    const outputs = (more: string) => ({ "index.ts": program(`const pet = new RandomPet("pet");\n${more}`) });
    const kept = "export const name = pet.id;\n";
    project.repository.commit(
      outputs(`${kept}export const size = { rows: [1, 2] };\nexport const gone = "x";\n`),
      "one",
    );
    assert.equal((await project.preview({ bundle: file() })).kind, "bundled");
    assert.equal((await project.up({ bundle: file() })).kind, "applied");
    project.repository.commit(
      outputs(`${kept}export const size = { rows: [1, 3] };\nexport const hidden = pulumi.secret(canary);\n`),
      "two",
    );
    const previewed = await project.preview({ bundle: file() });
    assert.ok(previewed.kind === "bundled");
    const told = previewed.bundle.changes.map(({ type, action, properties }) => ({
      ...{ type, action },
      properties: properties.map(({ path, kind, secret, old, new: next }) => [path, kind, secret, old, next]),
    }));
    assert.deepEqual(told, [
      {
        type: "pulumi:pulumi:Stack",
        action: "update",
        properties: [
          ["[outputs].gone", "delete", false, "x", undefined],
          ["[outputs].hidden", "add", true, undefined, "[secret]"],
          ["[outputs].size.rows[1]", "update", false, 2, 3],
        ],
      },
    ]);
    holdsNothingOf(CANARY);
    const applied = await project.up({ bundle: file() });
    assert.equal(applied.kind, "applied", JSON.stringify(applied));
    const [stack] = project.files.resources("sample", "dev").filter(({ type }) => type === "pulumi:pulumi:Stack");
    assert.deepEqual((stack?.outputs as { size: unknown }).size, { rows: [1, 3] });
    const again = await project.preview({ bundle: file() });
    assert.ok(again.kind === "bundled");
    assert.deepEqual(again.bundle.changes, []);
  });

  it("is refused where operations on the state were cut off before it was made", async () => {
    assert.equal((await project.preview({ bundle: file() })).kind, "bundled");
    assert.equal((await project.up({ bundle: file() })).kind, "applied");
    const path = ".trunkline/rehearsal/state/.pulumi/stacks/sample/dev.json";
    const state = JSON.parse(project.files.read(path)) as {
      checkpoint: { latest: { resources: { type: string }[]; pending_operations?: unknown[] } };
    };
    const { latest } = state.checkpoint;
    const resource = latest.resources.find(({ type }) => type.includes("RandomPet"));
    latest.pending_operations = [{ type: "updating", resource }];
    project.files.write(path, JSON.stringify(state));
    project.files.write(".trunkline/longer", "");
    const before = project.rehearsal();
    assert.equal((await project.preview({ bundle: file() })).kind, "bundled");
    const refused = await project.up({ bundle: file() });
    assert.ok(refused.kind === "refused", JSON.stringify(refused));
    assert.deepEqual(
      refused.decision.reasons.map(({ code }) => code),
      ["state-unsettled"],
    );
    assert.deepEqual(project.rehearsal(), before);
  });

  it("is applied where providers make names up, with the very names that were reviewed, and no other", async () => {
    const named = (prefix: string) => `import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
const group = new ResourceGroup("${prefix}");
new UserAssignedIdentity("identity", { resourceGroupName: group.name });
export const name = group.name;
`;
    const subscription = [
      "    subscriptionId: 3a5f8c1e-7d24-4b69-9e03-1c8d5a7b2f46",
      "    tenantId: 5e9b1d73-2c48-4f0a-8a67-d31f9c04b852",
      "    location: westeurope",
    ].join("\n");
    project.repository.commit(
      { "index.ts": named("group"), "Pulumi.dev.yaml": `config:\n  trunkline:azure:\n${subscription}\n` },
      "names",
    );
    const made = await project.preview({ bundle: file() });
    assert.ok(made.kind === "bundled", JSON.stringify(made));
    const group = made.bundle.changes.find(({ name }) => name === "group");
    const reviewed = group?.properties.find(({ path }) => path === "resourceGroupName");
    assert.equal(reviewed?.generated, true);
    const name = reviewed?.new as string;
    assert.match(name, /^group[0-9a-f]{8}$/);
    const applied = await project.up({ bundle: file() });
    assert.equal(applied.kind, "applied", JSON.stringify(applied));
    const state = Object.entries(project.rehearsal()).find(([path]) => path.endsWith("dev.json"))?.[1] ?? "";
    assert.ok(state.includes(`"${name}"`), "the name that was reviewed is in the state");
  });

  it("has no secret in clear, when it is created, updated and deleted, and still tells that one moved", async () => {
    const first = await project.preview({ bundle: file() });
    assert.ok(first.kind === "bundled", JSON.stringify(first.report.tree.messages));
    holdsNothingOf(CANARY);
    const pet = first.bundle.changes.find(({ name }) => name === "pet")!;
    const secrets = pet.properties.filter(({ secret }) => secret).map(({ path, new: value }) => [path, value]);
    assert.deepEqual(secrets, [
      ["keepers", { secret: "[secret]", deep: "[secret]" }],
      ["prefix", "[secret]"],
    ]);
    assert.equal((await project.up({ bundle: file() })).kind, "applied");

    const next = `${CANARY}-rotated`;
    project.files.write(".trunkline/canary", JSON.stringify(next));
    project.files.write(".trunkline/longer", "");
    const second = await project.preview({ bundle: file() });
    assert.ok(second.kind === "bundled", JSON.stringify(second.report.tree.messages));
    holdsNothingOf(CANARY);
    holdsNothingOf(next);
    const changed = second.bundle.changes.find(({ name }) => name === "pet")!;
    assert.equal(changed.action, "replace");
    const prefix = changed.properties.find(({ path }) => path === "prefix")!;
    assert.deepEqual([prefix.old, prefix.new, prefix.replaces], ["[secret]", "[secret]", true]);
    assert.ok(prefix.oldDigest && prefix.newDigest && prefix.oldDigest !== prefix.newDigest);

    project.repository.commit({ "index.ts": program('new RandomPet("other");') }, "delete");
    const third = await project.preview({ bundle: file() });
    assert.ok(third.kind === "bundled");
    holdsNothingOf(CANARY);
    assert.deepEqual(
      third.bundle.changes
        .map(({ action, name }) => `${action} ${name}`)
        .filter((line) => !line.includes("sample-dev")),
      ["create other", "delete pet"],
    );
  });

  it("fails where a secret would be in it in clear, and says where without telling it", async () => {
    const leak = `const secret = pulumi.secret(canary);
new RandomPet("marked", { keepers: { secret } });
new RandomPet("leaking", { prefix: "x-" + canary });`;
    project.repository.commit({ "index.ts": program(leak) }, "leak");
    await assert.rejects(project.preview({ bundle: file() }), (error: AutomationError) => {
      assert.match(error.message, /a secret would be in the bundle in clear, at .*leaking/);
      assert.ok(!`${error.message}${error.hint}`.includes("canary-7Yq2"));
      return error.code === "refused";
    });
  });

  it("fails for a program that is not committed, outside of git, and where it would empty its stack", async () => {
    assert.equal((await project.preview({ bundle: file() })).kind, "bundled");
    assert.equal((await project.up({ bundle: file() })).kind, "applied");
    project.files.write("index.ts", program("void flag;"));
    await assert.rejects(project.preview({ bundle: file() }), /not what is committed: index\.ts/);
    project.repository.commit({}, "nothing");
    await assert.rejects(project.preview({ bundle: file() }), /registers nothing, though dev has resources/);
    project.repository.remove(".git");
    await assert.rejects(project.preview({ bundle: file() }), /in no git repository with a commit/);
  });

  it("holds the lock while its program waits, and lets it go on", async () => {
    project.repository.commit(
      {
        "index.ts": program(`import { readdirSync } from "node:fs";
const locks = __dirname + "/.trunkline/rehearsal/state/.pulumi/locks/organization/sample/dev";
if (!pulumi.runtime.isDryRun() && readdirSync(locks).length !== 1) throw new Error("not locked");
if (process.env.TRUNKLINE_GUARD || (process.env.NODE_OPTIONS ?? "").includes("guard")) throw new Error("still guarded");
new RandomPet("pet");`),
      },
      "look at the lock",
    );
    assert.equal((await project.preview({ bundle: file() })).kind, "bundled");
    const result = await project.up({ bundle: file() });
    assert.equal(result.kind, "applied", JSON.stringify(result));
  });
});
