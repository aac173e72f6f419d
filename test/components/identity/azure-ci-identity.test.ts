import assert from "node:assert/strict";
import { AzureCiIdentity, type AzureCiIdentityArgs, roleAssignmentName } from "../../../components";
import { azureProviders, repository } from "../../support/component-fixtures";
import { recordResources, summaries, valueOf } from "../../support/record-resources";

const subscriptionId = "22222222-2222-4222-8222-222222222222";
const roles = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
const contributor = `${roles}/b24988ac-6180-42a0-ab88-20f7382dd24c`;
const blobContributor = `${roles}/ba92f5b4-2d11-453d-a403-e96b0029c9fe`;
const container = `/subscriptions/${subscriptionId}/resourceGroups/rg/containers/state`;
const group = { resourceGroupName: "acme-dev-identity" };
const base: AzureCiIdentityArgs = {
  organization: "acme",
  environment: "dev",
  repository,
  subscriptionId,
  location: "westeurope",
  roles: ["Contributor"],
};

const record = (args: Partial<AzureCiIdentityArgs> = {}) =>
  recordResources(() => new AzureCiIdentity("ci", { ...base, ...args }, azureProviders()));

const trusted = (name: string, subject: string) => ({
  type: "azure-native:managedidentity:FederatedIdentityCredential",
  inputs: {
    ...group,
    resourceName: "acme-dev-ci-write",
    federatedIdentityCredentialResourceName: name,
    issuer: "https://token.actions.githubusercontent.com",
    subject,
    audiences: ["api://AzureADTokenExchange"],
  },
});

const assigned = (roleDefinitionId: string, scope: string, principalId = "ci-write-principal-id") => ({
  type: "azure-native:authorization:RoleAssignment",
  inputs: {
    roleAssignmentName: roleAssignmentName(scope, principalId, roleDefinitionId),
    principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId,
    scope,
  },
});

describe("AzureCiIdentity", () => {
  it("makes an identity that trusts jobs of the environment alone, with the given roles alone", async () => {
    const { registrations } = await record({ stateContainerIds: { ciPrincipals: container } });
    const all = summaries(registrations);
    const [named, immutable] = ["repo:acme/platform:environment:dev", "repo:acme@1001/platform@2002:environment:dev"];
    const nameOf = (subject: string) =>
      all[`ci-write-trusts-${subject}`]?.inputs.federatedIdentityCredentialResourceName as string;
    assert.deepEqual(all, {
      "ci-group": {
        type: "azure-native:resources:ResourceGroup",
        inputs: { ...group, location: "westeurope", tags: {} },
      },
      "ci-write": {
        type: "azure-native:managedidentity:UserAssignedIdentity",
        inputs: { ...group, resourceName: "acme-dev-ci-write", location: "westeurope", tags: {} },
      },
      [`ci-write-trusts-${named}`]: trusted(nameOf(named), named),
      [`ci-write-trusts-${immutable}`]: trusted(nameOf(immutable), immutable),
      "ci-write-Contributor": assigned(contributor, `/subscriptions/${subscriptionId}`),
      "ci-write-state-ciPrincipals": assigned(blobContributor, container),
    });
    assert.match(nameOf(named), /^repo-acme-platform-environment-dev-[0-9a-z]{8}$/);
    assert.notEqual(nameOf(named), nameOf(immutable));
  });

  it("writes the credentials of one identity one after the other", async () => {
    const { registrations } = await record({ previewRoles: ["Reader"], previewBranches: ["main"] });
    for (const identity of ["ci-write", "ci-preview"]) {
      const credentials = registrations.filter(({ name }) => name.startsWith(`${identity}-trusts-`));
      assert.ok(credentials.length > 1);
      const urns = credentials.map(({ urn }) => urn);
      const waits = credentials.map(({ dependencies }) => dependencies.filter((urn) => urns.includes(urn)));
      assert.deepEqual(
        waits,
        urns.map((_, i) => (i === 0 ? [] : [urns[i - 1]])),
      );
    }
  });

  it("gives pull requests and named branches an identity of their own, which writes no state", async () => {
    const { result, registrations } = await record({
      previewRoles: ["Reader"],
      previewBranches: ["main"],
      stateContainerIds: { ciPrincipals: container },
    });
    const all = summaries(registrations);
    const subjects = Object.keys(all).flatMap((name) => name.split("ci-preview-trusts-repo:acme/platform:")[1] ?? []);
    assert.deepEqual(subjects.sort(), ["environment:dev", "pull_request", "ref:refs/heads/main"]);
    assert.deepEqual(
      [all["ci-preview-Reader"], all["ci-preview-state-ciPrincipals"]].map((assignment) =>
        (assignment?.inputs.roleDefinitionId as string).split("/").at(-1),
      ),
      ["acdd72a7-3385-48ef-bd42-f606fba81ae7", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"],
    );
    assert.equal(await valueOf(result.previewClientId!), "ci-preview-client-id");
    assert.equal((await record()).result.previewClientId, undefined);
  });
});

describe("the name of a role assignment", () => {
  it("is a UUID that depends on scope, principal and role, not on the case of their letters", () => {
    const name = roleAssignmentName("/subscriptions/A", "p", "r");
    assert.match(name, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(roleAssignmentName("/Subscriptions/a", "P", "R"), name);
    const others = [
      roleAssignmentName("/subscriptions/b", "p", "r"),
      roleAssignmentName("/subscriptions/a", "q", "r"),
      roleAssignmentName("/subscriptions/a", "p", "s"),
    ];
    assert.equal(new Set([name, ...others]).size, 4);
  });
});
