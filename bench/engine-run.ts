import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { RandomPet } from "@pulumi/random/randomPet";
import { SimulatedCloud } from "../rehearsal/cloud/simulated-cloud";
import { embeddedEngine } from "../rehearsal/engine/embedded-engine";

/** What one run measured: milliseconds of whole operations, and the peak memory of engine and program together. */
export interface EngineFigures {
  readonly size: number;
  readonly previewMs: number;
  readonly upMs: number;
  readonly sameMs: number;
  readonly peakMb: number;
}

/** Previews, creates and updates without changes as many independent resources as the argument says; prints the figures. */
async function main(size: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "trunkline-bench-"));
  const cloud = await SimulatedCloud.open(join(directory, "cloud.json"));
  try {
    const program = async () => {
      for (let index = 0; index < size; index++) new RandomPet(`pet-${index}`);
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "bench", projectName: "bench", program },
      {
        workDir: directory,
        pulumiCommand: embeddedEngine({ providers: cloud.providers }),
        pulumiHome: directory,
        envVars: { PULUMI_BACKEND_URL: `file://${directory}`, PULUMI_CONFIG_PASSPHRASE: "bench" },
      },
    );
    const timed = async (work: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await work();
      return performance.now() - startedAt;
    };
    const figures: EngineFigures = {
      size,
      previewMs: await timed(() => stack.preview()),
      upMs: await timed(() => stack.up()),
      sameMs: await timed(() => stack.up()),
      peakMb: process.resourceUsage().maxRSS / 1024,
    };
    process.stdout.write(JSON.stringify(figures));
  } finally {
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main(Number(process.argv[2]));
