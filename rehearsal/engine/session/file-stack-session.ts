import { readCheckpoint, writeCheckpoint } from "../backend/checkpoint";
import { integrityFault } from "../backend/deployment-integrity";
import { addBackup, addHistory } from "../backend/history";
import { sealChanges } from "./seal-changes";
import type { ChangeStart, StateChange } from "../backend/state-change";
import { StateJournal } from "../backend/state-journal";
import { lockStack, type StackLock } from "../backend/stack-lock";
import { parseStackReference, type StackReference } from "../backend/stack-reference";
import { EngineError } from "../engine-error";
import { DeploymentSecrets } from "../secrets/deployment-secrets";
import type { PassphraseSecretsManager } from "../secrets/passphrase-secrets-manager";
import { configValue, revealWith } from "../settings/config-value";
import { checkProjectConfig, withProjectConfig } from "../settings/project-config";
import type { StackConfigFile } from "../settings/stack-config-file";
import type { DeploymentFile } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";
import type { CommandContext } from "./command-context";
import type { Workspace } from "./open-stack-session";
import type { ConfigValue, StackSession, UpdateRecord } from "./stack-session";

/** A stack of a `file://` backend, opened by `openStackSession`. */
export class FileStackSession implements StackSession {
  readonly project: StackSession["project"];
  readonly stackName: string;
  readonly qualifiedName: string;
  private readonly deploymentSecrets: DeploymentSecrets;
  private features: readonly string[] = [];
  private digest = "";
  private foreignSecrets = false;
  private journal: StateJournal | undefined;

  constructor(
    private readonly context: CommandContext,
    readonly workspace: Workspace,
    readonly stack: StackReference,
    readonly configFile: StackConfigFile,
    readonly secrets: PassphraseSecretsManager,
  ) {
    const { name, root, main, runtime, nodeArgs } = workspace.project;
    this.project = { name, root, main, runtime, nodeArgs };
    this.stackName = stack.name;
    this.qualifiedName = stack.qualifiedName;
    this.deploymentSecrets = new DeploymentSecrets(secrets, context);
  }

  async config(): Promise<ReadonlyMap<string, ConfigValue>> {
    const { project } = this.workspace;
    const stored = withProjectConfig(project, this.stackName, this.configFile.values());
    const values = new Map<string, ConfigValue>();
    for (const [key, value] of stored) values.set(key, await configValue(value, revealWith(this.secrets)));
    checkProjectConfig(project, this.stackName, values);
    return values;
  }

  async load(): Promise<DeploymentFile | undefined> {
    const checkpoint = await readCheckpoint(this.workspace.directory, this.stack);
    this.digest = checkpoint?.digest ?? "";
    if (!checkpoint?.latest) return undefined;
    this.features = checkpoint.features;
    const salt = checkpoint.latest.secrets_providers?.state?.salt;
    this.foreignSecrets = salt !== undefined && salt !== this.secrets.salt;
    const fault = integrityFault(checkpoint.latest);
    if (fault) {
      const file = this.workspace.directory.stackFile(this.stack);
      throw new EngineError(
        `snapshot integrity failure; refusing to use it: ${fault}; the checkpoint is ${file}, the one before it ${file}.bak: ` +
          "repair it with `pulumi stack export` and `pulumi stack import --force`",
      );
    }
    return await this.deploymentSecrets.open(checkpoint.latest);
  }

  async save(deployment: DeploymentFile): Promise<void> {
    const { directory } = this.workspace;
    const sealed = await this.deploymentSecrets.seal(deployment);
    const announce = (folded: string) => this.journal?.append([{ folded }]) ?? Promise.resolve();
    this.digest = await writeCheckpoint(directory, this.stack, sealed, this.features, announce);
    await this.journal?.remove();
    this.journal = undefined;
    this.foreignSecrets = false;
    // As the CLI does it: what happened in the cloud is on disk first, then the fault is told.
    const fault = integrityFault(deployment);
    if (fault) {
      const file = directory.stackFile(this.stack);
      throw new EngineError(
        `${file}: snapshot integrity failure; it was already written, but is invalid (backup available at ${file}.bak): ${fault}`,
      );
    }
  }

  get needsSave(): boolean {
    return this.foreignSecrets;
  }

  async append(start: ChangeStart, changes: readonly StateChange[]): Promise<void> {
    const sealed = await sealChanges(this.deploymentSecrets, changes);
    if (this.journal) return await this.journal.append(sealed);
    const { state: secretsProvider } = this.secrets;
    const journal = await StateJournal.create(this.workspace.directory.stackFile(this.stack));
    try {
      await journal.append([{ journal: 1, checkpoint: this.digest, ...start, secretsProvider }, ...sealed]);
    } catch (fault) {
      await journal.remove();
      throw fault;
    }
    this.journal = journal;
  }

  async lock(): Promise<StackLock> {
    const lock = await lockStack(this.workspace.directory, this.stack, (message) =>
      this.context.err(`warning: ${message}\n`),
    );
    return {
      release: async () => {
        // One that could not be folded in stays for whoever takes the lock next.
        await this.journal?.close();
        this.journal = undefined;
        await lock.release();
      },
    };
  }

  async record(update: Omit<UpdateRecord, "config">): Promise<void> {
    const { directory } = this.workspace;
    const { kind, startTime, message, environment, result, endTime, resourceChanges } = update;
    const config = Object.fromEntries(
      withProjectConfig(this.workspace.project, this.stackName, this.configFile.values()),
    );
    const entry = { version: 0, kind, startTime, message, environment, config, result, endTime, resourceChanges };
    await addHistory(directory, this.stack, entry);
    if (!isTruthy(this.context.env["PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS"]))
      await addBackup(directory, this.stack);
  }

  async outputsOf(stackReference: string): Promise<PropertyMap | undefined> {
    const other = parseStackReference(stackReference, this.project.name);
    const checkpoint = await readCheckpoint(this.workspace.directory, other);
    if (!checkpoint) return undefined;
    const root = checkpoint.latest?.resources?.find(({ type, parent }) => type === "pulumi:pulumi:Stack" && !parent);
    if (!checkpoint.latest || !root?.outputs) return {};
    const opened = await this.deploymentSecrets.open({
      ...checkpoint.latest,
      resources: [root],
      pending_operations: [],
    });
    return opened.resources?.[0]?.outputs ?? {};
  }
}

function isTruthy(text: string | undefined): boolean {
  return text === "1" || text?.toLowerCase() === "true";
}
