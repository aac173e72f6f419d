import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isSecret, type Output, RunError } from "@pulumi/pulumi";
import fc from "fast-check";
import { readArtifacts } from "../../../../components/databricks/artifacts/read-artifacts";
import { clusterArgs } from "../../../../components/databricks/artifacts/resource-args";
import { faultsOf, make, oneOfEach, parsed } from "../../../support/artifact-files";

const variables = { organization: "acme", environment: "dev" };
const root = resolve(__dirname, "../../../..");

const faulty: readonly { title: string; files: Record<string, unknown>; faults: readonly string[] }[] = [
  {
    title: "an unknown key of a cluster, with the one that was meant",
    files: { "clusters/a.json": { ...make.cluster("a"), node_typ_id: "x" } },
    faults: ['clusters/a.json:6:3: unknown key "node_typ_id", did you mean node_type_id?'],
  },
  {
    title: "an unknown key deep in a cluster",
    files: { "clusters/a.json": { ...make.cluster("a"), autoscale: { min_workers: 1, max_workers: 2, mid: 1 } } },
    faults: ['clusters/a.json:9:5: unknown key "mid"'],
  },
  {
    title: "a missing key, at what lacks it",
    files: { "clusters/a.json": { cluster_name: "a" } },
    faults: ["clusters/a.json:1:1: spark_version is missing"],
  },
  {
    title: "a cluster that never ends",
    files: { "clusters/a.json": { ...make.cluster("a"), autotermination_minutes: 0 } },
    faults: ["clusters/a.json:6:3: autotermination_minutes is 0"],
  },
  {
    title: "two clusters of one name",
    files: { "clusters/a.json": make.cluster("a"), "clusters/b.json": make.cluster("a") },
    faults: ['clusters/b.json:2:3: cluster_name is "a", as in clusters/a.json'],
  },
  {
    title: "a job that names a missing cluster",
    files: { ...oneOfEach, "jobs/nightly.json": make.job("nightly", "smal", "etl/load") },
    faults: ['jobs/nightly.json:6:7: existing_cluster_id names a cluster that is not there, "smal"'],
  },
  {
    title: "a job that names a missing notebook",
    files: { ...oneOfEach, "jobs/nightly.json": make.job("nightly", "small", "etl/store") },
    faults: ['jobs/nightly.json:8:9: notebook_path names a notebook that is not there, "etl/store"'],
  },
  {
    title: "a cluster that names a missing init script",
    files: { "clusters/a.json": make.cluster("a", ["none.sh"]) },
    faults: ['clusters/a.json:9:9: destination names an init script that is not there, "none.sh"'],
  },
  {
    title: "malformed JSON, with its line",
    files: { "clusters/a.json": '{\n  "cluster_name": "a",\n  "spark_version" "b"\n}' },
    faults: ["clusters/a.json:3:19: missing , or : between object items"],
  },
  {
    title: "JSON that ends too soon",
    files: { "clusters/a.json": '{\n  "cluster_name": "a"' },
    faults: ["clusters/a.json:2:22: object must end with a }"],
  },
  {
    title: "a key that is there twice",
    files: { "jobs/a.json": '{\n  "name": "a",\n  "name": "b",\n  "tasks": []\n}' },
    faults: ["jobs/a.json:3:3: map keys must be unique"],
  },
  {
    title: "a comment, and single quotes, which YAML knows and JSON does not",
    files: {
      "jobs/a.json": '{\n  "name": "a", # the first\n  "tasks": []\n}',
      "jobs/b.json": '{\n  "name": \'b\',\n  "tasks": []\n}',
    },
    faults: ["jobs/a.json:2:11: is no JSON", "jobs/b.json:2:11: is no JSON"],
  },
  {
    title: "a notebook in an unknown language, or in none",
    files: { "notebooks/a.rb": "puts 1", "notebooks/b/c": "1" },
    faults: ["notebooks/a.rb: is in an unknown language, .rb", "notebooks/b/c: has no language"],
  },
  {
    title: "a notebook of Jupyter that is none",
    files: { "notebooks/a.ipynb": "{}", "notebooks/b.ipynb": '{\n "cells": [}' },
    faults: [
      "notebooks/a.ipynb:1:1: has no cells",
      "notebooks/b.ipynb:2:12: list in block collection must be sufficiently indented and end with a ]",
    ],
  },
  {
    title: "two notebooks that become one path",
    files: { "notebooks/a.py": "1", "notebooks/a.sql": "SELECT 1" },
    faults: ["notebooks/a: is there with two extensions"],
  },
  {
    title: "an init script with carriage returns, and what is none",
    files: { "init-scripts/a.sh": "#!/bin/bash\necho 1\r\n", "init-scripts/b.txt": "1" },
    faults: [
      "init-scripts/a.sh:2:1: a line ends in a carriage return, which the shell of a cluster takes for part of a command",
      "init-scripts/b.txt: is no init script",
    ],
  },
  {
    title: "files that are in no folder of artifacts, or no JSON",
    files: { "notebook/a.py": "1", "b.py": "1", "jobs/c.yaml": "name: c" },
    faults: [
      "b.py: is in none of the folders of artifacts",
      "notebook/a.py: is in none of the folders of artifacts, did you mean notebooks?",
      "jobs/c.yaml: is no JSON file",
    ],
  },
  {
    title: "a view without a query, a place that is no address, a Git folder of neither branch nor tag",
    files: {
      "tables/a.json": { schema: "a", tables: [{ name: "v", table_type: "VIEW" }] },
      "external-locations/a.json": { ...make.location("a"), url: "dbfs:/mnt/a" },
      "git-folders/a.json": { ...make.gitFolder("a"), branch: undefined },
    },
    faults: [
      'git-folders/a.json:1:1: the file is {"url":"https://github.com/acme/a","git_provider":"gitHub","path":"/Repos/acme/a…',
      'tables/a.json:4:5: tables.0 is {"name":"v","table_type":"VIEW"}',
      'external-locations/a.json:3:3: url is "dbfs:/mnt/a"',
    ],
  },
];

describe("the artifacts of a workspace", () => {
  for (const { title, files, faults } of faulty) {
    it(`fail for ${title}`, () => assert.deepEqual(faultsOf(files), faults));
  }

  it("are every kind of file, in the form that Databricks takes", () => {
    const set = parsed(oneOfEach);
    assert.deepEqual(
      Object.entries(set).map(([kind, all]) => [kind, all.length]),
      [
        ["initScripts", 1],
        ["clusters", 1],
        ["notebooks", 1],
        ["jobs", 1],
        ["gitFolders", 1],
        ["tables", 1],
        ["externalLocations", 1],
      ],
    );
    const [notebook] = set.notebooks;
    assert.deepEqual([notebook?.path, notebook?.language, notebook?.format], ["etl/load", "PYTHON", "SOURCE"]);
    assert.match(Buffer.from(notebook!.contentBase64, "base64").toString(), /print\(1\)/);
  });

  it("say the environment where a file asks for it", () => {
    const tables = make.table("features", "trips");
    const [file] = parsed({ "tables/a.json": { ...tables, comment: "of ${environment} in ${organization}" } }).tables;
    assert.equal(file?.comment, "of dev in acme");
  });

  it("drop what Databricks shows and nobody sets", () => {
    const shown = { ...make.cluster("a"), cluster_id: "1121-1", state: "RUNNING", default_tags: { Vendor: "x" } };
    assert.deepEqual(
      parsed({ "clusters/a.json": shown }).clusters,
      parsed({ "clusters/a.json": make.cluster("a") }).clusters,
    );
  });

  it("are refused with all faults at once, in an error that Pulumi prints without a stack trace", () => {
    assert.throws(
      () => parsed({ "notebooks/a.rb": "", "clusters/a.json": "{" }),
      (error: Error) => {
        assert.ok(RunError.isInstance(error));
        assert.match(
          error.message,
          /^the artifacts in artifacts have 2 faults:\n {2}clusters\/a\.json:1:\d+: .*\n {2}notebooks\/a\.rb: /,
        );
        return true;
      },
    );
  });

  it("never show a secret of a file that is at fault, and keep those of others secret", async () => {
    const image = (password: unknown) => ({ url: "acme.azurecr.io/ml:1", basic_auth: { username: "ci", password } });
    const file = (docker_image: unknown) => ({ "clusters/a.json": { ...make.cluster("a"), docker_image } });
    for (const faulty of [file(image(["canary-1"])), file([image("canary-2")]), file({ ...image("canary-3"), x: 1 })]) {
      const faults = faultsOf(faulty);
      assert.equal(faults.length, 1);
      assert.equal(faults.join().includes("canary"), false, faults.join());
    }
    const place = { kind: "workspace", folder: "/scripts", pathOf: (path: string) => path } as const;
    const [cluster] = parsed(file(image("canary-4"))).clusters;
    const args = clusterArgs(cluster!, place) as { dockerImage: { basicAuth: { password: unknown } } };
    assert.equal(await isSecret(args.dockerImage.basicAuth.password as Output<string>), true);
  });

  it("never let a random text through as a cluster, and never throw anything but faults", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        assert.ok(faultsOf({ "clusters/a.json": text }).length > 0);
      }),
    );
  });

  it("are this repository's own ones, without a fault", () => {
    const set = readArtifacts(root, "artifacts/databricks", variables);
    for (const [kind, all] of Object.entries(set)) assert.ok(all.length > 0, kind);
    assert.deepEqual([...new Set(set.notebooks.map(({ language = "JUPYTER" }) => language))].sort(), [
      "JUPYTER",
      "PYTHON",
      "R",
      "SCALA",
      "SQL",
    ]);
  });

  it("fail where there is no such folder, and are empty where it is", () => {
    assert.throws(
      () => readArtifacts(root, "artifacts/none", variables),
      /artifacts\/none: there is no such folder; allowed: a folder with artifacts/,
    );
    const empty = mkdtempSync(join(tmpdir(), "artifacts-"));
    try {
      const set = readArtifacts(empty, ".", variables);
      assert.equal(Object.values(set).flat().length, 0);
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});
