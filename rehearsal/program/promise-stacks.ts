import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { NO_SOURCE_MAP } from "./module-location";

/** The module of the SDK that keeps a stack trace of each promise. */
const DEBUGGABLE = /[\\/]@pulumi[\\/]pulumi[\\/]runtime[\\/]debuggable\.js$/;

/** How it takes the trace, and the same only where leaks are to be shown with their traces. */
const ALWAYS = "value: new Error().stack";
const WHEN_SHOWN = "value: exports.debugPromiseLeaks ? new Error().stack : undefined";

/**
 * Has the SDK take promises' stack traces only where it would print them, with `PULUMI_DEBUG_PROMISE_LEAKS`: mapping
 * each to the sources is about a third of a program's time. An SDK that takes them otherwise is bundled as it is.
 */
export const promiseStacks: Plugin = {
  name: "promise-stacks",
  setup(build) {
    build.onLoad({ filter: DEBUGGABLE, namespace: "file" }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: source.replace(ALWAYS, WHEN_SHOWN) + NO_SOURCE_MAP, loader: "js" };
    });
  },
};
