import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { EngineError } from "../engine-error";
import { listBlobs, readBlob, writeBlob } from "./blob";
import { errorCode, fileFault } from "./file-fault";
import { stackReference, type StackReference } from "./stack-reference";

/** What becomes of a lock whose owner is proven to be gone: it is taken over, or refused like any other. */
export type StaleLocks = "take-over" | "refuse";

/** A directory that holds stacks in the layout of the CLI's `file://` backend, version 1 (by project). */
export class StateDirectory {
  private constructor(
    /** As the user wrote it. */
    readonly url: string,
    /** Absolute path. */
    readonly root: string,
    readonly staleLocks: StaleLocks,
  ) {}

  /**
   * Opens the directory, and prepares it when it is new. Throws EngineError for a layout that is not version 1, and for
   * a directory that cannot be read or written.
   */
  static async open(url: string, root: string, staleLocks: StaleLocks = "take-over"): Promise<StateDirectory> {
    const directory = new StateDirectory(url, root, staleLocks);
    const file = join(root, ".pulumi", "meta.yaml");
    const text = await readBlob(file);
    if (text !== undefined) {
      checkVersion(text, file);
      return directory;
    }
    const legacy = (await listBlobs(join(root, ".pulumi", "stacks"))).filter((name) =>
      /\.json(\.gz|\.zst)?$/.test(name),
    );
    if (legacy.length > 0) {
      throw new EngineError(
        `the state in ${root} has the old layout without projects; run \`pulumi state upgrade\` with the Pulumi CLI first`,
      );
    }
    await writeBlob(file, "version: 1\n");
    return directory;
  }

  /** The checkpoint of a stack. */
  stackFile(stack: StackReference): string {
    return join(this.stacksDirectory(stack.project), `${stack.name}.json`);
  }

  /** The tags of a stack. */
  tagsFile(stack: StackReference): string {
    return join(this.stacksDirectory(stack.project), `${stack.name}.pulumi-tags`);
  }

  historyDirectory(stack: StackReference): string {
    return join(this.root, ".pulumi", "history", stack.project, stack.name);
  }

  backupDirectory(stack: StackReference): string {
    return join(this.root, ".pulumi", "backups", stack.project, stack.name);
  }

  lockDirectory(stack: StackReference): string {
    return join(this.root, ".pulumi", "locks", "organization", stack.project, stack.name);
  }

  /** The URL of a file of this directory, for messages. */
  urlOf(file: string): string {
    return `file://${file}`;
  }

  /** All stacks, of one project or of all, sorted by project and name. */
  async stacks(project?: string): Promise<StackReference[]> {
    const projects = project === undefined ? await this.projects() : [project];
    const found = await Promise.all(
      projects.map(async (name) => {
        const files = await listBlobs(this.stacksDirectory(name));
        const stacks = files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
        return stacks.filter((stack) => /^[\w.-]{1,100}$/.test(stack)).map((stack) => stackReference(name, stack));
      }),
    );
    return found.flat();
  }

  private async projects(): Promise<string[]> {
    const directory = join(this.root, ".pulumi", "stacks");
    try {
      const entries = await readdir(directory, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort();
    } catch (cause) {
      if (errorCode(cause) === "ENOENT") return [];
      throw fileFault("list", directory, cause);
    }
  }

  private stacksDirectory(project: string): string {
    return join(this.root, ".pulumi", "stacks", project);
  }
}

function checkVersion(text: string, file: string): void {
  let version: unknown;
  try {
    version = (parse(text) as { version?: unknown } | null)?.version;
  } catch (cause) {
    throw new EngineError(`corrupt store: ${file} is not YAML; it should read 'version: 1'`, 1, { cause });
  }
  if (version === undefined)
    throw new EngineError(`corrupt store: missing version in ${file}; it should read 'version: 1'`);
  if (version !== 1) {
    throw new EngineError(
      `state store unsupported: version ${JSON.stringify(version)} in ${file}; this engine knows version 1`,
    );
  }
}
