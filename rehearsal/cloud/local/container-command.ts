import { accessSync, constants } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { isMap, type PropertyMap, type PropertyValue } from "../../engine/values/property-value";
import { asText } from "../schema/property-schema";
import { propertyAt, type WorldView } from "../world";
import { shareFolder } from "./local-paths";
import type { LocalCommand } from "./local-process";

/** What a container of MLflow is turned into a process with. */
export interface LocalMachine {
  readonly cloudFile: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where MLflow records runs instead of on the cluster's server. */
  readonly tracking: string;
  /** A folder of this run alone, in the place of the container's scratch space. */
  readonly scratch: string;
}

/** Variable that names the folder of a virtual environment with MLflow. */
export const PYTHON_ENVIRONMENT = "TRUNKLINE_PYTHON_ENV";

/** The `mlflow` of the virtual environment that is configured, else of PATH; undefined where there is none. */
export function findMlflow(env: NodeJS.ProcessEnv): string | undefined {
  const configured = env[PYTHON_ENVIRONMENT];
  const folders = configured ? [join(configured, "bin")] : (env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, "mlflow")).find(isExecutable);
}

/**
 * The process that does what a Job's container does: the same arguments, with mounted volumes replaced by the folders of
 * their shares, and runs recorded on this machine, since no server of the simulated cluster can be reached.
 */
export function containerCommand(
  world: WorldView,
  scope: string,
  job: PropertyMap,
  mlflow: string,
  { cloudFile, env, tracking, scratch }: LocalMachine,
): LocalCommand {
  const pod = propertyAt(job, "spec.template.spec");
  const [container] = elements(isMap(pod) ? pod.containers : undefined);
  const mounts = mountedFolders(world, scope, job, cloudFile);
  const args = elementsOf(container?.args).map((argument) => replaceMount(asText(argument), mounts));
  const own = elements(container?.env).flatMap(({ name, value }): [string, string][] =>
    value === undefined ? [] : [[asText(name), asText(value)]],
  );
  const bin = join(mlflow, "..");
  return {
    command: [mlflow, ...args],
    cwd: scratch,
    env: {
      ...Object.fromEntries(own.filter(([name]) => !name.startsWith("MLFLOW_TRACKING_"))),
      PATH: [bin, env.PATH ?? ""].join(delimiter),
      HOME: scratch,
      TMPDIR: scratch,
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
      MLFLOW_TRACKING_URI: pathToFileURL(tracking).href,
      // Runs are recorded in files, which this version does when it is asked to only.
      MLFLOW_ALLOW_FILE_STORE: "true",
    },
  };
}

/** The folders that a Job's volumes are, by where they are mounted. */
function mountedFolders(world: WorldView, scope: string, job: PropertyMap, cloudFile: string): Map<string, string> {
  const pod = propertyAt(job, "spec.template.spec");
  const [container] = elements(isMap(pod) ? pod.containers : undefined);
  const folders = new Map<string, string>();
  for (const volume of elements(isMap(pod) ? pod.volumes : undefined)) {
    const claim = propertyAt(volume, "persistentVolumeClaim.claimName");
    const mount = elements(container?.volumeMounts).find(({ name }) => name === volume.name);
    if (claim === undefined || mount === undefined) continue;
    const id = `${asText(propertyAt(job, "metadata.namespace") ?? "default")}/${asText(claim)}`;
    const bound = world.get(scope, "kubernetes:core/v1:PersistentVolumeClaim", id);
    const volumeName = bound && propertyAt(bound.inputs, "spec.volumeName");
    const source = world.get(scope, "kubernetes:core/v1:PersistentVolume", asText(volumeName ?? ""));
    const share = source && propertyAt(source.inputs, "spec.csi.volumeAttributes.shareName");
    const handle = source && propertyAt(source.inputs, "spec.csi.volumeHandle");
    if (share === undefined || handle === undefined) continue;
    const account = asText(handle).slice(0, -(asText(share).length + 1));
    folders.set(asText(mount.mountPath), shareFolder(cloudFile, account, asText(share)));
  }
  return folders;
}

function replaceMount(argument: string, mounts: ReadonlyMap<string, string>): string {
  for (const [path, folder] of mounts) {
    if (argument === path || argument.startsWith(`${path}/`)) return join(folder, relative(path, argument));
  }
  return argument;
}

function elementsOf(value: PropertyValue | undefined): PropertyValue[] {
  return Array.isArray(value) ? value : [];
}

function elements(value: PropertyValue | undefined): PropertyMap[] {
  return elementsOf(value).filter(isMap);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
