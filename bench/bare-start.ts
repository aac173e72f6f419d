import { createRequire } from "node:module";
import { join } from "node:path";
import { runCachedScript } from "../rehearsal/program/cached-script";
import type { barePreview as bare } from "./bare-preview";

/** Runs the bare preview with its compiled code kept, as the CLI's executable runs the CLI. */
const file = join(__dirname, "bare.cjs");
const script = runCachedScript(file, join(__dirname, "bare.cache"), createRequire(file));
process.once("exit", () => script.save());
const { barePreview } = script.exports as { readonly barePreview: typeof bare };
void barePreview(process.argv[2] ?? "", process.env.BENCH_PASSPHRASE ?? "");
