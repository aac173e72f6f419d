import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { environmentOutputs, type OutputSource } from "../../components/environment-outputs";

/** A reference to a stack with these outputs, secrets by their names. */
function source(outputs: Readonly<Record<string, unknown>>, secrets: readonly string[] = []): OutputSource {
  return {
    name: pulumi.output("acme/trunkline/dev"),
    getOutput: (name) => {
      if (typeof name !== "string") throw new Error("outputs are asked for by their names");
      const value = outputs[name];
      return secrets.includes(name) ? pulumi.secret(value) : pulumi.output(value);
    },
  };
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

function isSecret(output: pulumi.Output<unknown>): Promise<boolean> {
  return pulumi.isSecret(output);
}

const DATABRICKS = { accountId: "a", workspaceHost: "https://adb-1.azuredatabricks.net", workspaceId: "1" };

const OUTPUTS = {
  contractVersion: 1,
  organization: "acme",
  environment: "dev",
  databricks: { ...DATABRICKS, artifacts: { rootFolder: "/jobs", clusterIds: {}, jobIds: { train: "7" } } },
  ciSecrets: { TOKEN: "t0p" },
};

describe("the outputs of an environment in another project", () => {
  it("are there by their names, with their types", async () => {
    const { databricks, organization, environment, contractVersion } = environmentOutputs(
      source(OUTPUTS),
      "scoring/dev",
    );
    assert.equal(await valueOf(databricks.workspaceHost), DATABRICKS.workspaceHost);
    assert.equal(await valueOf(databricks.apply(({ artifacts }) => artifacts?.jobIds["train"])), "7");
    assert.deepEqual(
      await Promise.all([valueOf(organization), valueOf<string>(environment), valueOf(contractVersion)]),
      ["acme", "dev", 1],
    );
  });

  it("stay secrets where the environment has them as such, and only there", async () => {
    const outputs = environmentOutputs(source(OUTPUTS, ["ciSecrets"]), "scoring/dev");
    assert.deepEqual(
      [await isSecret(outputs.ciSecrets), await isSecret(outputs.databricks), await isSecret(outputs.organization)],
      [true, false, false],
    );
    assert.deepEqual(await valueOf(outputs.ciSecrets), { TOKEN: "t0p" });
  });

  it("have what is plain beside a secret plain, and the secret as such, however deep it lies", async () => {
    const withSecret = {
      ...OUTPUTS,
      databricks: { ...DATABRICKS, principal: { principalId: "p", applicationId: "[secret]", directory: "/d" } },
      secretParts: { "/databricks/principal/applicationId": "hidden" },
    };
    const outputs = environmentOutputs(source(withSecret, ["secretParts"]), "scoring/dev");
    const { databricks } = outputs;
    const principal = outputs.part("databricks", "principal");
    assert.deepEqual(
      await Promise.all([
        isSecret(databricks.workspaceHost),
        isSecret(principal.directory),
        isSecret(principal.applicationId),
        isSecret(principal),
        isSecret(databricks),
      ]),
      [false, false, true, true, true],
    );
    assert.equal(await valueOf(principal.directory), "/d");
    assert.equal(await valueOf(principal.applicationId), "hidden");
    assert.equal((await valueOf(databricks)).principal?.applicationId, "hidden");
    assert.equal(await valueOf(databricks.apply(({ workspaceId }) => workspaceId)), "1");
  });

  it("stay secrets as a whole in an environment from before parts were apart", async () => {
    const { databricks } = environmentOutputs(source(OUTPUTS, ["databricks"]), "scoring/dev");
    assert.equal(await isSecret(databricks.workspaceHost), true);
  });

  it("give a part that not every environment has", async () => {
    const artifacts = environmentOutputs(source(OUTPUTS), "scoring/dev").part("databricks", "artifacts");
    assert.deepEqual(await valueOf(artifacts.jobIds), { train: "7" });
  });

  it("may hold more than this version knows", async () => {
    const newer = { ...OUTPUTS, contractVersion: 2, databricks: { ...DATABRICKS, warehouseId: "w" } };
    const { databricks } = environmentOutputs(source(newer), "scoring/dev");
    assert.equal((await valueOf(databricks)).workspaceId, "1");
  });

  const faults: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    [
      "fail where a vendor is missing, with both stacks, both versions and what to do",
      { contractVersion: 1 },
      /^the output databricks is missing in stack acme\/trunkline\/dev, whose contract version is 1; scoring\/dev reads it by contract version 1; switch the part on in the configuration of acme\/trunkline\/dev, or do not read it$/,
    ],
    [
      "fail where one is missing in it because the environment has a newer contract",
      { contractVersion: 3, databricks: { accountId: "a", workspaceId: "1" } },
      /^the output databricks\.workspaceHost is missing .* version is 3; .* by contract version 1; install in scoring\/dev the version of trunkline that acme\/trunkline\/dev is brought up with$/,
    ],
    [
      "fail where one has another type, without its value",
      { contractVersion: 1, databricks: { ...DATABRICKS, workspaceId: 4711 } },
      /^the output databricks\.workspaceId is number and should be string in stack acme(?!.*4711)/,
    ],
    [
      "fail where the stack is older than any contract, or of another project",
      { databricks: "x" },
      /^the output databricks is string and should be object .* version is unknown; .*bring acme\/trunkline\/dev up with the version of trunkline that scoring\/dev uses$/,
    ],
  ];
  for (const [title, outputs, message] of faults) {
    it(title, () =>
      assert.rejects(valueOf(environmentOutputs(source(outputs), "scoring/dev").databricks), {
        name: "OutputsContractError",
        message,
      }),
    );
  }

  it("fail where a part is missing that is asked for", () =>
    assert.rejects(
      valueOf(
        environmentOutputs(source({ ...OUTPUTS, databricks: DATABRICKS }), "scoring/dev").part(
          "databricks",
          "artifacts",
        ),
      ),
      {
        message: /^the output databricks\.artifacts is missing in stack acme\/trunkline\/dev/,
      },
    ));
});
