import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { isObject, secretParts, withSecrets, type PlainObject } from "./property-values";

/** An update plan as the engine saves it, with what it says of each resource's inputs in clear. */
export class UpdatePlan {
  private constructor(
    /** As the engine wrote them, by URN. */
    readonly resources: PlainObject,
    private readonly opened: ReadonlyMap<string, string>,
  ) {}

  /** Reads a plan; its secrets are decrypted by the engine, with the stack's own secrets provider. */
  static async open(text: string, stack: Stack): Promise<UpdatePlan> {
    const plan: unknown = JSON.parse(text);
    const resources = isObject(plan) && isObject(plan["resourcePlans"]) ? plan["resourcePlans"] : {};
    const ciphertexts = new Set<string>();
    collect(resources, ciphertexts);
    return new UpdatePlan(resources, await decrypted([...ciphertexts], stack));
  }

  /** Every secret of the plan, in clear. */
  get secrets(): unknown[] {
    return [...this.opened.values()].map((text) => JSON.parse(text) as unknown);
  }

  /** The inputs that a resource is going to have, secrets marked, from those that it has. */
  inputsOf(urn: string, old: PlainObject): PlainObject {
    const resource = this.resources[urn];
    const goal = isObject(resource) ? resource["goal"] : undefined;
    const diff = isObject(goal) ? goal["inputDiff"] : undefined;
    const { adds, updates, deletes } = (isObject(diff) ? diff : {}) as {
      adds?: PlainObject;
      updates?: PlainObject;
      deletes?: readonly string[];
    };
    const kept = Object.entries(old).filter(([key]) => !deletes?.includes(key));
    const open = (properties: PlainObject | undefined) =>
      withSecrets(properties ?? {}, ({ ciphertext }) => this.opened.get(ciphertext ?? "")) as PlainObject;
    return { ...Object.fromEntries(kept), ...open(adds), ...open(updates) };
  }
}

function collect(value: unknown, found: Set<string>): void {
  const ciphertext = secretParts(value)?.ciphertext;
  if (ciphertext !== undefined) found.add(ciphertext);
  else if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isObject(value)) for (const inner of Object.values(value)) collect(inner, found);
}

/**
 * Has the engine decrypt texts of a stack's secrets provider. They are handed over as the configuration of a project beside
 * it, which has the same stack and its key: only ciphertexts touch the disk, and nothing a command line.
 */
async function decrypted(ciphertexts: readonly string[], stack: Stack): Promise<Map<string, string>> {
  if (ciphertexts.length === 0) return new Map();
  const { workDir, pulumiHome, pulumiCommand, envVars } = stack.workspace;
  const directory = await mkdtemp(join(tmpdir(), "trunkline-plan-"));
  try {
    const project = parse(await readFile(join(workDir, "Pulumi.yaml"), "utf8")) as ProjectSettings;
    const { name, backend } = project;
    const settingsName = `Pulumi.${stack.name}.yaml`;
    const settings = await readFile(join(workDir, settingsName), "utf8").catch(() => "{}");
    const { config: _, environment: __, ...key } = (parse(settings) ?? {}) as Record<string, unknown>;
    const config = Object.fromEntries(ciphertexts.map((secure, index) => [`${name}:s${index}`, { secure }]));
    const url = backend?.url && { backend: { url: absoluteUrl(backend.url, workDir) } };
    await writeFile(join(directory, "Pulumi.yaml"), stringify({ name, runtime: "nodejs", ...url }));
    await writeFile(join(directory, settingsName), stringify({ ...key, config }), { mode: 0o600 });
    const workspace = await LocalWorkspace.create({ workDir: directory, pulumiHome, pulumiCommand, envVars });
    const values = await workspace.getAllConfig(stack.name);
    return new Map(ciphertexts.map((text, index) => [text, values[`${name}:s${index}`]?.value ?? "null"]));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface ProjectSettings {
  readonly name: string;
  readonly backend?: { readonly url?: string };
}

/** A backend's folder may be told from the project's. */
function absoluteUrl(url: string, workDir: string): string {
  const [, path] = /^file:\/\/(\.{1,2}(?:\/.*)?)$/.exec(url) ?? [];
  return path === undefined ? url : pathToFileURL(resolve(workDir, path)).href;
}
