import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AutomationError } from "../errors";

/** The directory of the nearest `Pulumi.yaml`, from a directory upwards. Throws a usage error where there is none. */
export function findProject(from: string): string {
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    if (existsSync(join(directory, "Pulumi.yaml"))) return directory;
    if (directory === dirname(directory)) {
      throw new AutomationError("usage", `no Pulumi.yaml in ${resolve(from)} or above it`, {
        hint: "run trunkline inside a project, or name its directory with --cwd",
      });
    }
  }
}
