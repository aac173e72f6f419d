import { plainGoal } from "../deployment/goal";
import { denyDefaultProvider, formatProviderReference } from "../deployment/provider-reference";
import type { RegisterResult } from "../deployment/source-event";
import { providerType } from "../deployment/urn";
import type { ConfigValue } from "../session/stack-session";
import type { PropertyMap } from "../values/property-value";
import { makeSecret } from "../values/secret-value";
import type { ProgramSource } from "./program-source";

/** Makes the providers that resources use which name none: one for each package and version that is asked for. */
export class DefaultProviders {
  private readonly references = new Map<string, Promise<string>>();

  constructor(
    private readonly source: ProgramSource,
    private readonly config: ReadonlyMap<string, ConfigValue>,
    /** The newest version of each package in the state: it goes on where nobody asks for one. */
    private readonly versions: ReadonlyMap<string, string>,
  ) {}

  /** The reference of the package's default provider, registered at the first call. */
  reference(packageName: string, requested: string, downloadUrl: string): Promise<string> {
    const version = requested || this.version(packageName);
    const key = JSON.stringify([packageName, version, downloadUrl]);
    let reference = this.references.get(key);
    if (!reference) this.references.set(key, (reference = this.register(packageName, version, downloadUrl)));
    return reference;
  }

  /** The version that a provider of the package has where nobody asks for one; empty for any. */
  version(packageName: string): string {
    return this.versions.get(packageName) ?? "";
  }

  private async register(packageName: string, version: string, downloadUrl: string): Promise<string> {
    if (this.isDenied(packageName)) return formatProviderReference(denyDefaultProvider(packageName));
    const inputs = packageConfig(this.config, packageName);
    if (version) inputs.version = version;
    if (version || downloadUrl) inputs.__internal = downloadUrl ? { pluginDownloadURL: downloadUrl } : {};
    const goal = plainGoal(providerType(packageName), defaultName(version, downloadUrl), inputs);
    const { state, result } = await this.source.ask<RegisterResult>((done) => ({ kind: "register", goal, done }));
    if (result !== "success") throw new Error(`default provider for package '${packageName}' was not registered`);
    return formatProviderReference({ urn: state.urn, id: state.id ?? "" });
  }

  /** @see https://www.pulumi.com/docs/iac/concepts/providers/#disabling-default-providers */
  private isDenied(packageName: string): boolean {
    const denied = this.config.get("pulumi:disable-default-providers")?.value;
    if (!denied || packageName === "pulumi") return false;
    let list: unknown;
    try {
      list = JSON.parse(denied);
    } catch (error) {
      throw new Error(
        `failed to parse pulumi:disable-default-providers ${denied}: expected a list of packages or "*"`,
        {
          cause: error,
        },
      );
    }
    if (!Array.isArray(list)) throw new Error(`pulumi:disable-default-providers is ${denied}, expected a list`);
    return list.some((name) => name === "*" || name === packageName);
  }
}

/** The configuration of a package's provider: the keys of the stack's configuration in its namespace. */
function packageConfig(config: ReadonlyMap<string, ConfigValue>, packageName: string): PropertyMap {
  const inputs: PropertyMap = {};
  for (const [key, { value, secret }] of config) {
    const separator = key.indexOf(":");
    if (key.slice(0, separator) === packageName) inputs[key.slice(separator + 1)] = secret ? makeSecret(value) : value;
  }
  return inputs;
}

function defaultName(version: string, downloadUrl: string): string {
  const name = version ? `default_${version.replaceAll(/[.+-]/g, "_")}` : "default";
  // A name may not hold what an address does.
  return downloadUrl ? `${name}_${downloadUrl.replaceAll(/[^\w]/g, "_")}` : name;
}
