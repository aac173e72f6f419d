import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeFileDurably } from "../../engine/backend/durable-file";
import type { PropertyMap } from "../../engine/values/property-value";
import { CloudError } from "../cloud-error";
import type { SimulatedCloud } from "../simulated-cloud";
import { containerCommand, findMlflow, PYTHON_ENVIRONMENT } from "./container-command";
import { followFile } from "./follow-file";
import { jobStatus, podOf, type LocalJob, type LocalPod, type StoredJob } from "./local-job";
import { jobsFolder, trackingFolder } from "./local-paths";
import { logFile, processState, removeProcess, startProcess, stopProcess } from "./local-process";
import { clusterOf } from "./sweep-local";

/** Which namespace of which simulated cluster. */
export interface LocalClusterOptions {
  readonly cloudFile: string;
  readonly kubeconfig: string;
  readonly namespace: string;
  /** Opens the simulated cloud for the work, and closes it. */
  readonly withCloud: <T>(work: (cloud: SimulatedCloud) => Promise<T>) => Promise<T>;
  readonly env: NodeJS.ProcessEnv;
  /** Is told where a run is recorded. */
  readonly note: (text: string) => void;
}

const JOB = "kubernetes:batch/v1:Job";

/**
 * A namespace of a simulated cluster. What it needs of the cluster is checked as for any other Job: service account, claim,
 * secret, image. Then `mlflow run` is started as a process of this machine, with the share's folder in the place of the
 * mounted volume.
 */
export class LocalCluster {
  private readonly folder: string;
  private readonly host: string;

  constructor(private readonly options: LocalClusterOptions) {
    const { cloudFile, kubeconfig, namespace } = options;
    const [cluster] = (JSON.parse(kubeconfig) as { clusters: { cluster: { server: string } }[] }).clusters;
    this.host = clusterOf(`kubernetes:${cluster?.cluster.server}`);
    this.folder = jobsFolder(cloudFile, this.host, namespace);
  }

  /** Throws CloudError, and creates nothing, where the name is taken or MLflow is not installed. */
  async create(job: LocalJob): Promise<void> {
    const { env, note, cloudFile, withCloud } = this.options;
    const mlflow = findMlflow(env);
    if (mlflow === undefined) {
      throw new CloudError(
        `the simulated cluster runs a project with the mlflow of this machine, and there is none on PATH: ` +
          `activate an environment that has it, or name its folder in ${PYTHON_ENVIRONMENT}`,
      );
    }
    const folder = this.of(job.metadata.name);
    await mkdir(this.folder, { recursive: true });
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      throw new CloudError(`jobs.batch "${job.metadata.name}" already exists`);
    });
    const stored: StoredJob = { job, createdAt: new Date().toISOString() };
    const [scratch, tracking] = [join(folder, "scratch"), trackingFolder(cloudFile, this.host)];
    const write = (content: StoredJob) => writeFileDurably(join(folder, "job.json"), JSON.stringify(content));
    try {
      await mkdir(scratch);
      const fault = await withCloud(async (cloud) => {
        const refusal = await this.register(cloud, job);
        if (refusal !== undefined) return refusal;
        await write(stored);
        const { world } = cloud;
        const machine = { cloudFile, env, tracking, scratch };
        const command = containerCommand(world, this.scope, job as unknown as PropertyMap, mlflow, machine);
        await startProcess(folder, command);
        return undefined;
      });
      if (fault !== undefined) return await write({ ...stored, fault });
    } catch (error) {
      await removeProcess(folder);
      throw error;
    }
    note(`the simulated cluster runs it as a process of this machine, with ${mlflow}`);
    // Without the variable this version takes no folder.
    note(
      `see all runs with: MLFLOW_ALLOW_FILE_STORE=true ${mlflow} ui --backend-store-uri ${JSON.stringify(tracking)}`,
    );
  }

  async get(name: string): Promise<LocalJob | undefined> {
    const stored = await this.stored(name);
    return stored && { ...stored.job, ...(await this.told(name, stored)) };
  }

  async list(): Promise<readonly LocalJob[]> {
    const names = await readdir(this.folder).catch(() => []);
    const jobs = await Promise.all(names.sort().map((name) => this.get(name)));
    return jobs.filter((job) => job !== undefined);
  }

  async pods(name: string): Promise<readonly LocalPod[]> {
    const stored = await this.stored(name);
    return stored === undefined ? [] : podOf(stored, await processState(this.of(name)));
  }

  async events(name: string): Promise<readonly { type: string; reason: string; message: string }[]> {
    const { fault } = (await this.stored(name)) ?? {};
    return fault === undefined ? [] : [{ type: "Warning", ...fault }];
  }

  /** Reads the log of a pod, which is named after its Job. */
  async log(pod: string, request: { follow: boolean; signal: AbortSignal; onLine: (line: string) => void }) {
    const folder = this.of(pod);
    const ended = async () => (await processState(folder))?.kind !== "running";
    await followFile(logFile(folder), { ...request, ended: request.follow ? ended : async () => true });
  }

  /** The folder, as an address, in which MLflow has recorded a run; undefined where it has not. */
  async runAddress(runId: string): Promise<string | undefined> {
    const tracking = trackingFolder(this.options.cloudFile, this.host);
    const experiments = await readdir(tracking).catch(() => []);
    const folder = experiments.map((experiment) => join(tracking, experiment, runId)).find((path) => existsSync(path));
    return folder && pathToFileURL(folder).href;
  }

  /** Ends the process of a Job, and writes annotations on the Job. */
  async stop(name: string, annotations: Readonly<Record<string, string>>): Promise<void> {
    const stored = await this.stored(name);
    if (stored === undefined) return;
    await writeFileDurably(join(this.of(name), "job.json"), JSON.stringify({ ...stored, stopped: annotations }));
    await stopProcess(this.of(name));
  }

  async remove(name: string): Promise<void> {
    const { namespace, withCloud } = this.options;
    await withCloud(async (cloud) => {
      const id = `${namespace}/${name}`;
      if (cloud.world.get(this.scope, JOB, id)) await cloud.commit({ remove: [{ scope: this.scope, type: JOB, id }] });
    });
    await removeProcess(this.of(name));
    await rm(this.of(name), { recursive: true, force: true });
  }

  private get scope(): string {
    const [cluster] = (JSON.parse(this.options.kubeconfig) as { clusters: { cluster: { server: string } }[] }).clusters;
    return `kubernetes:${cluster?.cluster.server}`;
  }

  /** Creates the Job in the simulated cloud; answers why its pod would never start, where it would not. */
  private async register(cloud: SimulatedCloud, job: LocalJob): Promise<StoredJob["fault"]> {
    const provider = cloud.providers("kubernetes");
    if (provider === undefined) throw new CloudError("the simulated cloud has no Kubernetes");
    await provider.configure({ kubeconfig: this.options.kubeconfig });
    const { name } = job.metadata;
    const { status: _never, ...inputs } = job;
    try {
      await provider.create({
        ...{ urn: "", type: JOB, name, preview: false, timeoutSeconds: 0 },
        inputs: inputs as unknown as PropertyMap,
      });
      return undefined;
    } catch (error) {
      const [, reason, message] =
        /failed to fully initialize or become live: (\w+): (.*)$/s.exec((error as Error).message) ?? [];
      if (reason !== undefined && message !== undefined) return { reason, message };
      throw error;
    }
  }

  private async told(name: string, stored: StoredJob): Promise<Pick<LocalJob, "metadata" | "status">> {
    return jobStatus(stored, await processState(this.of(name)));
  }

  /** A Job that ended longer ago than it says is removed, as the cluster would. */
  private async stored(name: string): Promise<StoredJob | undefined> {
    const text = await readFile(join(this.of(name), "job.json"), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    const stored = JSON.parse(text) as StoredJob;
    const state = await processState(this.of(name));
    const seconds = Number(stored.job.spec.ttlSecondsAfterFinished ?? Infinity);
    if (state?.kind !== "ended" || Date.parse(state.endedAt) + seconds * 1000 > Date.now()) return stored;
    await this.remove(name);
    return undefined;
  }

  private of(name: string): string {
    return join(this.folder, name);
  }
}
