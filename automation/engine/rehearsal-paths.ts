import { join } from "node:path";

/** The files of a project's rehearsal; all lie in `.trunkline`, which git ignores. */
export interface RehearsalPaths {
  readonly root: string;
  /** The state, in the layout of the CLI's `file://` backend. */
  readonly state: string;
  /** The simulated cloud. */
  readonly cloud: string;
  /** The passphrase of the state's secrets, readable by its owner only. */
  readonly passphrase: string;
  /** Copies of `Pulumi.yaml` and `Pulumi.<env>.yaml`, so that the salt of the rehearsal stays out of the project's own. */
  readonly project: string;
  /** What the engine remembers, such as the selected stack. */
  readonly home: string;
  /** Bundles of the program. */
  readonly cache: string;
}

/** The files of the rehearsal of a project. */
export function rehearsalPaths(projectDir: string): RehearsalPaths {
  const root = join(projectDir, ".trunkline", "rehearsal");
  return {
    root,
    state: join(root, "state"),
    cloud: join(root, "cloud.json"),
    passphrase: join(root, "passphrase"),
    project: join(root, "project"),
    home: join(root, "home"),
    cache: join(projectDir, ".trunkline", "cache"),
  };
}
