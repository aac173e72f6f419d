import assert from "node:assert/strict";
import { azureOnlineEndpoint } from "../../../automation/ports/azure-online-endpoint";
import { HttpStandIn, type ReceivedRequest } from "../../support/http-stand-in";

const REFERENCE = {
  platform: "azure",
  endpointName: "fares",
  model: "taxi-fares",
  instanceType: "Standard_DS3_v2",
  instanceCount: 2,
  subscriptionId: "3a5f8c1e-7d24-4b69-9e03-1c8d5a7b2f46",
  resourceGroupName: "ml",
  workspaceName: "ws",
  location: "westeurope",
  authMode: "AADToken",
} as const;
const PROVIDER = `/subscriptions/${REFERENCE.subscriptionId}/providers/Microsoft.MachineLearningServices`;
const WORKSPACE = `/subscriptions/${REFERENCE.subscriptionId}/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/ws`;
const ENDPOINT = `${WORKSPACE}/onlineEndpoints/fares`;
const model = (version: number) => `${WORKSPACE}/models/taxi-fares/versions/${version}`;
const series = (dimensions: Record<string, string>, ...averages: (number | undefined)[]) => ({
  metadatavalues: Object.entries(dimensions).map(([name, value]) => ({ name: { value: name }, value })),
  data: averages.map((average) => ({ timeStamp: "2026-11-28T12:00:00Z", ...(average !== undefined && { average }) })),
});

describe("an online endpoint of Azure", () => {
  let azure: HttpStandIn;
  let answers: Record<string, unknown>;
  const secrets: string[] = [];
  const asked: string[] = [];
  beforeEach(async () => {
    answers = {};
    azure = await HttpStandIn.start((line: string, request: ReceivedRequest) => {
      const scoring = line === "POST /score";
      const expected = scoring
        ? "Bearer token for https://ml.azure.com"
        : "Bearer token for https://management.azure.com";
      if (request.headers.authorization !== expected && request.headers.authorization !== "Bearer the key") {
        return [401, { error: { code: "Unauthorized", message: `got ${request.headers.authorization}` } }];
      }
      const arm = line.includes("/Microsoft.MachineLearningServices/") && !line.includes("Microsoft.Insights");
      if (arm && request.query["api-version"] !== "2025-12-01")
        return [400, { error: { message: "wrong api-version" } }];
      const answer = answers[line];
      return answer === undefined ? [404, { error: { code: "ResourceNotFound", message: line } }] : [200, answer];
    });
  });
  afterEach(() => azure.stop());
  const port = (authMode: "AADToken" | "Key" | "AMLToken" = "AADToken") =>
    azureOnlineEndpoint(
      { ...REFERENCE, authMode },
      {
        token: async (resource) => (asked.push(resource), `token for ${resource}`),
        addSecrets: (found) => void secrets.push(...found),
        manager: azure.url,
        pause: async () => {},
      },
    );

  it("is told with its slots, their models and states, and its traffic", async () => {
    answers[`GET ${ENDPOINT}`] = {
      properties: { scoringUri: "x", traffic: { blue: 90, green: 10 }, mirrorTraffic: {} },
    };
    answers[`GET ${ENDPOINT}/deployments`] = {
      value: [
        { name: "blue", properties: { model: model(3), provisioningState: "Succeeded" } },
        { name: "green", properties: { model: "azureml:taxi-fares:4", provisioningState: "Updating" } },
        { name: "other", properties: { model: model(1), provisioningState: "Succeeded" } },
      ],
    };
    assert.deepEqual(await port().live(), {
      slots: {
        blue: { model: "taxi-fares:3", state: "healthy" },
        green: { model: "taxi-fares:4", state: "changing" },
      },
      traffic: { blue: 90, green: 10 },
      mirror: {},
    });
  });

  it("is not there where Azure has none", async () => assert.equal(await port().live(), undefined));

  it("has failed slots where Azure says failed or cancelled", async () => {
    answers[`GET ${ENDPOINT}`] = { properties: {} };
    answers[`GET ${ENDPOINT}/deployments`] = {
      value: [
        { name: "blue", properties: { model: model(3), provisioningState: "Failed" } },
        { name: "green", properties: { model: model(4), provisioningState: "Canceled" } },
      ],
    };
    const { slots = {} } = (await port().live()) ?? {};
    assert.deepEqual([slots.blue?.state, slots.green?.state], ["failed", "failed"]);
  });

  it("has the models of all pages, and follows no page to another address", async () => {
    const path = `${WORKSPACE}/models/taxi-fares/versions`;
    const second = `${path}/page2`;
    answers[`GET ${path}`] = {
      value: [{ name: "1", systemData: { createdAt: "2026-01-01T00:00:00Z" } }],
      nextLink: `${azure.url}${second}?api-version=2025-12-01`,
    };
    answers[`GET ${second}`] = { value: [{ name: "2" }], nextLink: "https://elsewhere.example/page3" };
    assert.deepEqual(await port().models("taxi-fares"), [
      { name: "taxi-fares", version: "1", createdAt: "2026-01-01T00:00:00Z" },
      { name: "taxi-fares", version: "2" },
    ]);
  });

  it("is asked at its scoring address, by the header of the slot, with a token for scoring", async () => {
    answers[`GET ${ENDPOINT}`] = { properties: { scoringUri: `${azure.url}/score` } };
    answers["POST /score"] = { fares: [14.5] };
    const { status, body } = await port().invoke("green", '{"data":[]}');
    assert.deepEqual([status, JSON.parse(body)], [200, { fares: [14.5] }]);
    const request = azure.requests.at(-1) ?? assert.fail();
    assert.equal(request.headers["azureml-model-deployment"], "green");
    assert.deepEqual(request.body, { data: [] });
  });

  it("is asked with its key where callers have keys, which is never printed", async () => {
    answers[`GET ${ENDPOINT}`] = { properties: { scoringUri: `${azure.url}/score` } };
    answers[`POST ${ENDPOINT}/listKeys`] = { primaryKey: "the key", secondaryKey: "another" };
    answers["POST /score"] = {};
    assert.equal((await port("Key").invoke("blue", "{}")).status, 200);
    assert.ok(secrets.includes("the key"));
  });

  it("answers an error of the model as an answer", async () => {
    answers[`GET ${ENDPOINT}`] = { properties: { scoringUri: `${azure.url}/score` } };
    assert.equal((await port().invoke("blue", "{}")).status, 404);
  });

  it("has metrics of whole minutes by slot: requests, failures, the worst minute's percentiles", async () => {
    answers[`GET ${ENDPOINT}/providers/Microsoft.Insights/metrics`] = {
      value: [
        {
          name: { value: "RequestsPerMinute" },
          timeseries: [
            series({ deployment: "blue", statusCodeClass: "2xx" }, 60, undefined, 30),
            series({ deployment: "blue", statusCodeClass: "5xx" }, 3),
            series({ deployment: "green", statusCodeClass: "2xx" }, 10),
          ],
        },
        { name: { value: "RequestLatency_P50" }, timeseries: [series({ deployment: "blue" }, 20, 30)] },
        { name: { value: "RequestLatency_P95" }, timeseries: [series({ deployment: "blue" }, 80, 70)] },
      ],
    };
    const from = new Date("2026-11-28T12:00:30Z");
    const metrics = await port().metrics(from, new Date("2026-11-28T12:05:30Z"));
    assert.deepEqual(metrics, {
      blue: { requests: 93, errors: 3, p50Ms: 30, p95Ms: 80 },
      green: { requests: 10, errors: 0 },
    });
    for (const { query } of azure.requests) {
      assert.equal(query["api-version"], "2024-02-01");
      assert.equal(query["timespan"], "2026-11-28T12:00:00.000Z/2026-11-28T12:06:00.000Z");
      assert.match(query["$filter"] ?? "", /^deployment eq '\*'/);
    }
    assert.deepEqual(azure.requests.map(({ query }) => query["metricnames"]).sort(), [
      "RequestLatency_P50,RequestLatency_P95",
      "RequestsPerMinute",
    ]);
  });

  it("has the log of a deployment", async () => {
    answers[`POST ${ENDPOINT}/deployments/blue/getLogs`] = { content: "ImportError" };
    assert.equal(await port().logs("blue", 30), "ImportError");
    assert.deepEqual(azure.requests[0]?.body, { containerType: "InferenceServer", tail: 30 });
  });

  it("has the quota of the machine's family, and none for a machine that is not listed", async () => {
    answers[`GET ${PROVIDER}/locations/westeurope/vmSizes`] = {
      value: [{ name: "Standard_DS3_v2", family: "standardDSv2Family", vCPUs: 4 }],
    };
    answers[`GET ${PROVIDER}/locations/westeurope/usages`] = {
      value: [{ name: { value: "standardDSv2Family" }, currentValue: 40, limit: 100 }],
    };
    const quota = { family: "standardDSv2Family", coresPerInstance: 4, used: 40, limit: 100 };
    assert.deepEqual(await port().quota("standard_ds3_v2"), quota);
    assert.equal(await port().quota("Standard_F64"), undefined);
  });

  it("waits out what passes, and fails with what Azure says where it does not", async () => {
    answers[`GET ${ENDPOINT}`] = { properties: {} };
    answers[`GET ${ENDPOINT}/deployments`] = { value: [] };
    azure.faults.push({ request: /GET .*fares$/, status: 429, times: 2, headers: { "retry-after": "1" } });
    assert.deepEqual(await port().live(), { slots: {}, traffic: {}, mirror: {} });
    azure.faults.push({ request: /GET .*fares$/, status: 403, message: "no right to read" });
    await assert.rejects(port().live(), /Azure answers 403 to .*: no right to read/);
  });
});
