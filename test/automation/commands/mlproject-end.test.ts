import assert from "node:assert/strict";
import { mlprojectList } from "../../../automation/commands/mlproject-list";
import { mlprojectRemove, mlprojectStop } from "../../../automation/commands/mlproject-end";
import type { MlflowDeps } from "../../../automation/commands/mlflow-platform";
import type { VerbOptions } from "../../../automation/commands/verb";
import { kubernetesJobs } from "../../../automation/ports/kubernetes-jobs";
import { ApiServerStandIn } from "../../support/api-server-stand-in";
import { mlflowDeps } from "../../support/mlflow-deps";

const JOBS = "/apis/batch/v1/namespaces/mlflow/jobs";
const LABELS = { "app.kubernetes.io/name": "mlflow-project" };

interface Stored {
  metadata: { name: string; annotations: Record<string, string>; creationTimestamp: string };
  spec: { activeDeadlineSeconds: number };
  status: { active?: number; conditions?: object[] };
}

/** Jobs and pods behind an API server, with what the cluster's controllers make of a deadline and of a deletion. */
class SmallCluster {
  readonly jobs = new Map<string, Stored>();
  readonly pods = new Map<string, object>();

  constructor(api: ApiServerStandIn) {
    api.handler = (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "", "https://a");
      const name = pathname.startsWith(`${JOBS}/`) ? pathname.slice(JOBS.length + 1) : undefined;
      if (pathname.endsWith("/events")) return api.answer(response, 200, { items: [] });
      if (pathname.endsWith("/pods")) {
        const of = searchParams.get("labelSelector")?.replace("job-name=", "") ?? "";
        return api.answer(response, 200, { items: this.pods.has(of) ? [this.pods.get(of)] : [] });
      }
      if (name === undefined) return api.answer(response, 200, { items: [...this.jobs.values()] });
      const job = this.jobs.get(name);
      if (job === undefined) return api.answer(response, 404, { reason: "NotFound", message: "not found" });
      if (request.method === "PATCH") this.patch(name, job, JSON.parse(request.body) as Stored);
      if (request.method === "DELETE") this.delete(name, JSON.parse(request.body) as { propagationPolicy: string });
      api.answer(response, 200, this.jobs.get(name) ?? {});
    };
  }

  run(name: string, createdAt: string): void {
    const metadata = { name, annotations: { "trunkline/project": "churn" }, creationTimestamp: createdAt };
    this.jobs.set(name, { metadata, spec: { activeDeadlineSeconds: 86_400 }, status: { active: 1 } });
    const containerStatuses = [{ name: "project", state: { running: {} } }];
    this.pods.set(name, { metadata: { name: `${name}-abcde` }, status: { phase: "Running", containerStatuses } });
  }

  private patch(name: string, job: Stored, change: Stored): void {
    Object.assign(job.metadata.annotations, change.metadata.annotations);
    Object.assign(job.spec, change.spec);
    if (job.spec.activeDeadlineSeconds > 1) return;
    // The controller ends the pods of a Job past its deadline, and keeps the Job.
    this.pods.delete(name);
    job.status = { conditions: [{ type: "Failed", status: "True", reason: "DeadlineExceeded" }] };
  }

  private delete(name: string, { propagationPolicy }: { propagationPolicy: string }): void {
    this.jobs.delete(name);
    if (propagationPolicy !== "Orphan") this.pods.delete(name);
  }
}

describe("the end of a run in a cluster", function () {
  this.timeout(60_000);
  let api: ApiServerStandIn;
  let cluster: SmallCluster;
  let deps: MlflowDeps;
  let options: VerbOptions;
  const of = (run: string) => ({ ...options, run });

  beforeEach(async () => {
    api = await ApiServerStandIn.start();
    cluster = new SmallCluster(api);
    cluster.run("second", "2026-01-02T00:00:00Z");
    cluster.run("first", "2026-01-01T00:00:00Z");
    const jobs = kubernetesJobs({ client: api.client(), namespace: "mlflow", labels: LABELS });
    deps = mlflowDeps(api.root, jobs);
    options = { cwd: api.root, env: "dev", target: "cloud" };
  });
  afterEach(() => api.stop());

  const states = async () => (await mlprojectList(deps, options)).runs.map(({ name, state }) => [name, state]);
  const changes = () => api.asked.map((line) => line.split(" ")[0]).filter((method) => method !== "GET");

  it("is asked for once: its pod ends, and the run stays on record beside the others", async () => {
    assert.deepEqual(await mlprojectStop(deps, of("first")), { kind: "stopped", environment: "dev", name: "first" });
    assert.deepEqual([...cluster.pods.keys()], ["second"]);
    assert.deepEqual(await states(), [["first", "stopped"], ["second", "running"]]); // prettier-ignore
    assert.equal((await mlprojectStop(deps, of("first"))).kind, "ended already");
    assert.deepEqual(changes(), ["PATCH"]);
  });

  it("is followed by its removal, with the pod, which one that runs is refused", async () => {
    await assert.rejects(mlprojectRemove(deps, of("first")), { code: "refused", message: "run first has not ended" });
    assert.deepEqual(changes(), []);
    await mlprojectStop(deps, of("first"));
    assert.equal((await mlprojectRemove(deps, of("first"))).kind, "removed");
    assert.deepEqual(await states(), [["second", "running"]]);
    await assert.rejects(mlprojectStop(deps, of("first")), { code: "usage", message: "no run is called first" });
  });

  it("fails in the cluster's words for a caller who may not change Jobs", async () => {
    const { handler } = api;
    api.handler = (request, response) =>
      request.method === "PATCH"
        ? api.answer(response, 403, { reason: "Forbidden", message: "cannot patch resource jobs" })
        : handler(request, response);
    await assert.rejects(mlprojectStop(deps, of("first")), { code: "refused", message: /cannot patch resource jobs$/ });
    assert.deepEqual(await states(), [["first", "running"], ["second", "running"]]); // prettier-ignore
  });
});
