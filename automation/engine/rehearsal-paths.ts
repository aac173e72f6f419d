import { join, relative } from "node:path";
import { workspaceRoot } from "../workspace/workspace-root";

/** The files of a project's rehearsal; all lie in `.trunkline` at the root of its workspace, which git ignores. */
export interface RehearsalPaths {
  readonly root: string;
  /** Where everything lies, with what has git ignore it. */
  readonly folder: string;
  /** The state, in the layout of the CLI's `file://` backend. */
  readonly state: string;
  /** The simulated cloud. */
  readonly cloud: string;
  /** The passphrase of the state's secrets, readable by its owner only. */
  readonly passphrase: string;
  /** The project's copies of `Pulumi.yaml` and `Pulumi.<env>.yaml`, so that the salt of the rehearsal stays out of the project's own. */
  readonly project: string;
  /** What the engine remembers, such as the selected stack. */
  readonly home: string;
  /** Bundles of the program. */
  readonly cache: string;
}

/**
 * The files of the rehearsal of a project. The projects of one workspace share state, cloud and passphrase, so that a
 * stack reference finds the other's outputs.
 */
export function rehearsalPaths(projectDir: string): RehearsalPaths {
  const workspace = workspaceRoot(projectDir);
  const folder = join(workspace, ".trunkline");
  const root = join(folder, "rehearsal");
  const path = relative(workspace, projectDir);
  return {
    root,
    folder,
    state: join(root, "state"),
    cloud: join(root, "cloud.json"),
    passphrase: join(root, "passphrase"),
    project: path === "" ? join(root, "project") : join(root, "projects", path),
    home: join(root, "home"),
    cache: join(folder, "cache"),
  };
}
