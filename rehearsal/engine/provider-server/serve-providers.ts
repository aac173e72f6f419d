import type { ProviderSource } from "../provider/provider";
import { ProviderServer } from "./provider-server";

/** Providers that a real CLI can attach to, until they are closed. */
export interface ServedProviders {
  /**
   * The environment by which `pulumi` attaches to them instead of starting plugins.
   * @see https://www.pulumi.com/docs/iac/cli/environment-variables/
   */
  readonly env: { readonly PULUMI_DEBUG_PROVIDERS: string };
  /** Waits for running calls, then frees the ports. */
  close(): Promise<void>;
}

/** Serves the provider of each package, such as `["aws", "random"]`. Throws an Error for one that the source does not know. */
export async function serveProviders(source: ProviderSource, packages: readonly string[]): Promise<ServedProviders> {
  const unknown = packages.filter((name) => !source(name));
  if (unknown.length > 0)
    throw new Error(`no provider for ${unknown.join(", ")}; leave them out, or add them to the source`);
  const names = [...new Set(packages)];
  const servers = await Promise.all(names.map((name) => ProviderServer.start(() => source(name)!)));
  return {
    env: { PULUMI_DEBUG_PROVIDERS: servers.map(({ port }, i) => `${names[i]}:${port}`).join(",") },
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
