import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { stringify } from "yaml";
import { AutomationError } from "../errors";
import { clusterAccess, type ClusterAccess } from "../ports/kubeconfig";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { workspaceRoot } from "../workspace/workspace-root";
import { platformFacts } from "./mlflow-platform";
import type { VerbDeps, VerbOptions } from "./verb";

export interface KubeconfigOptions extends VerbOptions {
  /** The file. @default `.trunkline/kubeconfig-<environment>` of the workspace, which git ignores */
  readonly file?: string;
  /** Replace a file with another content. */
  readonly force: boolean;
  /** Log in at the cluster first, and write nothing where that fails. */
  readonly check: boolean;
}

/** What the verb works with besides the state. */
export interface KubeconfigDeps extends VerbDeps {
  /** Asks the cluster for its version, as the user of the kubeconfig. */
  readonly serverVersion: (access: ClusterAccess) => Promise<string>;
}

/** Which file leads to the cluster now. */
export interface KubeconfigResult {
  readonly kind: "written" | "unchanged";
  readonly environment: EnvironmentName;
  readonly path: string;
  /** Name of the cluster, its context and its user. */
  readonly cluster: string;
  /** The program that logs in, which has to be on PATH. */
  readonly login: string;
  /** Version of the cluster, where it was asked. */
  readonly version?: string;
}

/**
 * Writes the kubeconfig of an environment's cluster to a file of its own, readable by its owner only. It holds no
 * credential. Nothing is merged: a file with another content is refused unless that is asked for.
 */
export async function kubeconfig(deps: KubeconfigDeps, options: KubeconfigOptions): Promise<KubeconfigResult> {
  const { environment, facts, projectDir } = await platformFacts(deps, options, { readOnly: true });
  const access = clusterAccess(facts.cluster.kubeconfig);
  if (options.check && options.target === "rehearsal") {
    throw new AutomationError("usage", "the cluster of a rehearsal cannot be asked: it is simulated", {
      hint: "leave out --check",
    });
  }
  const version = options.check ? await deps.serverVersion(access) : undefined;
  const path =
    options.file === undefined
      ? join(workspaceRoot(projectDir), ".trunkline", `kubeconfig-${environment}`)
      : resolve(options.cwd, options.file);
  const kind = await write(path, stringify(JSON.parse(facts.cluster.kubeconfig), { lineWidth: 0 }), options.force);
  return {
    kind,
    environment,
    path,
    cluster: access.name,
    login: access.exec.command,
    ...(version !== undefined && { version }),
  };
}

async function write(path: string, text: string, force: boolean): Promise<KubeconfigResult["kind"]> {
  try {
    const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (before === text) {
      await chmod(path, 0o600);
      return "unchanged";
    }
    if (before !== undefined && !force) {
      throw new AutomationError("refused", `${path} exists with another content`, {
        hint: "name another file with --file, or replace it with --force; nothing is merged",
      });
    }
    await mkdir(dirname(path), { recursive: true });
    if (basename(dirname(path)) === ".trunkline") await ignore(dirname(path));
    await writeFileAtomic(path, text, { mode: 0o600 });
    return "written";
  } catch (cause) {
    if (cause instanceof AutomationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("fault", `${path} cannot be written: ${reason}`, {
      hint: "name a file in a directory that is writable",
      cause,
    });
  }
}

/** The folder is nothing that a repository should hold. */
async function ignore(folder: string): Promise<void> {
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}
