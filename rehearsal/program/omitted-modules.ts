import { join, sep } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Modules that the Pulumi SDK loads, or would bring into a bundle, for work that a rehearsal does not do; with what
 * needs them. The TypeScript compiler alone is 9 MB of the 15 MB that the SDK loads.
 */
const OMITTED: Readonly<Record<string, string>> = {
  typescript: "serialising functions (dynamic providers, callback functions)",
  "ts-node": "running TypeScript through ts-node",
  "@npmcli/arborist": "serialising functions (dynamic providers, callback functions)",
  "@opentelemetry/exporter-trace-otlp-grpc": "sending traces",
  "@opentelemetry/instrumentation-grpc": "sending traces",
};

/** Modules of the SDK itself that are left out likewise. */
const OMITTED_SDK_FILES: Readonly<Record<string, string>> = {
  [join("@pulumi", "pulumi", "typescript-shim.js")]: "serialising functions (dynamic providers, callback functions)",
};

/** The module of the SDK that attaches an inspector to the process, and its work for a program that serialises nothing. */
const V8_HOOKS = join("@pulumi", "pulumi", "runtime", "closure", "v8Hooks.js");
const V8_HOOKS_WITHOUT_INSPECTOR = "exports.isInitializedAsync = async () => {};";

/** Leaves out of a bundle what the SDK needs only to serialise functions and to send traces: using it throws. */
export const omittedModules: Plugin = {
  name: "omitted-modules",
  setup(build) {
    const names = new RegExp(`^(${Object.keys(OMITTED).join("|")})$`);
    build.onResolve({ filter: names }, ({ path }) => ({ path, namespace: "omitted" }));
    build.onLoad({ filter: /.*/, namespace: "omitted" }, ({ path }) => ({ contents: throwing(path, OMITTED[path]) }));
    build.onLoad({ filter: /[\\/]@pulumi[\\/]pulumi[\\/](typescript-shim|.*v8Hooks)\.js$/ }, ({ path }) => {
      const file = path.slice(path.lastIndexOf(`node_modules${sep}`) + `node_modules${sep}`.length);
      if (file === V8_HOOKS) return { contents: V8_HOOKS_WITHOUT_INSPECTOR };
      const purpose = OMITTED_SDK_FILES[file];
      return purpose === undefined ? undefined : { contents: throwing("typescript", purpose) };
    });
  },
};

/** A module whose every property throws; `__esModule` keeps transpiled importers from copying it. */
function throwing(name: string, purpose = ""): string {
  const message = `${purpose} needs the module ${name}, which a bundled program leaves out`;
  return `module.exports = new Proxy({}, { get(_, key) {
    if (key === "__esModule") return true;
    throw new Error(${JSON.stringify(message)});
  } });`;
}
