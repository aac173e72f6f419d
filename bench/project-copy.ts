import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** This repository. */
export const root = resolve(__dirname, "..");

const PROGRAM = [
  ...["Pulumi.yaml", "Pulumi.dev.yaml", "index.ts", "components", "artifacts"],
  ...["package.json", "tsconfig.json"],
];

/** Does the work in a temporary copy of this repository's program, with its packages, and removes the copy. */
export async function withProjectCopy(work: (project: string) => Promise<void>): Promise<void> {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-bench-")));
  try {
    for (const name of PROGRAM) cpSync(join(root, name), join(project, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    await work(project);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
