import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { AzureCiApplication, type AzureCiApplicationArgs, newestSecret } from "../../../components";
import { azureProviders } from "../../support/component-fixtures";
import { recordResources, summaries, valueOf } from "../../support/record-resources";

const base: AzureCiApplicationArgs = {
  organization: "acme",
  environment: "dev",
  subscriptionId: "22222222-2222-4222-8222-222222222222",
  roles: ["Contributor"],
};

const record = (args: Partial<AzureCiApplicationArgs> = {}) =>
  recordResources(() => new AzureCiApplication("ci", { ...base, ...args }, azureProviders()));

describe("AzureCiApplication", () => {
  it("makes an application with two secrets, for as long as Entra has it", async () => {
    const { registrations } = await record();
    const { "ci-Contributor": assignment, ...rest } = summaries(registrations);
    assert.equal(assignment?.inputs.principalId, "ci-principal-object-id");
    const secret = (slot: string) => ({
      type: "azuread:index/applicationPassword:ApplicationPassword",
      inputs: { applicationId: "ci-application-id", displayName: `trunkline ${slot}` },
    });
    assert.deepEqual(rest, {
      "ci-application": {
        type: "azuread:index/application:Application",
        inputs: { displayName: "acme-dev-ci", signInAudience: "AzureADMyOrg", preventDuplicateNames: true },
      },
      "ci-principal": {
        type: "azuread:index/servicePrincipal:ServicePrincipal",
        inputs: { clientId: "ci-application-client-id" },
      },
      "ci-secret-a": secret("a"),
      "ci-secret-b": secret("b"),
    });
  });

  it("limits the validity of both secrets when told so", async () => {
    const { registrations } = await record({ secretLifetimeDays: 90 });
    const all = summaries(registrations);
    assert.deepEqual(
      ["a", "b"].map((slot) => all[`ci-secret-${slot}`]?.inputs.endDateRelative),
      ["2160h", "2160h"],
    );
  });

  it("publishes the newest secret, as a secret", async () => {
    const { result } = await record();
    assert.equal(await valueOf(result.clientSecret), "ci-secret-b-value");
    assert.equal(await pulumi.isSecret(result.clientSecret), true);
  });
});

describe("the newest secret", () => {
  it("is one of the latest, whatever their order, and the first of those of the same age", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }), async (ages) => {
        const slots = ages.map((age, i) => ({ value: String(i), madeAt: new Date(age * 86_400_000).toISOString() }));
        const chosen = Number(await valueOf(newestSecret(slots)));
        assert.equal(chosen, ages.indexOf(Math.max(...ages)));
      }),
    ));
});
