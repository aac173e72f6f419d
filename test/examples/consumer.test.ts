import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { preview } from "../../automation/commands/preview";
import { rehearse } from "../../automation/commands/rehearse";
import { brokenContracts, type OutputConsumer } from "../../automation/outputs/output-readers";
import { CliProject } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";
import { verbDeps } from "../support/verb-deps";

const root = resolve(__dirname, "../..");

describe("the example of a consumer, rehearsed with its environment", function () {
  this.timeout(600_000);
  let workspace: CliProject;
  let repository: GitRepository;
  const options = (directory = ".") => ({ cwd: workspace.path(directory), env: "dev", target: "rehearsal" }) as const;

  before(async () => {
    workspace = CliProject.ofRepository();
    cpSync(join(root, "examples/consumer"), workspace.path("examples/consumer"), { recursive: true });
    workspace.write("examples/consumer/Pulumi.dev.yaml", "config: {}\n");
    workspace.write(".gitignore", "node_modules\n.trunkline\n*.bundle\n");
    repository = new GitRepository(workspace.root, "feature/one");
    repository.commit();
    const upstream = await rehearse(verbDeps(), options());
    assert.equal(upstream.kind, "rehearsed");
  });
  after(() => workspace.remove());

  /** What the rehearsed job hands its notebook. */
  function parameters(): Record<string, string> {
    const [job] = workspace.resources("scoring", "dev").filter(({ type }) => type === "databricks:index/job:Job");
    const { tasks } = job?.outputs as { tasks: { notebookTask: { baseParameters: Record<string, string> } }[] };
    return tasks[0]?.notebookTask.baseParameters ?? {};
  }

  it("gets what it builds on from the outputs of the environment", async () => {
    const result = await rehearse(verbDeps(), options("examples/consumer"));
    assert.ok(result.kind === "rehearsed", JSON.stringify(result));
    const { workspaceHost, jobId } = result.outputs;
    assert.match(String(workspaceHost?.value), /^https:\/\/adb-\d+\.\d+\.azuredatabricks\.net$/);
    const [job] = workspace.resources("scoring", "dev").filter(({ type }) => type === "databricks:index/job:Job");
    assert.equal(job?.id, jobId?.value);
    const { name, tasks } = job?.outputs as { name: string; tasks: { existingClusterId: string }[] };
    const clusters = workspace.resources("trunkline", "dev").filter(({ type }) => type.endsWith(":Cluster"));
    assert.equal(name, "score-fares-dev");
    const [notebook] = workspace.resources("scoring", "dev").filter(({ type }) => type.endsWith(":Notebook"));
    assert.equal((notebook?.outputs as { path: string }).path, "/Shared/scoring-dev/score_fares");
    assert.deepEqual(parameters(), {
      ...{ endpoint: "mlopspltf-dev-taxi-fares", scoring_uri: result.outputs["scoringUri"]?.value },
      ...{ scope: "key-vault", tenant_id: "databricks-dev-ops-tenant-id" },
      ...{ client_id: "databricks-dev-ops-client-id", client_secret: "databricks-dev-ops-client-secret" },
      ...{ source: "ml_dev.features.trips", target: "ml_dev.features.scored_trips" },
      login: "https://login.microsoftonline.com",
    });
    assert.ok(clusters.some(({ id }) => id === tasks[0]?.existingClusterId));
  });

  it("scores by the endpoint with what the environment hands it: logs in, asks in batches, keeps the token to itself", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => (body += String(part)));
      request.on("end", () => {
        const login = request.url?.endsWith("/oauth2/v2.0/token") === true;
        asked.push(`${request.url} ${login ? body : request.headers.authorization}`);
        const trips = login ? [] : (JSON.parse(body) as { data: { distance_km: number }[] }).data;
        const answer = login ? { access_token: "t0ken" } : { fares: trips.map((trip) => trip.distance_km * 2) };
        // The first request to the endpoint meets one that is being moved.
        response.writeHead(asked.length === 2 ? 503 : 200).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    try {
      const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const told = parameters();
      const path = new URL(told["scoring_uri"] ?? "").pathname;
      const trips = Array.from({ length: 501 }, (_, place) => ({
        trip_id: place,
        distance_km: place,
        duration_min: 1,
      }));
      const { code, stdout, stderr } = await runNotebook(workspace.path("examples/consumer/score_fares.py"), {
        widgets: { ...told, scoring_uri: `${here}${path}`, login: here },
        secrets: Object.fromEntries(
          ["tenant-id", "client-id", "client-secret"].map((name) => [`databricks-dev-ops-${name}`, name]),
        ),
        trips,
      });
      assert.equal(code, 0, stdout + stderr);
      const form = "grant_type=client_credentials&client_id=client-id&client_secret=client-secret";
      assert.deepEqual(asked, [
        `/tenant-id/oauth2/v2.0/token ${form}&scope=https%3A%2F%2Fml.azure.com%2F.default`,
        ...Array<string>(3).fill("/score Bearer t0ken"),
      ]);
      const saved = JSON.parse(stdout.split("\n")[0] ?? "") as { table: string; rows: [number, number][] };
      assert.equal(saved.table, "ml_dev.features.scored_trips");
      assert.deepEqual(
        saved.rows,
        trips.map(({ trip_id, distance_km }) => [trip_id, distance_km * 2]),
      );
      assert.ok(!(stdout + stderr).includes("t0ken"));
    } finally {
      server.close();
    }
  });

  it("is named by a preview of the environment that takes away what it reads", async () => {
    const settings = workspace.read("Pulumi.dev.yaml");
    const without = settings.replace(/^ {4}artifacts:\n(?: {6,}.*\n)*/m, "");
    assert.notEqual(without, settings);
    repository.commit({ "Pulumi.dev.yaml": without }, "drop artifacts");
    const result = await preview(verbDeps(), { ...options(), bundle: workspace.path("dev.bundle") });
    assert.ok(result.kind === "bundled", JSON.stringify(result));
    const broken = result.bundle.brokenOutputs?.map(({ path, change, consumers }) => [
      path.join("."),
      change,
      consumers,
    ]);
    assert.deepEqual(broken, [["databricks.artifacts", "removed", ["scoring"]]]);
    // An endpoint is protected: a preview that takes it away fails before. Its outputs may still change their form.
    const text = workspace.read("examples/consumer/index.ts");
    const lost = {
      path: ["azure", "endpoint", "scoringUri"],
      change: "removed",
      from: "string",
      to: "absent",
    } as const;
    const reader = {
      project: "scoring",
      program: { kind: "graph", files: new Map(), text },
    } as unknown as OutputConsumer;
    assert.deepEqual(brokenContracts([lost], [reader]), [{ ...lost, consumers: ["scoring"] }]);
  });

  it("fails with both stacks and versions while the environment lacks what it reads", async () => {
    const lacking = await rehearse(verbDeps(), options());
    assert.equal(lacking.kind, "rehearsed");
    const result = await rehearse(verbDeps(), options("examples/consumer"));
    assert.ok(result.kind === "failed");
    const told = result.report.tree.messages.map(({ text }) => text).join("\n");
    assert.match(
      told,
      /the output databricks\.artifacts is missing in stack organization\/trunkline\/dev, whose contract version is 1; scoring\/dev reads it by contract version 1/,
    );
  });
});

/** Runs a notebook as Databricks does, with widgets, secrets and a table of its own; what it saves is printed. */
const HARNESS = `
import json, runpy, sys, time
time.sleep = lambda seconds: None
given = json.loads(sys.stdin.read())
class Row(dict):
    def asDict(self): return dict(self)
class Frame:
    def __init__(self, rows): self.rows = rows
    def select(self, *names): return Frame([Row({name: row[name] for name in names}) for row in self.rows])
    def collect(self): return self.rows
    @property
    def write(self): return self
    def mode(self, mode):
        assert mode == "overwrite"
        return self
    def saveAsTable(self, table): print(json.dumps({"table": table, "rows": self.rows}))
class Spark:
    def table(self, name):
        assert name == given["widgets"]["source"]
        return Frame(given["trips"])
    def createDataFrame(self, rows, schema): return Frame(rows)
class Widgets:
    def get(self, name): return given["widgets"][name]
class Secrets:
    def get(self, scope, key):
        assert scope == given["widgets"]["scope"]
        return given["secrets"][key]
class Utils:
    widgets, secrets = Widgets(), Secrets()
runpy.run_path(sys.argv[1], init_globals={"dbutils": Utils(), "spark": Spark()})
`;

function runNotebook(file: string, given: object): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn("python3", ["-c", HARNESS, file], { stdio: ["pipe", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (part) => (stdout += String(part)));
  child.stderr.on("data", (part) => (stderr += String(part)));
  child.stdin.end(JSON.stringify(given));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
}
