import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { SimulatedCloud } from "../rehearsal/cloud/simulated-cloud";
import { embeddedEngine } from "../rehearsal/engine/embedded-engine";
import { programLauncher } from "../rehearsal/program/launch-program";

/**
 * Previews dev of a project that has been rehearsed, and nothing more: engine, simulated cloud and Automation API, without
 * anything of the pipeline. `passphrase` is that of its state.
 */
export async function barePreview(project: string, passphrase: string): Promise<void> {
  const rehearsal = join(project, ".trunkline/rehearsal");
  const cloud = await SimulatedCloud.open(join(rehearsal, "cloud.json"));
  const pulumiCommand = embeddedEngine({
    providers: cloud.providers,
    launchProgram: programLauncher({ cacheDir: join(project, ".trunkline/cache") }),
    programDirectory: project,
  });
  const stack = await LocalWorkspace.selectStack(
    { stackName: "dev", workDir: join(rehearsal, "project") },
    {
      pulumiCommand,
      pulumiHome: join(rehearsal, "home"),
      envVars: { PULUMI_BACKEND_URL: `file://${join(rehearsal, "state")}`, PULUMI_CONFIG_PASSPHRASE: passphrase },
    },
  );
  const { changeSummary } = await stack.preview({ onEvent: () => {}, color: "never" });
  await cloud.close();
  if (Object.keys(changeSummary).length === 0) throw new Error("the preview has no resources");
}
