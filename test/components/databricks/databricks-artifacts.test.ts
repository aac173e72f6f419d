import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider } from "@pulumi/databricks/provider";
import { DatabricksArtifacts } from "../../../components";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";
import { SEED } from "../../rehearsal/cloud/support/cloud-fixture";
import { type Files, make, oneOfEach, parsed } from "../../support/artifact-files";

const host = "https://adb-4444444444444444.4.azuredatabricks.net";
const { "external-locations/lake.json": _location, ...files } = oneOfEach;
const program = (content: Files) => async () => {
  const provider = new Provider("workspace", { host });
  new DatabricksArtifacts(
    "a",
    {
      ...{ organization: "acme", environment: "dev", artifacts: parsed(content), rootFolder: "/platform" },
      catalog: { existing: { name: "main" } },
    },
    { providers: [provider] },
  );
};

/** One change of each kind of artifact, and exactly what it changes. */
const changes: readonly { title: string; to: Files; steps: readonly string[] }[] = [
  {
    title: "a changed init script",
    to: { ...files, "init-scripts/setup.sh": "#!/bin/bash\necho other\n" },
    steps: ["update a-init-script-setup.sh"],
  },
  {
    title: "an added init script",
    to: { ...files, "init-scripts/more.sh": "#!/bin/bash\n" },
    steps: ["create a-init-script-more.sh"],
  },
  {
    title: "a changed cluster",
    to: { ...files, "clusters/small.json": { ...make.cluster("small", ["setup.sh"]), num_workers: 2 } },
    steps: ["update a-cluster-small"],
  },
  {
    title: "an added cluster",
    to: { ...files, "clusters/big.json": make.cluster("big") },
    steps: ["create a-cluster-big"],
  },
  {
    title: "a changed notebook",
    to: { ...files, "notebooks/etl/load.py": "print(2)\n" },
    steps: ["update a-notebook-etl/load"],
  },
  {
    title: "an added notebook in a folder of its own",
    to: { ...files, "notebooks/reports/daily.sql": "SELECT 1" },
    steps: ["create a-notebook-folder-reports", "create a-notebook-reports/daily"],
  },
  {
    title: "a changed job",
    to: { ...files, "jobs/nightly.json": { ...make.job("nightly", "small", "etl/load"), max_concurrent_runs: 2 } },
    steps: ["update a-job-nightly"],
  },
  {
    title: "an added job",
    to: { ...files, "jobs/b.json": make.job("b", "small", "etl/load") },
    steps: ["create a-job-b"],
  },
  {
    title: "a changed Git folder",
    to: { ...files, "git-folders/models.json": { ...make.gitFolder("models"), branch: "next" } },
    steps: ["update a-git-folder-/Repos/acme/models"],
  },
  {
    title: "an added table",
    to: { ...files, "tables/features.json": make.table("features", "trips", "fares") },
    steps: ["create a-table-features.fares"],
  },
  { title: "a removed job", to: without("jobs/nightly.json"), steps: ["delete a-job-nightly"] },
  {
    title: "a removed cluster, and the job on it",
    to: without("jobs/nightly.json", "clusters/small.json"),
    steps: ["delete a-cluster-small", "delete a-job-nightly"],
  },
  {
    title: "a removed notebook, with its folder and its job",
    to: without("jobs/nightly.json", "notebooks/etl/load.py"),
    steps: ["delete a-job-nightly", "delete a-notebook-etl/load", "delete a-notebook-folder-etl"],
  },
  {
    title: "a removed init script that no cluster names any more",
    to: { ...without("init-scripts/setup.sh"), "clusters/small.json": make.cluster("small") },
    steps: ["delete a-init-script-setup.sh", "update a-cluster-small"],
  },
  {
    title: "a removed Git folder",
    to: without("git-folders/models.json"),
    steps: ["delete a-git-folder-/Repos/acme/models"],
  },
  {
    title: "removed tables, which stay in the catalog",
    to: without("tables/features.json"),
    steps: ["delete a-schema-features", "delete a-table-features.trips"],
  },
];

function without(...paths: string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}

describe("DatabricksArtifacts", function () {
  this.timeout(60_000);
  let directory: string;
  let cloud: SimulatedCloud;
  let stack: RehearsalStack;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "artifacts-"));
    cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed: SEED });
    stack = await rehearse(program(files), { providers: (name) => cloud.providers(name) });
    await stack.up();
  });
  afterEach(async () => {
    await stack.close();
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  });

  for (const { title, to, steps } of changes) {
    it(`changes exactly what belongs to ${title}`, async () => {
      const ran = await stack.up({ program: program(to) });
      const changed = ran.steps.filter(({ op }) => op !== "same").map(({ op, name }) => `${op} ${name}`);
      assert.deepEqual(changed.sort(), steps);
    });
  }

  it("leaves removed tables in the catalog, and nothing else", async () => {
    await stack.up({ program: program({}) });
    const left = cloud.list().filter(({ urn, type }) => urn !== "" && type.startsWith("databricks:"));
    assert.deepEqual(left.map(({ id }) => id).sort(), [
      "/platform",
      "/platform-init-scripts",
      "main.features",
      "main.features.trips",
    ]);
  });

  it("puts the ids of clusters and the paths of notebooks and scripts where files have names", async () => {
    const cluster = cloud.list().find(({ type }) => type.endsWith(":Cluster"));
    const job = cloud.list().find(({ type }) => type.endsWith(":Job"));
    const [task] = job!.inputs.tasks as { existingClusterId: string; notebookTask: { notebookPath: string } }[];
    assert.equal(task!.existingClusterId, cluster!.id);
    assert.equal(task!.notebookTask.notebookPath, "/platform/etl/load");
    assert.deepEqual(cluster!.inputs.initScripts, [{ workspace: { destination: "/platform-init-scripts/setup.sh" } }]);
    assert.deepEqual(
      [cluster!.inputs.noWait, cluster!.inputs.isPinned, cluster!.inputs.autoterminationMinutes],
      [true, true, 10],
    );
  });
});
