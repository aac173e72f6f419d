import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import type { Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import { GUARD_VARIABLE, type GuardAddress, type GuardAnswer } from "./guard-program";

/** Decides about a program that waits to go on. What it throws stops the program, and is thrown where `during` is awaited. */
export type GuardDecider = () => Promise<GuardAnswer>;

/** What became of the programs of one operation. */
export interface GuardedRun<T> {
  readonly result: T;
  /** How many programs asked. */
  readonly asked: number;
  /** A program was stopped because it registered nothing. */
  readonly emptied: boolean;
}

/**
 * Carries an operation of a stack out while its program is held until `decide` lets it go on. The program's process loads
 * the guard by NODE_OPTIONS, whichever engine starts it, before any of the program's own code.
 */
export async function guarded<T>(
  stack: Stack,
  decide: GuardDecider,
  operation: () => Promise<T>,
): Promise<GuardedRun<T>> {
  const directory = await mkdtemp(join(tmpdir(), "trunkline-guard-"));
  const socket =
    process.platform === "win32" ? `\\\\.\\pipe\\${directory.replaceAll("\\", "-")}` : join(directory, "s");
  const emptied = join(directory, "emptied");
  let asked = 0;
  let fault: { readonly thrown: unknown } | undefined;
  const answer = async (client: Socket) => {
    asked++;
    try {
      client.end(JSON.stringify(await decide()));
    } catch (thrown) {
      fault ??= { thrown };
      client.end(JSON.stringify({ go: false, mayBeEmpty: false } satisfies GuardAnswer));
    }
  };
  const server = createServer((client) => {
    // A program that was killed while it waited is the engine's to tell of.
    client.on("error", () => undefined);
    void answer(client);
  });
  const { envVars } = stack.workspace;
  const before = { ...envVars };
  try {
    await writeFile(join(directory, "guard.cjs"), guardCode());
    const entry = join(directory, "guard.mjs");
    await writeFile(entry, 'import guard from "./guard.cjs";\nawait guard.guardProgram();\n');
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
    const option = `--import ${pathToFileURL(entry).href}`;
    const address: GuardAddress = { socket, emptied, option };
    const inherited = envVars["NODE_OPTIONS"] ?? process.env.NODE_OPTIONS;
    envVars["NODE_OPTIONS"] = [inherited, option].filter(Boolean).join(" ");
    envVars[GUARD_VARIABLE] = JSON.stringify(address);
    const result = await operation();
    if (fault) throw fault.thrown;
    return { result, asked, emptied: existsSync(emptied) };
  } finally {
    for (const name of ["NODE_OPTIONS", GUARD_VARIABLE]) delete envVars[name];
    Object.assign(envVars, before);
    server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The guard's code as one CommonJS file, wherever this package runs from: source or build. */
function guardCode(): Uint8Array {
  const source = ["guard-program.js", "guard-program.ts"].map((name) => join(__dirname, name)).find(existsSync);
  if (source === undefined) {
    throw new AutomationError("fault", `this installation is incomplete: guard-program.js is not in ${__dirname}`, {
      hint: "install trunkline again",
    });
  }
  const { outputFiles } = buildSync({
    entryPoints: [source],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild gave no output for ${source}`);
  return file.contents;
}
