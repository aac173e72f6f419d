import assert from "node:assert/strict";
import type { OnlineEndpointArgs } from "../../../components";
import { lookups } from "../../support/component-fixtures";
import { onlineEndpoint, release } from "../../support/endpoint-fixtures";
import { recordResources, summaries } from "../../support/record-resources";

const ml = (name: string) => `azure-native:machinelearningservices:${name}`;
const role = (id: string) =>
  `/subscriptions/22222222-2222-4222-8222-222222222222/providers/Microsoft.Authorization/roleDefinitions/${id}`;
const inWorkspace = { resourceGroupName: "rg", workspaceName: "ml", location: "westeurope", tags: { team: "ml" } };

const recorded = async (args: Partial<OnlineEndpointArgs> = {}) => {
  const { registrations } = await recordResources(() => onlineEndpoint(args), { lookups });
  return { all: summaries(registrations), registrations };
};

const slot = (name: string, version: string, environmentId: string) => ({
  type: ml("OnlineDeployment"),
  inputs: {
    ...inWorkspace,
    deploymentName: name,
    endpointName: "acme-dev-fares",
    sku: { name: "Default", capacity: 2 },
    properties: {
      endpointComputeType: "Managed",
      model: `/workspaces/ml/models/fares/versions/${version}`,
      environmentId,
      instanceType: "Standard_DS3_v2",
      scaleSettings: { scaleType: "Default" },
      requestSettings: { requestTimeout: "PT5S" },
      appInsightsEnabled: true,
    },
  },
});

describe("OnlineEndpoint", () => {
  it("declares endpoint, slots, identity and roles, and nothing else", async () => {
    const { all } = await recorded();
    const { "endpoint-reads-models": reads, "endpoint-pulls-images": pulls, ...rest } = all;
    assert.deepEqual(rest, {
      "endpoint-identity": {
        type: "azure-native:managedidentity:UserAssignedIdentity",
        inputs: {
          resourceName: "acme-dev-endpoint",
          resourceGroupName: "rg",
          location: "westeurope",
          tags: { team: "ml" },
        },
      },
      "endpoint-endpoint": {
        type: ml("OnlineEndpoint"),
        inputs: {
          ...inWorkspace,
          endpointName: "acme-dev-fares",
          identity: { type: "UserAssigned", userAssignedIdentities: ["endpoint-identity-id"] },
          properties: { authMode: "AADToken", publicNetworkAccess: "Enabled", traffic: { blue: 90, green: 10 } },
        },
      },
      // What is live keeps the environment that it was made with; a new slot has the program's.
      "endpoint-blue": slot("blue", "1", "/environments/old"),
      "endpoint-green": slot("green", "2", "/environments/new"),
    });
    for (const [held, id, scope] of [
      [reads, "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "/storage/models"],
      [pulls, "7f951dda-4ed3-4680-a7ca-43fe172d538d", "/registries/ml"],
    ] as const) {
      const { roleAssignmentName, ...inputs } = held!.inputs;
      assert.match(String(roleAssignmentName), /^[0-9a-f-]{36}$/);
      assert.deepEqual(inputs, {
        principalId: "endpoint-identity-principal-id",
        principalType: "ServicePrincipal",
        roleDefinitionId: role(id),
        scope,
      });
    }
  });

  it("says nothing about traffic where no slot is there, and has no mirror", async () => {
    const { all } = await recorded({ release: { slots: {}, traffic: {}, mirror: {} } });
    assert.deepEqual(all["endpoint-endpoint"]!.inputs.properties, {
      authMode: "AADToken",
      publicNetworkAccess: "Enabled",
    });
    assert.deepEqual([all["endpoint-blue"], all["endpoint-green"]], [undefined, undefined]);
  });

  it("mirrors, hides the endpoint, takes keys and more time, as it is told", async () => {
    const { all } = await recorded({
      ...{ authMode: "Key", publicNetworkAccess: false, requestTimeoutMs: 1500, endpointName: "theirs" },
      release: { ...release, traffic: { blue: 100 }, mirror: { green: 20 } },
      scoring: { codeId: "azureml://codes/score/versions/1" },
    });
    const { endpointName, properties } = all["endpoint-endpoint"]!.inputs;
    assert.deepEqual(
      [endpointName, properties],
      [
        "theirs",
        {
          authMode: "Key",
          publicNetworkAccess: "Disabled",
          traffic: { blue: 100 },
          mirrorTraffic: { green: 20 },
        },
      ],
    );
    const green = all["endpoint-green"]!.inputs.properties as Record<string, unknown>;
    assert.deepEqual(
      [green.environmentId, green.codeConfiguration, green.requestSettings],
      [
        undefined,
        { codeId: "azureml://codes/score/versions/1", scoringScript: "score.py" },
        { requestTimeout: "PT1.5S" },
      ],
    );
  });

  it("lets callers score on the endpoint alone", async () => {
    const { all } = await recorded({ callers: { pipeline: "principal" } });
    const { roleAssignmentName: _, ...inputs } = all["endpoint-pipeline-scores"]!.inputs;
    assert.deepEqual(inputs, {
      principalId: "principal",
      principalType: "ServicePrincipal",
      roleDefinitionId: role("f6c7c914-8db3-469d-8ca1-694a8f32e121"),
      scope: "endpoint-endpoint-id",
    });
  });

  it("has the slots depend on the endpoint, and not the endpoint on them", async () => {
    const { registrations } = await recorded();
    const named = (name: string) => registrations.find((one) => one.name === name && one.custom)!;
    const endpoint = named("endpoint-endpoint");
    assert.ok(named("endpoint-blue").dependencies.includes(endpoint.urn));
    assert.deepEqual(
      endpoint.dependencies.filter((urn) => /OnlineDeployment/.test(urn)),
      [],
    );
    assert.equal(named("endpoint-blue").parent, named("endpoint-endpoint").parent);
  });
});
