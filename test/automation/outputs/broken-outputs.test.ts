import assert from "node:assert/strict";
import fc from "fast-check";
import { SecretValue, UNKNOWN_TEXT } from "../../../automation/bundle/property-values";
import type { Program } from "../../../automation/changes/read-programs";
import { missingAcknowledgements } from "../../../automation/gate/acknowledgements";
import { brokenOutputs } from "../../../automation/outputs/broken-outputs";
import { brokenContracts, brokenText } from "../../../automation/outputs/output-readers";
import { BundleProject } from "../../support/bundle-project";

type Case = readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, readonly string[]];

const CASES: readonly Case[] = [
  ["nothing where nothing changes", { a: "1", b: { c: [1] } }, { a: "2", b: { c: [] } }, []],
  ["nothing where something comes", { a: "1" }, { a: "1", b: "2" }, []],
  ["what goes away", { a: "1", b: "2" }, { a: "1" }, ["b removed string absent"]],
  ["the outermost of what goes away together", { a: { b: { c: 1, d: 2 } } }, { a: {} }, ["a.b removed object absent"]],
  [
    "what becomes of another type",
    { a: { b: "1" }, c: 1 },
    { a: { b: ["1"] }, c: "1" },
    ["a.b retyped string array", "c retyped number string"],
  ],
  ["what becomes nothing", { a: "1" }, { a: null }, ["a retyped string null"]],
  ["nothing of what is not known yet", { a: { b: 1 }, c: "1" }, { a: UNKNOWN_TEXT, c: UNKNOWN_TEXT }, []],
  ["nothing of a secret that stays one", { a: new SecretValue("x") }, { a: new SecretValue({ b: 1 }) }, []],
  [
    "names that objects have of themselves",
    { constructor: "1", toString: "2" },
    {},
    ["constructor removed string absent", "toString removed string absent"],
  ],
];

const program = (text: string): Program => ({ kind: "graph", graph: { files: new Map() } as never, text });

describe("outputs that break", () => {
  for (const [title, before, after, expected] of CASES) {
    it(`are ${title}`, () => {
      const found = brokenOutputs(before, after);
      assert.deepEqual(
        found.map(({ path, change, from, to }) => `${path.join(".")} ${change} ${from} ${to}`),
        expected,
      );
    });
  }

  it("are none between a value and itself", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (outputs) => {
        assert.deepEqual(brokenOutputs(outputs, structuredClone(outputs)), []);
      }),
    );
  });

  it("are told of with who reads them, and of nobody else", () => {
    const broken = brokenOutputs(
      { databricks: { jobIds: { train: "1" }, host: "h" }, aws: {} },
      { databricks: { jobIds: {} } },
    );
    const consumers = [
      { project: "scoring", program: program("const { databricks } = outputs; databricks.jobIds[config.job]") },
      { project: "hosts", program: program("outputs.databricks.host; const databricksHost = 1") },
      { project: "unreadable", program: { kind: "unreadable", reason: "it is Python" } as const },
    ];
    assert.deepEqual(brokenContracts(broken, consumers).map(brokenText), [
      "the output aws, which unreadable reads, goes away",
      "the output databricks.host, which hosts, scoring, unreadable read, goes away",
      "the output databricks.jobIds.train, which scoring, unreadable read, goes away",
    ]);
  });

  it("fail without an acknowledgement of each, for this bundle", () => {
    const [output] = brokenContracts(brokenOutputs({ a: "1" }, {}), [{ project: "web", program: program("x.a") }]);
    assert.ok(output);
    const digest = `sha256:${"a".repeat(64)}`;
    const reasons = (urn?: string) =>
      missingAcknowledgements([], [digest], urn === undefined ? [] : [{ urn, digest: "a".repeat(12) }], [output]).map(
        ({ code, message }) => `${code}: ${message}`,
      );
    assert.deepEqual(reasons(), ["acknowledgement-missing: the output a, which web reads, goes away"]);
    assert.deepEqual(reasons("output:a"), []);
    assert.match(
      reasons("output:b").join("\n"),
      /acknowledgement-unknown: output:b is acknowledged.*\nacknowledgement-missing/,
    );
  });
});

const PROJECT = (name: string) => `name: ${name}\nmain: index.js\nruntime: nodejs\n`;
const SETTINGS = "config: {}\n";

const UPSTREAM = (exports: string) =>
  `const random = require("@pulumi/random/randomPet");\nconst pet = new random.RandomPet("pet", { length: ${exports.length % 3 === 0 ? 2 : 3} });\n${exports}\n`;

describe("a preview that breaks an output of a known consumer", function () {
  this.timeout(240_000);
  let workspace: BundleProject;

  before(async () => {
    workspace = new BundleProject({
      "Pulumi.yaml": PROJECT("platform"),
      "Pulumi.dev.yaml": SETTINGS,
      "index.js": UPSTREAM('exports.host = "h"; exports.port = 1; exports.other = "o"; // three'),
      "web/Pulumi.yaml": PROJECT("web"),
      "web/Pulumi.dev.yaml": SETTINGS,
      "web/index.js": `const pulumi = require("@pulumi/pulumi");
const platform = new pulumi.StackReference("organization/platform/dev");
exports.url = platform.requireOutput("host").apply((host) => "https://" + host);
`,
    });
    const first = workspace.path("first.bundle");
    const made = await workspace.preview({ bundle: first });
    assert.equal(made.kind, "bundled");
    assert.equal((await workspace.up({ bundle: first })).kind, "applied");
    workspace.files.write("index.js", UPSTREAM('exports.port = "1";'));
    workspace.repository.commit({}, "break");
  });
  after(() => workspace.remove());

  it("names consumer and output, is refused by the gate, and goes on when it is acknowledged", async () => {
    const bundle = workspace.path("second.bundle");
    const made = await workspace.preview({ bundle });
    assert.ok(made.kind === "bundled");
    // Nobody is known to read `port` and `other`.
    assert.deepEqual(made.bundle.brokenOutputs, [
      { path: ["host"], change: "removed", from: "string", to: "absent", consumers: ["web"] },
    ]);
    const refused = await workspace.up({ bundle });
    assert.ok(refused.kind === "refused");
    assert.deepEqual(
      refused.decision.reasons.map(({ code, message }) => [code, message]),
      [["acknowledgement-missing", "the output host, which web reads, goes away"]],
    );
    const { digest } = made.bundle;
    const applied = await workspace.up({ bundle, digest, acknowledge: ["output:host"] });
    assert.equal(applied.kind, "applied");
  });
});
