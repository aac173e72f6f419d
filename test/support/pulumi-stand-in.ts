import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { findPulumi } from "../../automation/engine/find-pulumi";
import { pulumiScript } from "./pulumi-script";

/** A resource in a state. */
export interface CliResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom?: boolean;
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly delete?: boolean;
}

/** A state, as `pulumi stack export` writes it. */
export interface CliState {
  readonly resources: readonly CliResource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: CliResource }[];
}

/** A lock of a stack, as the CLI names it. */
export interface CliLock {
  readonly url: string;
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  readonly at: string;
}

/** What the stand-in works with. */
export interface CliWorld {
  /** Address of the backend, as `whoami` tells it. */
  readonly url: string;
  readonly state: CliState;
  /** What the vendor has, by id: the inputs that it reads back. */
  readonly cloud: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly locks: readonly CliLock[];
  readonly tags: Readonly<Record<string, string>>;
  /** A refresh fails with this. */
  readonly fault?: string;
}

const NOTHING: CliWorld = {
  url: "s3://acme-dev-s3-tf-backend/platform",
  state: { resources: [] },
  cloud: {},
  locks: [],
  tags: {},
};

/**
 * Stands in for the `pulumi` CLI on a project with the stack dev: it keeps every command line, and does with a state what
 * the CLI's documentation and source say of export, import, refresh, tags, locks and cancel. It runs no program.
 */
export class PulumiStandIn {
  readonly directory = mkdtempSync(join(tmpdir(), "trunkline-pulumi-"));
  private readonly path = process.env.PATH;

  constructor(world: Partial<CliWorld> = {}) {
    this.world = { ...NOTHING, ...world };
    writeFileSync(join(this.directory, "pulumi"), pulumiScript);
    chmodSync(join(this.directory, "pulumi"), 0o755);
    writeFileSync(join(this.directory, "Pulumi.yaml"), "name: app\nruntime: nodejs\n");
    process.env.PATH = this.searchPath;
  }

  /** PATH with the stand-in before all others. */
  get searchPath(): string {
    return `${this.directory}${delimiter}${this.path}`;
  }

  get world(): CliWorld {
    return JSON.parse(readFileSync(join(this.directory, "world.json"), "utf8")) as CliWorld;
  }

  set world(world: CliWorld) {
    writeFileSync(join(this.directory, "world.json"), JSON.stringify(world));
  }

  /** The commands that were run, without what each has of its own: ports and names of temporary files. */
  get calls(): readonly string[] {
    const file = join(this.directory, "calls");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
    return lines.map((line) => (JSON.parse(line) as string[]).join(" "));
  }

  /** The stack dev, through the Automation API and the stand-in. */
  async stack(): Promise<Stack> {
    return LocalWorkspace.selectStack(
      { stackName: "dev", workDir: this.directory },
      { pulumiCommand: await findPulumi() },
    );
  }

  remove(): void {
    process.env.PATH = this.path;
    rmSync(this.directory, { recursive: true, force: true });
  }
}
