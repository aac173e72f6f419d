import assert from "node:assert/strict";
import { environmentNames } from "../../components";
import { azurePipeline, expandStages, stepsOf } from "../support/azure-template";

const stages = () => azurePipeline().stages.flatMap(({ template, parameters }) => expandStages(template, parameters));

describe("azure-pipelines.yml", () => {
  it("plans and applies each environment, each after the one before", () => {
    assert.deepEqual(
      stages().map(({ stage, dependsOn }) => [stage, dependsOn]),
      environmentNames.flatMap((name, i) => [
        [`plan_${name}`, environmentNames.slice(0, i).slice(-1).map((before) => `apply_${before}`)], // prettier-ignore
        [`apply_${name}`, `plan_${name}`],
      ]),
    );
  });

  it("uses an environment, whose approval it waits for, in the stages that apply and in no other", () => {
    for (const { stage, jobs } of stages()) {
      const [job] = jobs;
      assert.ok(job);
      assert.equal("environment" in job ? job.environment : undefined, /^apply_(\w+)$/.exec(stage)?.[1], stage);
    }
  });

  it("calls the same verbs as everything else, each under the login of its own environment", () => {
    const ran = stages().flatMap((one) =>
      stepsOf(one).flatMap((step) =>
        "task" in step && step.inputs["inlineScript"] !== undefined
          ? [[one.stage, step.inputs["azureSubscription"], step.inputs["inlineScript"]]]
          : [],
      ),
    );
    assert.deepEqual(
      ran,
      environmentNames.flatMap((name) => {
        const options = `--target cloud --env ${name} --bundle`;
        const npx = "npx --no-install trunkline";
        return [
          [
            `plan_${name}`,
            `trunkline-${name}`,
            `${npx} preview ${options} $(Build.ArtifactStagingDirectory)/bundle.json`,
          ],
          [
            `apply_${name}`,
            `trunkline-${name}`,
            `${npx} up ${options} $(Pipeline.Workspace)/trunkline-${name}/bundle.json`,
          ],
        ];
      }),
    );
  });

  it("hands each bundle from its plan to its update, and to no other", () => {
    for (const one of stages()) {
      const kept = stepsOf(one).flatMap((step) => ("publish" in step ? [step.artifact] : []));
      const fetched = stepsOf(one).flatMap((step) => ("download" in step && "artifact" in step ? [step.artifact] : []));
      const artifact = `trunkline-${one.stage.split("_")[1]}`;
      assert.deepEqual([kept, fetched], one.stage.startsWith("plan") ? [[artifact], []] : [[], [artifact]]);
    }
  });

  it("gives the token of the job to stages that apply only, and runs no script of a package where it can log in", () => {
    for (const one of stages()) {
      const steps = stepsOf(one);
      const tokens = steps.flatMap((step) => ("env" in step ? [step.env?.["SYSTEM_ACCESSTOKEN"]] : []));
      assert.deepEqual(tokens, [one.stage.startsWith("apply") ? "$(System.AccessToken)" : ""]);
      const scripts = steps.flatMap((step) => ("script" in step ? [step.script] : []));
      assert.deepEqual(scripts, ["npm ci --ignore-scripts", "npm run build"]);
    }
  });

  it("previews a pull request with the step for the event, and gives it the token that writes the comment", () => {
    const parameters = { serviceConnection: "trunkline-preview", variableGroup: "trunkline-preview" };
    const [preview, ...others] = expandStages("azure-pipelines/pull-request.yml", parameters);
    assert.ok(preview && others.length === 0);
    const steps = stepsOf(preview);
    assert.ok(steps.every((step) => !("environment" in step)));
    const logins = steps.flatMap((step) => ("task" in step && step.env ? [step] : []));
    assert.deepEqual(
      logins.map(({ inputs, env }) => [
        inputs["azureSubscription"],
        inputs["inlineScript"],
        env?.["SYSTEM_ACCESSTOKEN"],
      ]),
      [["trunkline-preview", "npx --no-install trunkline ci --target cloud", "$(System.AccessToken)"]],
    );
  });

  it("fails to be expanded without a parameter, with an unknown one, and with a value that is not allowed", () => {
    const [{ template, parameters }] = azurePipeline().stages as [ReturnType<typeof azurePipeline>["stages"][number]];
    const { serviceConnection: _left, ...less } = parameters;
    assert.throws(() => expandStages(template, less), /the parameter serviceConnection is missing/);
    assert.throws(() => expandStages(template, { ...parameters, more: "x" }), /unknown parameters: more/);
    assert.throws(() => expandStages(template, { ...parameters, target: "both" }), /target is both/);
  });
});
