import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setAllConfig } from "@pulumi/pulumi/runtime";
import { parse } from "yaml";
import { type EnvironmentOutputs, environmentNames } from "../../components";
import { endpointLookups } from "../support/endpoint-fixtures";
import { recordResources, summaries, valueOf } from "../support/record-resources";

const root = join(__dirname, "../..");
const lookups = {
  ...endpointLookups,
  "github:index/getRepository:getRepository": () => ({
    name: "trunkline",
    nodeId: "R_trunkline",
    repoId: 823410765,
    visibility: "public",
  }),
};

/** Runs index.ts as Pulumi would, with the config of `Pulumi.<stack>.yaml`. */
async function runProgram(stack: string): Promise<{ result: EnvironmentOutputs; registrations: readonly any[] }> {
  const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"));
  const program = require.resolve("../../index");
  const { result, registrations } = await recordResources(
    () => {
      setAllConfig(
        Object.fromEntries(
          Object.entries(config as object).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
          ]),
        ),
      );
      delete require.cache[program];
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the program is a module that runs when loaded
      return require(program) as Promise<EnvironmentOutputs>;
    },
    { stack, lookups },
  );
  return { result: await result, registrations };
}

describe("the program", () => {
  const accounts = { dev: "111111111111", tst: "222222222222", prd: "333333333333" };
  for (const stack of environmentNames) {
    it(`brings up ${stack} from its own config and exports its outputs`, async () => {
      const { result, registrations } = await runProgram(stack);
      const all = summaries(registrations);
      assert.equal(result.environment, stack);
      assert.equal(result.aws?.accountId, accounts[stack]);
      assert.equal(await valueOf(result.aws.state!.bucketName), `mlopspltf-${stack}-s3-tf-backend`);
      assert.equal(all[`${stack}-aws-state-lock-table`]?.inputs.name, `mlopspltf-${stack}-ddb-tf-backend`);
      assert.ok(all[`${stack}-aws-identity-write`]);
      assert.equal(all[`${stack}-github-repository-environment`]?.inputs.environment, stack);
    });
  }

  it("fails for a stack that is no environment, in one clean error", async () => {
    const { result } = await recordResources(
      () => {
        setAllConfig({ "trunkline:organization": "acme" });
        const program = require.resolve("../../index");
        delete require.cache[program];
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
        const outputs = require(program) as Promise<unknown>;
        return outputs.catch((error: unknown) => error);
      },
      { stack: "staging" },
    );
    await assert.rejects(
      async () => {
        throw await result;
      },
      { name: "EnvironmentConfigError", message: /got "staging"; allowed: one of dev, tst, prd/ },
    );
  });
});
