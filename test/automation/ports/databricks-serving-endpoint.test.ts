import assert from "node:assert/strict";
import { databricksServingEndpoint } from "../../../automation/ports/databricks-serving-endpoint";
import { HttpStandIn } from "../../support/http-stand-in";

const MODEL = "ml_dev.default.fares";
const API = "/api/2.0/serving-endpoints/fares";
const VERSIONS = `/api/2.1/unity-catalog/models/${MODEL}/versions`;
const at = (seconds: number) => new Date(Date.parse("2026-11-28T12:00:00Z") + seconds * 1000);
const entity = (name: string, version: number, deployment?: string) => ({
  ...{ name, entity_name: MODEL, entity_version: String(version) },
  ...(deployment !== undefined && { state: { deployment } }),
});

/** What the endpoint exports: the requests of the last minute by served entity. */
const metricsOf = (slots: Readonly<Record<string, readonly [requests: number, errors: number]>>) =>
  Buffer.from(
    Object.entries(slots)
      .flatMap(([slot, [requests, errors]]) => [
        `request_count_total{endpoint_name="fares",served_entity_name="${slot}"} ${requests}`,
        `request_5xx_count_total{endpoint_name="fares",served_entity_name="${slot}"} ${errors}`,
        `request_latency_ms_bucket{endpoint_name="fares",served_entity_name="${slot}",le="50"} ${requests / 2}`,
        `request_latency_ms_bucket{endpoint_name="fares",served_entity_name="${slot}",le="100"} ${requests}`,
        `request_latency_ms_bucket{endpoint_name="fares",served_entity_name="${slot}",le="+Inf"} ${requests}`,
      ])
      .join("\n"),
  );

describe("a serving endpoint of Databricks", () => {
  let databricks: HttpStandIn;
  let answers: Record<string, unknown>;
  beforeEach(async () => {
    answers = {};
    databricks = await HttpStandIn.start((line, { headers, query }) => {
      if (headers.authorization !== "Bearer the token") return [401, { message: "no" }];
      const answer = answers[query["page_token"] ? `${line}?${query["page_token"]}` : line];
      return answer === undefined ? [404, { error_code: "RESOURCE_DOES_NOT_EXIST", message: line }] : [200, answer];
    });
  });
  afterEach(() => databricks.stop());
  const port = () =>
    databricksServingEndpoint(
      {
        ...{ platform: "databricks", endpointName: "fares", model: MODEL },
        ...{ instanceType: "Small", instanceCount: 1, host: `${databricks.url}/` },
      },
      { token: async () => "the token", pause: async () => {} },
    );

  it("is told with its slots, their models and states, and its traffic; nothing is mirrored", async () => {
    answers[`GET ${API}`] = {
      config: {
        served_entities: [entity("blue", 1, "DEPLOYMENT_READY"), entity("other", 1, "DEPLOYMENT_READY")],
        traffic_config: {
          routes: [
            { served_model_name: "blue", traffic_percentage: 90 },
            { served_entity_name: "other", traffic_percentage: 10 },
          ],
        },
      },
      pending_config: { served_entities: [entity("green", 2, "DEPLOYMENT_CREATING")] },
    };
    assert.deepEqual(await port().live(), {
      slots: { blue: { model: `${MODEL}:1`, state: "healthy" }, green: { model: `${MODEL}:2`, state: "changing" } },
      traffic: { blue: 90 },
      mirror: {},
    });
  });

  it("is not there where Databricks has none", async () => assert.equal(await port().live(), undefined));

  it("has failed slots where Databricks says failed or aborted", async () => {
    const served_entities = [entity("blue", 1, "DEPLOYMENT_FAILED"), entity("green", 2, "DEPLOYMENT_ABORTED")];
    answers[`GET ${API}`] = { config: { served_entities } };
    const { slots = {} } = (await port().live()) ?? {};
    assert.deepEqual([slots.blue?.state, slots.green?.state], ["failed", "failed"]);
  });

  it("fails where Databricks does not tell the state of a slot", async () => {
    answers[`GET ${API}`] = { config: { served_entities: [entity("blue", 1)] } };
    await assert.rejects(port().live(), /does not tell the state of a served entity/);
  });

  it("has the versions of a model of all pages, with the time of their registration", async () => {
    answers[`GET ${VERSIONS}`] = {
      model_versions: [{ version: 1, created_at: 1767225600000 }],
      next_page_token: "two",
    };
    answers[`GET ${VERSIONS}?two`] = { model_versions: [{ version: 2 }] };
    assert.deepEqual(await port().models(MODEL), [
      { name: MODEL, version: "1", createdAt: "2026-01-01T00:00:00.000Z" },
      { name: MODEL, version: "2" },
    ]);
    assert.deepEqual(await port().models("ml_dev.default.other"), []);
  });

  it("is asked by slot at the address of the served model, whatever its traffic", async () => {
    answers["POST /serving-endpoints/fares/served-models/green/invocations"] = { predictions: [14.5] };
    const { status, body } = await port().invoke("green", '{"dataframe_records":[]}');
    assert.deepEqual([status, JSON.parse(body)], [200, { predictions: [14.5] }]);
    assert.deepEqual(databricks.requests.at(-1)?.body, { dataframe_records: [] });
  });

  it("adds up the minutes that it tells, and counts none of them twice", async () => {
    const endpoint = port();
    const look = (seconds: number, blue: readonly [number, number]) => {
      answers[`GET ${API}/metrics`] = metricsOf({ blue });
      return endpoint.metrics(at(0), at(seconds));
    };
    assert.deepEqual((await look(30, [50, 0])).blue, { requests: 50, errors: 0, p50Ms: 50, p95Ms: 100 });
    // The same minute, half a minute on.
    assert.deepEqual((await look(60, [100, 1])).blue?.requests, 100);
    assert.deepEqual((await look(90, [100, 2])).blue?.requests, 150);
    const { blue, green } = await look(120, [100, 3]);
    assert.deepEqual([blue?.requests, blue?.errors, green?.requests], [200, 4, 0]);
    const later = await endpoint.metrics(at(100), at(121));
    assert.equal(later.blue?.requests, 100);
  });

  it("has the last lines that a slot logged", async () => {
    answers[`GET ${API}/served-models/blue/logs`] = { logs: "one\ntwo\nthree" };
    assert.equal(await port().logs("blue", 2), "two\nthree");
  });

  it("has no quota that could be asked for", async () => assert.equal(await port().quota("Small"), undefined));

  it("fails with what Databricks says", async () => {
    databricks.faults.push({ request: /^GET/, status: 403, message: "User does not have permission 'View'" });
    await assert.rejects(port().live(), /Databricks answers 403 .*does not have permission 'View'/);
  });
});
