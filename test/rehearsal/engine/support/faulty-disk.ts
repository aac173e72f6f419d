import fs from "node:fs";

type Handle = fs.promises.FileHandle;

/** What happens to writes: there is room for nothing more, or nothing may be changed. */
export type DiskFault = "ENOSPC" | "EROFS";

/**
 * Lets what this process writes to some files fail as a full disk or a read-only one does: the first half of a write that
 * does not fit is on the disk. Everything else goes on as it is, and so do these files after `mend`.
 */
export class FaultyDisk {
  private fault: DiskFault | undefined;
  private isConcerned: (path: string) => boolean = () => false;
  private readonly paths = new WeakMap<Handle, string>();
  private readonly undo: (() => void)[] = [];

  /** The test calls `remove`. */
  static async make(): Promise<FaultyDisk> {
    const disk = new FaultyDisk();
    await disk.watch();
    return disk;
  }

  /** From now on writes to the files fail. */
  break(fault: DiskFault, isConcerned: (path: string) => boolean): void {
    this.fault = fault;
    this.isConcerned = isConcerned;
  }

  /** From now on nothing fails any more. */
  mend(): void {
    this.fault = undefined;
  }

  remove(): void {
    for (const undo of this.undo.splice(0)) undo();
  }

  private async watch(): Promise<void> {
    const { open } = fs.promises;
    this.replace(fs.promises, "open", async (path: string, flags: string | number = "r", mode?: fs.Mode) => {
      if (flags !== "r") this.refuse("EROFS", path, "open");
      const handle = await open(path, flags, mode);
      this.paths.set(handle, String(path));
      return handle;
    });
    for (const name of ["rename", "link"] as const) {
      const original = fs.promises[name];
      this.replace(fs.promises, name, async (from: string, to: string) => {
        this.refuse("EROFS", to, name);
        await original(from, to);
      });
    }
    const { rm } = fs.promises;
    this.replace(fs.promises, "rm", async (path: string, options?: fs.RmOptions) => {
      if (fs.existsSync(path)) this.refuse("EROFS", path, "rm");
      await rm(path, options);
    });
    const probe = await open(__filename, "r");
    const prototype = Object.getPrototypeOf(probe) as Handle;
    await probe.close();
    for (const name of ["writeFile", "appendFile"] as const) this.cutShort(prototype, name);
  }

  private cutShort(prototype: Handle, name: "writeFile" | "appendFile"): void {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its handle
    const original = prototype[name];
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- a method of handles knows its handle as this
    const disk = this;
    this.replace(prototype, name, async function (this: Handle, data: string | Uint8Array) {
      const path = disk.paths.get(this) ?? "";
      if (disk.fault === "ENOSPC" && disk.isConcerned(path)) {
        const bytes = Buffer.from(data);
        await original.call(this, bytes.subarray(0, bytes.length / 2));
      }
      disk.refuse(undefined, path, "write");
      await original.call(this, data);
    });
  }

  /** Throws what the system does; `only` where just that fault keeps the call from being done. */
  private refuse(only: DiskFault | undefined, path: string, call: string): void {
    const { fault } = this;
    if (!fault || (only && only !== fault) || !this.isConcerned(String(path))) return;
    throw Object.assign(new Error(`${fault}: ${call} '${path}'`), { code: fault });
  }

  private replace(object: object, name: string, replacement: (...args: never[]) => unknown): void {
    const methods = object as Record<string, unknown>;
    const original = methods[name];
    methods[name] = replacement;
    this.undo.push(() => (methods[name] = original));
  }
}
