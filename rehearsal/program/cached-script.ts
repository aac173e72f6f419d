import { readFileSync } from "node:fs";
import Module from "node:module";
import { dirname } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { replaceFile } from "./replace-file";

type RequireFunction = (id: string) => unknown;
type ModuleWrapper = (
  exports: unknown,
  require: RequireFunction,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

/** A CommonJS file that was run, and the way to keep what V8 compiled of it. */
export interface CachedScript {
  readonly exports: unknown;
  /** Writes the compiled code for the next run, where none fitting was found; call it once the work is done. */
  save(): void;
}

/**
 * Runs a CommonJS file with V8's compiled code of an earlier run, which spares most of the time to parse and compile it.
 * Code of another Node version or of other V8 flags is not used. `cacheFile` names where the code is kept, without its
 * ending, and must be another one for another content: V8 itself compares only lengths. A place that cannot be read or
 * written is as good as none. The file cannot
 * `import()`.
 */
export function runCachedScript(
  file: string,
  cacheFile: string,
  require: RequireFunction,
  nameInStacks = file,
): CachedScript {
  // One file a V8 version and set of flags, so that two Nodes do not replace each other's.
  const cache = `${cacheFile}.${process.arch}-${cachedDataVersionTag().toString(16)}.v8`;
  const script = new Script(Module.wrap(readFileSync(file, "latin1")), {
    filename: nameInStacks,
    cachedData: readIfThere(cache),
  });
  const module = { exports: {} as unknown };
  (script.runInThisContext() as ModuleWrapper)(module.exports, require, module, file, dirname(file));
  const save = () => {
    if (script.cachedDataRejected === false) return;
    try {
      replaceFile(cache, script.createCachedData());
    } catch {
      // The next run compiles again.
    }
  };
  return { exports: module.exports, save };
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
