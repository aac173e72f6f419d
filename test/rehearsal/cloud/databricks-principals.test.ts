import assert from "node:assert/strict";
import type { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { Driver, withCloud } from "./support/cloud-fixture";

const databricks = (name: string) => `databricks:index/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`;
const workspaceId = "4444444444444444";

async function withPrincipal(test: (given: Given) => Promise<void>, assigned = true) {
  await withCloud(async (cloud) => {
    const account = await Driver.configured(cloud, "databricks", {
      host: "https://accounts.azuredatabricks.net",
      accountId: "33333333-3333-4333-8333-333333333333",
    });
    const workspace = await Driver.configured(cloud, "databricks");
    const { id, outputs } = await account.create(databricks("servicePrincipal"), { displayName: "ci" });
    if (assigned) {
      const assignment = { principalId: id, workspaceId, permissions: ["USER"] };
      await account.create(databricks("mwsPermissionAssignment"), assignment);
    }
    await test({ cloud, account, workspace, id, applicationId: outputs.applicationId as string });
  });
}

interface Given {
  readonly cloud: SimulatedCloud;
  readonly account: Driver;
  readonly workspace: Driver;
  readonly id: string;
  readonly applicationId: string;
}

describe("a service principal of a Databricks account", () => {
  it("works in a workspace once it is assigned to it", () =>
    withPrincipal(async ({ workspace, id, applicationId }) => {
      await workspace.create(databricks("entitlements"), { servicePrincipalId: id, allowClusterCreate: true });
      await workspace.create(databricks("directory"), { path: "/platform" });
      await workspace.create(databricks("permissions"), {
        directoryPath: "/platform",
        accessControls: [{ servicePrincipalName: applicationId, permissionLevel: "CAN_MANAGE" }],
      });
      await workspace.create(databricks("grant"), {
        schema: "main.default",
        principal: applicationId,
        privileges: ["MODIFY"],
      });
      await workspace.create(databricks("gitCredential"), {
        gitProvider: "gitHub",
        personalAccessToken: "hush",
        principalId: id,
      });
    }));

  it("fails in a workspace that it is not assigned to", () =>
    withPrincipal(async ({ workspace, id }) => {
      const entitlements = workspace.create(databricks("entitlements"), { servicePrincipalId: id });
      await assert.rejects(entitlements, /is not assigned to the workspace 4444444444444444/);
    }, false));

  it("goes with all that belongs to it", () =>
    withPrincipal(async ({ cloud, account, workspace, id }) => {
      await workspace.create(databricks("entitlements"), { servicePrincipalId: id });
      await account.create(databricks("servicePrincipalSecret"), { servicePrincipalId: id });
      const policy = { servicePrincipalId: Number(id), oidcPolicy: { issuer: "https://a.b", subject: "c" } };
      await account.create(databricks("servicePrincipalFederationPolicy"), policy);
      await cloud.remove(databricks("servicePrincipal"), id);
      const left = cloud.list().filter(({ type, urn }) => type.startsWith("databricks:") && urn !== "");
      assert.deepEqual(left, []);
    }));

  it("is a member of a group that is looked up by its name", () =>
    withPrincipal(async ({ account, id }) => {
      const found = await account.invoke("databricks:index/getGroup:getGroup", {
        displayName: "mlops-service-principals",
      });
      await account.create(databricks("groupMember"), { groupId: found.id!, memberId: id });
      const none = account.invoke("databricks:index/getGroup:getGroup", { displayName: "none" });
      await assert.rejects(none, /cannot find group: none/);
    }));

  it("has at most five secrets, each for two years where nothing else is said", () =>
    withPrincipal(async ({ account, id }) => {
      const secret = (name: string) =>
        account.create(databricks("servicePrincipalSecret"), { servicePrincipalId: id }, name);
      const { outputs } = await secret("1");
      const lifetime = Date.parse(outputs.expireTime as string) - Date.parse(outputs.createTime as string);
      assert.equal(lifetime, 730 * 24 * 60 * 60 * 1000);
      for (const name of ["2", "3", "4", "5"]) await secret(name);
      await assert.rejects(secret("6"), /has 5 secrets already/);
    }));

  const refusals: [string, "account" | "workspace", string, (given: Given) => PropertyMap, RegExp][] = [
    ["a grant on what does not exist", "workspace", "grant", grantOn("none"), /catalog 'none' does not exist/],
    [
      "a grant to a principal that does not exist",
      "workspace",
      "grant",
      () => ({ catalog: "main", principal: "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0", privileges: ["MODIFY"] }),
      /PRINCIPAL_DOES_NOT_EXIST/,
    ],
    ["a grant of the account", "account", "grant", grantOn("main"), /workspace-level provider/],
    [
      "an assignment to a workspace of another account",
      "account",
      "mwsPermissionAssignment",
      ({ id }) => ({ principalId: id, workspaceId: "5", permissions: ["USER"] }),
      /Workspace 5 does not exist in the account/,
    ],
    [
      "a federation policy of a workspace",
      "workspace",
      "servicePrincipalFederationPolicy",
      ({ id }) => ({ servicePrincipalId: Number(id), oidcPolicy: { issuer: "https://a.b", subject: "c" } }),
      /account-level provider/,
    ],
    [
      "permissions on a directory that does not exist",
      "workspace",
      "permissions",
      () => ({ directoryPath: "/none", accessControls: [{ groupName: "users", permissionLevel: "CAN_READ" }] }),
      /Path \(\/none\) doesn't exist/,
    ],
    [
      "a Git credential without a token",
      "workspace",
      "gitCredential",
      () => ({ gitProvider: "gitHub" }),
      /is required/,
    ],
  ];
  for (const [what, level, type, inputs, message] of refusals) {
    it(`fails for ${what}`, () =>
      withPrincipal(async (given) => {
        await assert.rejects(given[level].create(databricks(type), inputs(given)), message);
      }));
  }

  it("fails in a workspace that nobody has made", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "databricks", { host: "https://adb-5.5.azuredatabricks.net" });
      await assert.rejects(driver.create(databricks("directory"), { path: "/a" }), /no such host/);
    }));
});

function grantOn(catalog: string) {
  return ({ applicationId }: Given): PropertyMap => ({ catalog, principal: applicationId, privileges: ["MODIFY"] });
}
