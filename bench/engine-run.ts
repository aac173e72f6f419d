import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { RandomPet } from "@pulumi/random/randomPet";
import { SimulatedCloud } from "../rehearsal/cloud/simulated-cloud";
import { embeddedEngine } from "../rehearsal/engine/embedded-engine";
import { serveProviders } from "../rehearsal/engine/provider-server/serve-providers";

/** What executes the operations. */
export type BenchedEngine = "embedded" | "cli";

/** What a whole operation took: on the clock, and of all processes together where the system tells that of children. */
export interface OperationFigures {
  readonly ms: number;
  readonly cpuMs: number;
  /** Of `cpuMs` what the children took: with the CLI, the engine's own process. */
  readonly childMs: number;
}

/** What one run measured; the peak is that of this process: with the CLI the engine's own is not in it. */
export interface EngineFigures {
  readonly size: number;
  readonly preview: OperationFigures;
  readonly up: OperationFigures;
  readonly same: OperationFigures;
  readonly peakMb: number;
}

/** A tick of the kernel's accounting, in milliseconds; 100 a second on every Linux that Node runs on. */
const TICK_MS = 10;

/** CPU of this process, in milliseconds. */
function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Of the children that it has waited for. */
/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function childTicks(): number {
  if (process.platform !== "linux") return 0;
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]!.split(" ");
  return Number(fields[13]) + Number(fields[14]);
}

async function measured(work: () => Promise<unknown>): Promise<OperationFigures> {
  const [startedAt, own, child] = [performance.now(), ownMs(), childTicks()];
  await work();
  const childMs = (childTicks() - child) * TICK_MS;
  return { ms: performance.now() - startedAt, cpuMs: ownMs() - own + childMs, childMs };
}

/** Previews, creates and updates without changes as many independent resources as the argument says; prints the figures. */
async function main(size: number, engine: BenchedEngine): Promise<void> {
  // tsx maps every stack trace back to its source, and the SDK makes one for each promise: nobody reads them here.
  process.setSourceMapsEnabled(false);
  const directory = mkdtempSync(join(tmpdir(), "trunkline-bench-"));
  const cloud = await SimulatedCloud.open(join(directory, "cloud.json"));
  const served = engine === "cli" ? await serveProviders(cloud.providers, cloud.packages) : undefined;
  try {
    const program = async () => {
      for (let index = 0; index < size; index++) new RandomPet(`pet-${index}`);
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "bench", projectName: "bench", program },
      {
        workDir: directory,
        pulumiCommand: served ? await PulumiCommand.get() : embeddedEngine({ providers: cloud.providers }),
        pulumiHome: directory,
        envVars: {
          ...served?.env,
          PULUMI_BACKEND_URL: `file://${directory}`,
          PULUMI_CONFIG_PASSPHRASE: "bench",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        },
      },
    );
    const figures: EngineFigures = {
      size,
      preview: await measured(() => stack.preview()),
      up: await measured(() => stack.up()),
      same: await measured(() => stack.up()),
      peakMb: process.resourceUsage().maxRSS / 1024,
    };
    process.stdout.write(JSON.stringify(figures));
  } finally {
    await served?.close();
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main(Number(process.argv[2]), process.argv[3] === "cli" ? "cli" : "embedded");
