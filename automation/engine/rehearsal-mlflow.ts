import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { CloudError } from "../../rehearsal/cloud/cloud-error";
import { LocalCluster } from "../../rehearsal/cloud/local/local-cluster";
import { shareFolder } from "../../rehearsal/cloud/local/local-paths";
import type { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";
import type { MlflowPorts, MlflowRequest } from "../commands/mlflow-platform";
import { AutomationError } from "../errors";
import { RUN_ANNOTATIONS } from "../mlflow/run-job";
import type { JobCluster } from "../ports/job-cluster";
import type { ProjectShare, SharedFile } from "../ports/project-share";
import { openSimulatedCloud } from "./open-simulated-cloud";
import { rehearsalPaths } from "./rehearsal-paths";

/**
 * The platform of a rehearsal: the share is a folder beside the simulated cloud, and the simulated cluster runs projects
 * as processes of this machine.
 */
export function rehearsalMlflow({ projectDir, facts, note }: MlflowRequest, env: NodeJS.ProcessEnv): MlflowPorts {
  const paths = rehearsalPaths(projectDir);
  const { shareAccount, share, namespace } = facts.projects;
  const cluster = new LocalCluster({
    cloudFile: paths.cloud,
    kubeconfig: facts.cluster.kubeconfig,
    namespace,
    env,
    note,
    withCloud: async <T>(work: (cloud: SimulatedCloud) => Promise<T>) => {
      const lease = await openSimulatedCloud(projectDir, paths);
      try {
        return await work(lease.cloud);
      } finally {
        await lease.close();
      }
    },
  });
  return {
    share: folderShare(shareFolder(paths.cloud, shareAccount, share)),
    cluster: explained(cluster),
    runAddress: (runId) => cluster.runAddress(runId),
  };
}

/** What the simulated cluster refuses, as an error for people. */
function explained(cluster: LocalCluster): JobCluster {
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (cause) {
      if (!(cause instanceof CloudError)) throw cause;
      if (cause.message.endsWith("already exists")) {
        throw new AutomationError("refused", `a run of this name exists already: ${cause.message}`, {
          hint: "give another name, or remove that run first",
          cause,
        });
      }
      throw new AutomationError("refused", cause.message, { errorCode: "mlflow-not-installed", cause });
    }
  };
  return {
    create: (job) => asked(() => cluster.create(job)),
    get: (name) => asked(() => cluster.get(name)),
    list: () => asked(() => cluster.list()),
    pods: (job) => asked(() => cluster.pods(job)),
    events: (job) => asked(() => cluster.events(job)),
    log: (pod, request) => asked(() => cluster.log(pod, request)),
    stop: (name) => asked(() => cluster.stop(name, { [RUN_ANNOTATIONS.stopped]: "true" })),
    remove: (name) => asked(() => cluster.remove(name)),
  };
}

function folderShare(root: string): ProjectShare {
  return {
    place: root,
    list: (folder) => filesBelow(root, folder),
    read: (path) => readFile(join(root, path)).catch(absent),
    async write(path, content) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFileAtomic(join(root, path), content);
      return etagOf(join(root, path));
    },
    remove: (path) => rm(join(root, path), { force: true }),
  };
}

async function filesBelow(root: string, folder: string): Promise<SharedFile[]> {
  const files: SharedFile[] = [];
  for (const entry of (await readdir(join(root, folder), { withFileTypes: true }).catch(absent)) ?? []) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await filesBelow(root, path)));
    else files.push({ path, size: (await stat(join(root, path))).size, etag: await etagOf(join(root, path)) });
  }
  return files;
}

async function etagOf(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
  throw error;
}
