import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { rehearsalSeed } from "../../automation/engine/rehearsal-seed";
import { environmentNames, type EnvironmentName } from "../../components";
import { parseArtifacts } from "../../components/databricks/artifacts/parse-artifacts";
import { Environment } from "../../components/environment";
import { parseEnvironmentConfig } from "../../components/environment-config";
import { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../rehearsal/testing/rehearsal-stack";
import { type Files, make, oneOfEach, textsOf } from "../support/artifact-files";

const root = resolve(__dirname, "../..");

/** This repository's own configuration in Azure and Databricks, each environment in a subscription and a tenant of its own. */
const configs = new Map(
  environmentNames.map((name) => {
    const { config } = parse(readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")) as {
      config: Record<string, any>;
    };
    const { "trunkline:aws": _aws, "trunkline:github": _github, ...rest } = config;
    const { mlflow: _mlflow, endpoint: _endpoint, ...azure } = rest["trunkline:azure"] as Record<string, unknown>;
    const tenantId = name === "tst" ? "9d0b3e51-7f26-4a8c-b1d4-50c2e6a7f839" : azure["tenantId"];
    return [name, { ...rest, "trunkline:azure": { ...azure, tenantId } }];
  }),
);
const settings = [...configs].map(([name, config]) => [name, { config }] as const);

const program = (environment: EnvironmentName, files: Files) => async () => {
  const raw = Object.entries(configs.get(environment)!).filter(([key]) => key.startsWith("trunkline:"));
  const plain = Object.fromEntries(raw.map(([key, value]) => [key.slice("trunkline:".length), value]));
  const config = parseEnvironmentConfig(environment, plain);
  const artifacts = parseArtifacts("artifacts", textsOf(files), config);
  return new Environment(environment, { ...config, artifacts }).outputs;
};

const notebook = (text: string) => `# Databricks notebook source\n${text}\n`;
const jupyter = (source: string) => ({
  cells: [{ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: [source] }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const cluster = (workers: number) => ({ ...make.cluster("big"), num_workers: workers });
const location = (comment: string) => ({ ...make.location("raw"), comment });
const tables = (...names: string[]) => make.table("features", "trips", ...names);
const columns = [{ name: "id", type: "bigint" }];

/** A kind of artifact: what is added, what it is changed to, and the resources that each concerns, with no other. */
interface Kind {
  readonly what: string;
  readonly path: string;
  readonly added: unknown;
  readonly changed: unknown;
  /** The content when it is taken away again. @default the file is removed */
  readonly back?: unknown;
  readonly creates: readonly string[];
  readonly updates: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    ...{ what: "an init script", path: "init-scripts/more.sh", added: "#!/bin/bash\n", changed: "#!/bin/bash\ndate\n" },
    ...{ creates: ["init-script-more.sh"], updates: ["init-script-more.sh"] },
  },
  {
    ...{ what: "a cluster", path: "clusters/big.json", added: cluster(2), changed: cluster(3) },
    ...{ creates: ["cluster-big"], updates: ["cluster-big"] },
  },
  ...["py", "sql", "scala", "r"].map((extension) => ({
    ...{ what: `a notebook that ends in .${extension}`, path: `notebooks/etl/more_${extension}.${extension}` },
    ...{ added: notebook("1"), changed: notebook("2") },
    ...{ creates: [`notebook-etl/more_${extension}`], updates: [`notebook-etl/more_${extension}`] },
  })),
  {
    ...{ what: "a notebook of Jupyter, with its folder", path: "notebooks/more/look.ipynb" },
    ...{ added: jupyter("1"), changed: jupyter("2") },
    ...{ creates: ["notebook-folder-more", "notebook-more/look"], updates: ["notebook-more/look"] },
  },
  {
    ...{ what: "a job", path: "jobs/more.json", added: make.job("more", "small", "etl/load") },
    changed: { ...make.job("more", "small", "etl/load"), max_concurrent_runs: 3 },
    ...{ creates: ["job-more"], updates: ["job-more"] },
  },
  {
    ...{ what: "a Git folder", path: "git-folders/more.json", added: make.gitFolder("more") },
    changed: { ...make.gitFolder("more"), branch: "next" },
    ...{ creates: ["git-folder-/Repos/acme/more"], updates: ["git-folder-/Repos/acme/more"] },
  },
  {
    ...{ what: "a table", path: "tables/features.json", added: tables("fares"), back: tables() },
    changed: { ...tables(), tables: [...tables().tables, { name: "fares", table_type: "MANAGED", columns, comment: "Fares" }] }, // prettier-ignore
    ...{ creates: ["table-features.fares"], updates: ["table-features.fares"] },
  },
  {
    ...{ what: "a schema, with its table", path: "tables/more.json", added: make.table("more", "one") },
    changed: { ...make.table("more", "one"), comment: "More" },
    ...{ creates: ["schema-more", "table-more.one"], updates: ["schema-more"] },
  },
  {
    ...{ what: "an external location", path: "external-locations/raw.json" },
    ...{ added: location("Raw"), changed: location("As it came") },
    ...{ creates: ["external-location-raw"], updates: ["external-location-raw"] },
  },
];

/** One artifact of each kind, and of each of `kinds` what `content` says; nothing where it says nothing. */
function all(content: (kind: Kind) => unknown): Files {
  const further = kinds.map((kind) => [kind.path, content(kind)] as const);
  return { ...oneOfEach, ...Object.fromEntries(further.filter(([, value]) => value !== undefined)) };
}

describe("three environments side by side, each in a subscription and a tenant of its own", function () {
  this.timeout(1_800_000);
  let directory: string;
  let cloud: SimulatedCloud;
  const stacks = new Map<EnvironmentName, RehearsalStack>();

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "three-environments-"));
    cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed: rehearsalSeed(settings) });
    for (const name of environmentNames) {
      const options = { stack: name, providers: (vendor: string) => cloud.providers(vendor) };
      stacks.set(name, await rehearse(program(name, oneOfEach), options));
    }
  });
  after(async () => {
    for (const stack of stacks.values()) await stack.close();
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const ofStack = (name: string) => (urn: string) => urn.startsWith(`urn:pulumi:${name}::`);
  /** Everything in the cloud that is not of an environment. */
  const others = (name: string) => JSON.stringify(cloud.list().filter(({ urn }) => urn !== "" && !ofStack(name)(urn)));

  /** Updates one environment, and answers what changed in it; nothing else in the cloud may. */
  async function update(name: EnvironmentName, files: Files): Promise<string[]> {
    const before = others(name);
    const { steps } = await stacks.get(name)!.up({ program: program(name, files) });
    assert.equal(others(name), before, `an update of ${name} changed another environment`);
    const prefix = `${name}-databricks-artifacts-`;
    return steps
      .filter(({ op }) => op !== "same")
      .map(({ op, name: made }) => `${op} ${made.replace(prefix, "")}`)
      .sort();
  }

  it("come up with the same resources, each by its own name, and nothing changes after that", async () => {
    const made = new Map<EnvironmentName, string[]>();
    for (const name of environmentNames) {
      const own = new RegExp(`(?<=create |ml_|:environment:)${name}\\b`, "g");
      made.set(name, (await update(name, oneOfEach)).map((step) => step.replace(own, "ENV")).sort());
      assert.deepEqual(await update(name, oneOfEach), [], name);
    }
    assert.ok(made.get("dev")!.length > 50, String(made.get("dev")!.length));
    for (const name of ["tst", "prd"] as const) assert.deepEqual(made.get(name), made.get("dev"), name);
  });

  it("share no subscription, no tenant, and no name that has to be one of a kind", () => {
    const places = environmentNames.map((name) => {
      const own = cloud.list().filter(({ urn, type }) => ofStack(name)(urn) && /^azure/.test(type));
      return [...new Set(own.map(({ scope }) => scope))].sort();
    });
    const wanted = environmentNames.map((name) => {
      const { subscriptionId } = configs.get(name)!["trunkline:azure"] as Record<string, string>;
      return [`azure-native:${subscriptionId}`];
    });
    assert.deepEqual(places, wanted);
    const tenants = [...configs.values()].map((config) => (config["trunkline:azure"] as { tenantId: string }).tenantId);
    assert.equal(new Set(tenants).size, 3);
    for (const type of ["keyvault:Vault", "storage:StorageAccount", "databricks:Workspace"]) {
      const ids = cloud.list().filter((one) => one.type === `azure-native:${type}`).map(({ id }) => id.split("/").at(-1)); // prettier-ignore
      assert.equal(ids.length, 3, type);
      assert.equal(new Set(ids).size, 3, type);
    }
  });

  const rounds: readonly (readonly [title: string, files: Files, steps: readonly string[]])[] = [
    ["added", all(({ added }) => added), kinds.flatMap(({ creates }) => creates.map((one) => `create ${one}`))],
    ["changed", all(({ changed }) => changed), kinds.flatMap(({ updates }) => updates.map((one) => `update ${one}`))],
    ["removed", all(({ back }) => back), kinds.flatMap(({ creates }) => creates.map((one) => `delete ${one}`))],
  ];
  for (const [title, files, steps] of rounds) {
    it(`change exactly what belongs to an artifact of each kind that is ${title}, in each environment alone`, async () => {
      for (const name of environmentNames) assert.deepEqual(await update(name, files), [...steps].sort(), name);
    });
  }

  it("keep removed schemas and tables in their catalogs, and nothing else that was added", () => {
    for (const name of environmentNames) {
      const own = cloud
        .list()
        .filter(({ urn }) => ofStack(name)(urn) && /-artifacts-.*(?:more|fares|big|raw)/.test(urn));
      assert.deepEqual(own.map(({ id }) => id).sort(), [
        `ml_${name}.features.fares`,
        `ml_${name}.more`,
        `ml_${name}.more.one`,
      ]);
    }
  });
});
