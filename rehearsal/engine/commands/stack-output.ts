import { readCheckpoint } from "../backend/checkpoint";
import { EngineError } from "../engine-error";
import { DeploymentSecrets } from "../secrets/deployment-secrets";
import type { CommandContext } from "../session/command-context";
import { loadStackConfig, openWorkspace, requireStack, stackSecrets } from "../session/open-stack-session";
import { BLINDED } from "../settings/config-value";
import { isMap, signatureOf, SIGNATURES, type PropertyMap, type PropertyValue } from "../values/property-value";
import { containsSecrets } from "../values/secret-value";
import { jsonOutput, sortedKeys } from "./json-output";
import { textTable } from "./text-table";

export interface StackOutputOptions {
  readonly stack?: string;
  readonly json: boolean;
  /** Secrets in clear, else as `[secret]`. */
  readonly showSecrets: boolean;
  /** The one output to print. @default all */
  readonly property?: string;
}

/** `stack output`: prints the outputs of a stack. Throws EngineError for an output that there is not. */
export async function stackOutput(context: CommandContext, options: StackOutputOptions): Promise<void> {
  const stored = await storedOutputs(context, options);
  const outputs = sortedKeys(
    Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, shown(value, options.showSecrets)])),
  );
  const { property } = options;
  if (property === undefined) {
    context.out(options.json ? jsonOutput(outputs) : listing(outputs));
    return;
  }
  if (!Object.hasOwn(outputs, property)) {
    throw new EngineError(`current stack does not have output property '${property}'`);
  }
  const value = outputs[property] ?? null;
  context.out(options.json ? jsonOutput(value) : `${asText(value)}\n`);
}

async function storedOutputs(context: CommandContext, options: StackOutputOptions): Promise<PropertyMap> {
  const workspace = await openWorkspace(context);
  const { directory } = workspace;
  const stack = await requireStack(context, workspace, options.stack);
  const latest = (await readCheckpoint(directory, stack))?.latest;
  const root = latest?.resources?.find(({ type, parent }) => type === "pulumi:pulumi:Stack" && !parent);
  const outputs = root?.outputs ?? {};
  // The key takes a third of a second to derive: only where a secret is to be shown.
  if (!latest || !root || !options.showSecrets || !containsSecrets(outputs)) return outputs;
  const config = await loadStackConfig(context, workspace, stack);
  const secrets = new DeploymentSecrets(await stackSecrets(context, directory, stack, config), context);
  const opened = await secrets.open({ ...latest, resources: [root], pending_operations: [] });
  return opened.resources?.[0]?.outputs ?? {};
}

function shown(value: PropertyValue, showSecrets: boolean): PropertyValue {
  if (Array.isArray(value)) return value.map((element) => shown(element, showSecrets));
  if (!isMap(value)) return value;
  if (signatureOf(value) === SIGNATURES.secret) return showSecrets ? shown(value["value"] ?? null, true) : BLINDED;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, shown(element, showSecrets)]));
}

function listing(outputs: Readonly<Record<string, PropertyValue>>): string {
  const names = Object.keys(outputs);
  if (names.length === 0) return "Current stack outputs (0):\n    No output values currently in this stack\n";
  const table = textTable(
    ["OUTPUT", "VALUE"],
    names.map((name) => [name, asText(outputs[name] ?? null)]),
  );
  return `Current stack outputs (${names.length}):\n${table.replace(/^(?=.)/gm, "    ")}`;
}

function asText(value: PropertyValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
