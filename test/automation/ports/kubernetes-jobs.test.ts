import assert from "node:assert/strict";
import { kubernetesJobs } from "../../../automation/ports/kubernetes-jobs";
import { ApiServerStandIn } from "../../support/api-server-stand-in";

const JOBS = "/apis/batch/v1/namespaces/mlflow/jobs";

describe("the Jobs of a cluster, through its API server", function () {
  this.timeout(60_000);
  let api: ApiServerStandIn;
  const asked = () => api.asked;

  beforeEach(async () => {
    api = await ApiServerStandIn.start();
  });
  afterEach(() => api.stop());

  const refused = (reason: string, message: string) => ({ kind: "Status", status: "Failure", reason, message });

  const jobs = (of = api.client()) =>
    kubernetesJobs({
      ...{ client: of, namespace: "mlflow", labels: { app: "x", by: "t" } },
      pause: async () => undefined,
    });

  const job = { metadata: { name: "run-1" }, spec: {} };

  it("are listed by their labels, and are none where there is no such Job", async () => {
    api.handler = (request, response) =>
      request.url === `${JOBS}/none`
        ? api.answer(response, 404, refused("NotFound", "not found"))
        : api.answer(response, 200, { items: [job] });
    assert.deepEqual(await jobs().list(), [job]);
    assert.equal(await jobs().get("none"), undefined);
    assert.match(asked()[0]!, /\/jobs\?labelSelector=app%3Dx%2Cby%3Dt /);
  });

  it("tell the events of a Job and of its pods, oldest first", async () => {
    api.handler = (request, response) => {
      const of = new URL(request.url ?? "", "https://a").searchParams.get("fieldSelector");
      if (of === null) return api.answer(response, 200, { items: [{ metadata: { name: "pod-1" } }] });
      const time = of.endsWith("=run-1") ? "2026-01-01T00:00:02Z" : "2026-01-01T00:00:01Z";
      api.answer(response, 200, { items: [{ message: of, lastTimestamp: time }] });
    };
    assert.deepEqual(
      (await jobs().events("run-1")).map(({ message }) => message),
      ["involvedObject.name=pod-1", "involvedObject.name=run-1"],
    );
  });

  it("are stopped by their deadline, which keeps them, and removed with their pods", async () => {
    const bodies: unknown[] = [];
    api.handler = (request, response) => {
      bodies.push([request.headers["content-type"], JSON.parse(request.body)]);
      api.answer(response, 200, {});
    };
    await jobs().stop("run-1");
    await jobs().remove("run-1");
    assert.deepEqual(bodies, [
      [
        "application/merge-patch+json",
        { metadata: { annotations: { "trunkline/stopped": "true" } }, spec: { activeDeadlineSeconds: 1 } },
      ],
      ["application/json", { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background" }],
    ]);
  });

  it("have a log that goes on where the connection broke, without a line twice or lost", async () => {
    const time = (n: string) => `2026-01-01T00:00:0${n}Z`;
    let times = 0;
    let looks = 0;
    api.handler = (request, response) => {
      if (!request.url?.includes("/log?")) {
        const state = (looks += 1) === 1 ? { running: {} } : { terminated: { exitCode: 0 } };
        return api.answer(response, 200, { status: { containerStatuses: [{ state }] } });
      }
      times += 1;
      response.writeHead(200, { "Content-Type": "text/plain" });
      if (times === 3) response.end(`${time("3")} last\n${time("4")} end`);
      else if (times === 1) {
        response.write(`${time("1.49")} one\n${time("1.5")} two\n${time("1.5")} cut off he`);
        setTimeout(() => response.destroy(), 50);
      } else {
        assert.equal(new URL(request.url ?? "", "https://a").searchParams.get("sinceTime"), time("1.5"));
        response.end(
          `${time("1.49")} one\n${time("1.5")} two\n${time("1.500000001")} cut off here\r\n${time("2")}\n${time("3")} last\n`,
        );
      }
    };
    const lines: string[] = [];
    const request = {
      follow: true,
      signal: new AbortController().signal,
      onLine: (line: string) => void lines.push(line),
    };
    await jobs().log("pod-1", request);
    assert.deepEqual(lines, ["one", "two", "cut off here", "", "last", "end"]);
  });

  it("have a log that is not read any more once the signal is aborted", async () => {
    const controller = new AbortController();
    api.handler = (_, response) => {
      response.writeHead(200).write("2026-01-01T00:00:01Z one\n");
    };
    const onLine = () => controller.abort();
    await jobs().log("pod-1", { follow: true, signal: controller.signal, onLine });
  });

  it("are read again while the server is busy, and never created again", async () => {
    let times = 0;
    api.handler = (_, response) => api.answer(response, (times += 1) < 3 ? 503 : 200, job);
    assert.deepEqual(await jobs().get("run-1"), job);
    times = 0;
    await assert.rejects(jobs().create(job), { code: "fault", message: /^the cluster answers 503/ });
    assert.equal(times, 1);
  });

  for (const [status, reason, message, code, told] of [
    [
      409,
      "AlreadyExists",
      'jobs.batch "run-1" already exists',
      "refused",
      /^a run of this name exists already: jobs\.batch/,
    ],
    [403, "Forbidden", "exceeded quota: count/jobs.batch=10", "refused", /its quota is used up: exceeded quota/],
    [403, "Forbidden", "cannot create jobs", "refused", /^the cluster refuses it: cannot create jobs/],
    [401, "Unauthorized", "Unauthorized", "refused", /^the cluster refuses it: Unauthorized/],
    [422, "Invalid", "spec is wrong", "fault", /^the cluster answers 422 Invalid: spec is wrong/],
  ] as const) {
    it(`fails in the cluster's words for ${status} ${reason}: ${message}`, async () => {
      api.handler = (_, response) => api.answer(response, status, refused(reason, message));
      await assert.rejects(jobs().create(job), { code, message: told });
    });
  }
});
