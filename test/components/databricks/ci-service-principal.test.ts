import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CiServicePrincipal, type CiServicePrincipalArgs } from "../../../components";
import { lookups, principalArgs } from "../../support/component-fixtures";
import { recordResources, type Registration, summaries, valueOf } from "../../support/record-resources";

const databricks = (name: string) => `databricks:index/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`;

const record = (args: Partial<CiServicePrincipalArgs> = {}) =>
  recordResources(() => new CiServicePrincipal("ci", { ...principalArgs(), login: { kind: "federation" }, ...args }), {
    lookups,
  });

const trusts = (subject: string) => ({
  type: databricks("servicePrincipalFederationPolicy"),
  inputs: {
    servicePrincipalId: Number.NaN,
    oidcPolicy: {
      issuer: "https://token.actions.githubusercontent.com",
      subject,
      audiences: ["33333333-3333-4333-8333-333333333333"],
    },
  },
});

/** What every principal has, with what it takes of its own. */
const usual = {
  "ci-assignment": {
    type: databricks("mwsPermissionAssignment"),
    inputs: { workspaceId: "4444444444444444", principalId: "ci-principal-id", permissions: ["USER"] },
  },
  "ci-entitlements": {
    type: databricks("entitlements"),
    inputs: {
      servicePrincipalId: "ci-principal-id",
      workspaceAccess: true,
      databricksSqlAccess: true,
      allowClusterCreate: true,
    },
  },
  "ci-directory": { type: databricks("directory"), inputs: { path: "/platform-dev" } },
  "ci-directory-permissions": {
    type: databricks("permissions"),
    inputs: {
      directoryPath: "/platform-dev",
      accessControls: [{ servicePrincipalName: "ci-principal-application-id", permissionLevel: "CAN_MANAGE" }],
    },
  },
};

describe("CiServicePrincipal", () => {
  it("makes a principal that trusts GitHub's environment, in its workspace, with a directory that it manages", async () => {
    const { result, registrations } = await record();
    const [named, immutable] = ["repo:acme/platform:environment:dev", "repo:acme@1001/platform@2002:environment:dev"];
    assert.deepEqual(summaries(registrations), {
      "ci-principal": { type: databricks("servicePrincipal"), inputs: { displayName: "acme-dev-ci" } },
      ...usual,
      [`ci-trusts-${named}`]: trusts(named),
      [`ci-trusts-${immutable}`]: trusts(immutable),
    });
    assert.equal(result.clientSecret, undefined);
  });

  it("stands for the identity that CI has in Azure, and needs no credential then", async () => {
    const login = { kind: "azure", applicationId: "77777777-7777-4777-8777-777777777777", principalId: "p" } as const;
    const { registrations } = await record({ login });
    const { "ci-principal": principal, "ci-directory-permissions": permissions, ...rest } = summaries(registrations);
    assert.deepEqual(principal?.inputs, {
      displayName: "acme-dev-ci",
      applicationId: login.applicationId,
      externalId: "p",
    });
    assert.deepEqual(permissions?.inputs.accessControls, [
      { servicePrincipalName: login.applicationId, permissionLevel: "CAN_MANAGE" },
    ]);
    assert.deepEqual(Object.keys(rest).sort(), ["ci-assignment", "ci-directory", "ci-entitlements"]);
  });

  it("has two secrets where it can have nothing else, and publishes the newest as a secret", async () => {
    const { result, registrations } = await record({ login: { kind: "secret", secretLifetimeDays: 730 } });
    const secret = { servicePrincipalId: "ci-principal-id", lifetime: "63072000s" };
    const all = summaries(registrations);
    assert.deepEqual([all["ci-secret-a"]?.inputs, all["ci-secret-b"]?.inputs], [secret, secret]);
    assert.equal(await valueOf(result.clientSecret!), "ci-secret-b-value");
    assert.equal(await pulumi.isSecret(result.clientSecret!), true);
  });

  it("grants privileges one securable at a time, and leaves those of others alone", async () => {
    const grants = [
      { securable: "catalog", name: "main", privileges: ["USE_CATALOG"] },
      { securable: "schema", name: "main.default", privileges: ["MODIFY", "SELECT"] },
    ] as const;
    const { registrations } = await record({ grants });
    const all = summaries(registrations);
    const principal = "ci-principal-application-id";
    assert.deepEqual(
      [all["ci-grant-catalog-main"], all["ci-grant-schema-main.default"]],
      [
        { type: databricks("grant"), inputs: { catalog: "main", principal, privileges: ["USE_CATALOG"] } },
        { type: databricks("grant"), inputs: { schema: "main.default", principal, privileges: ["MODIFY", "SELECT"] } },
      ],
    );
  });

  it("gives it a Git credential in its own name, whose token is a secret", async () => {
    const { registrations } = await record({
      gitCredential: { provider: "gitHub", username: "ci", personalAccessToken: "hush" },
    });
    const { personalAccessToken, ...inputs } = summaries(registrations)["ci-git"]!.inputs;
    assert.deepEqual(inputs, { gitProvider: "gitHub", gitUsername: "ci", principalId: "ci-principal-id" });
    assert.equal((personalAccessToken as Record<string, unknown>).value, "hush");
  });

  it("is a member of a group of the account, found by its name or made", async () => {
    const existing = summaries((await record({ group: { existing: { displayName: "ml" } } })).registrations);
    assert.deepEqual(existing["ci-member"]?.inputs, { groupId: "9001", memberId: "ci-principal-id" });
    assert.equal(existing["ci-group"], undefined);
    const made = summaries((await record({ group: { create: {} } })).registrations);
    assert.deepEqual(made["ci-group"]?.inputs, { displayName: "acme-dev-service-principals" });
    assert.equal(made["ci-member"]?.inputs.groupId, "ci-group-id");
  });

  it("asks the workspace for what belongs to it only once it is assigned", async () => {
    const { registrations } = await record({ group: { create: {} } });
    const of = (name: string): Registration => registrations.find((registration) => registration.name === name)!;
    const inWorkspace = ["ci-entitlements", "ci-directory", "ci-directory-permissions"];
    for (const name of inWorkspace) assert.ok(of(name).dependencies.includes(of("ci-assignment").urn), name);
    for (const name of ["ci-principal", "ci-group"]) {
      assert.equal(of(name).dependencies.includes(of("ci-assignment").urn), false, name);
    }
  });
});
