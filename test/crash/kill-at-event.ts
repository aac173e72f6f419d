import fs from "node:fs";
import { basename, delimiter } from "node:path";

/**
 * Loaded before the CLI: counts the moments before, halfway through and after everything that the process does to files
 * whose paths begin in one of some ways, and kills it at one of them. What a killed run was doing, or how many moments a whole run has, is
 * written to a file.
 */
const roots = process.env["KILL_ROOTS"]!.split(delimiter);
const target = Number(process.env["KILL_AT"]);
const report = process.env["KILL_REPORT"]!;
const { writeFileSync } = fs;
let seen = 0;

/** Counts a moment; true where it is the one. */
function isNow(path: unknown): boolean {
  return typeof path === "string" && roots.some((root) => path.startsWith(root)) && ++seen === target;
}

function die(what: string, path: unknown): void {
  writeFileSync(report, `${what} ${basename(String(path))}`);
  process.kill(process.pid, "SIGKILL");
}

function moment(what: string, path: unknown): void {
  if (isNow(path)) die(what, path);
}

type Method = (this: unknown, ...args: any[]) => any;

/** Puts moments around a method; `half` does the first half of what it would do. */
function watch(
  object: object,
  name: string,
  pathOf: (self: unknown, args: any[]) => unknown,
  half?: (original: Method, self: unknown, args: any[]) => unknown,
): void {
  const methods = object as Record<string, Method>;
  const original = methods[name]!;
  const what = name.replace(/Sync$|^data(?=sync)|^f(?=sync)/g, "");
  const during = (path: unknown): boolean => half !== undefined && isNow(path);
  methods[name] = name.endsWith("Sync")
    ? function (...args) {
        const path = pathOf(this, args);
        moment(`before ${what}`, path);
        if (during(path)) {
          half!(original, this, args);
          die(`halfway through ${what}`, path);
        }
        const result: unknown = original.apply(this, args);
        moment(`after ${what}`, path);
        return result;
      }
    : async function (...args) {
        const path = pathOf(this, args);
        moment(`before ${what}`, path);
        if (during(path)) {
          await half!(original, this, args);
          die(`halfway through ${what}`, path);
        }
        const result: unknown = await original.apply(this, args);
        moment(`after ${what}`, path);
        return result;
      };
}

const first = (_self: unknown, [path]: any[]): unknown => path as unknown;
const second = (_self: unknown, [, path]: any[]): unknown => path as unknown;
const handlePaths = new WeakMap<object, string>();
const ofHandle = (self: unknown): unknown => handlePaths.get(self as object);
const fdPaths = new Map<number, string>();
const ofFd = (_self: unknown, [fd]: any[]): unknown => fdPaths.get(fd as number);

const halfOf = (data: unknown): Buffer => {
  const bytes = Buffer.from(data as string | Uint8Array);
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
};

function watchHandles(prototype: object): void {
  const half = (original: Method, self: unknown, [data]: any[]): unknown =>
    original.call(self, halfOf(data)) as unknown;
  for (const name of ["writeFile", "appendFile"]) watch(prototype, name, ofHandle, half);
  for (const name of ["truncate", "sync", "datasync"]) watch(prototype, name, ofHandle);
}

function watchAll(): void {
  const { open } = fs.promises;
  let watched = false;
  fs.promises.open = async (path, flags = "r", mode) => {
    const writes = flags !== "r";
    if (writes) moment("before open", path);
    const handle = await open(path, flags, mode);
    if (!watched) watchHandles(Object.getPrototypeOf(handle) as object);
    watched = true;
    handlePaths.set(handle, String(path));
    if (writes) moment("after open", path);
    return handle;
  };
  const { openSync } = fs;
  fs.openSync = (path, flags, mode) => {
    if (flags !== "r") moment("before open", path);
    const fd = openSync(path, flags, mode);
    fdPaths.set(fd, String(path));
    if (flags !== "r") moment("after open", path);
    return fd;
  };
  const half = (original: Method, self: unknown, [path, data, options]: any[]): unknown =>
    original.call(self, path, halfOf(data), options) as unknown;
  watch(fs.promises, "writeFile", first, half);
  watch(fs, "writeFileSync", first, half);
  watch(fs, "fsyncSync", ofFd);
  for (const name of ["rename", "link", "copyFile"]) {
    watch(fs.promises, name, second);
    watch(fs, `${name}Sync`, second);
  }
  for (const name of ["rm", "unlink", "mkdir", "truncate"]) {
    watch(fs.promises, name, first);
    watch(fs, `${name}Sync`, first);
  }
}

// The program of the project runs in a process of its own, which is not to be counted.
if (process.argv[1]?.endsWith("trunkline.js")) {
  watchAll();
  process.once("exit", () => writeFileSync(report, String(seen)));
}
