import type * as engine from "../../../../rehearsal/engine/provider/provider";
import { ProviderServer } from "../../../../rehearsal/engine/provider-server/provider-server";
import {
  SIGNATURE_KEY,
  SIGNATURES,
  UNKNOWN,
  type PropertyMap,
} from "../../../../rehearsal/engine/values/property-value";
import { RemoteProvider } from "./remote-provider";

export const identity = { urn: "urn:pulumi:dev::p::acme:index:Thing::a", type: "acme:index:Thing", name: "a" };

export const secret = (value: PropertyMap[string]) => ({ [SIGNATURE_KEY]: SIGNATURES.secret, value });

/** Properties of every kind. */
export const VALUES: PropertyMap = {
  n: 1,
  none: null,
  secret: secret({ deep: ["x", UNKNOWN] }),
  unknown: UNKNOWN,
  list: [[]],
};

/** Servers and clients of one test, closed after it. */
export class ScriptedServers {
  private readonly opened: { close(): void | Promise<void> }[] = [];

  /** Serves a provider that does what the test says and refuses the rest, and connects to it. */
  async serve(script: Partial<Omit<engine.Provider, "name" | "version">>): Promise<RemoteProvider> {
    const refuse = async () => Promise.reject(new Error("not in the script"));
    const changes = { create: refuse, update: refuse, read: refuse, delete: refuse };
    const rest = { configure: refuse, check: refuse, diff: refuse, invoke: refuse, ...changes };
    const server = await this.start(() => ({ ...rest, name: "acme", version: "2.3.4", ...script }));
    return this.connect(server.port);
  }

  async start(open: () => engine.Provider): Promise<ProviderServer> {
    const server = await ProviderServer.start(open);
    this.opened.push(server);
    return server;
  }

  connect(port: number): RemoteProvider {
    const remote = new RemoteProvider("acme", port);
    this.opened.push(remote);
    return remote;
  }

  async close(): Promise<void> {
    for (const one of this.opened.splice(0).reverse()) await one.close();
  }
}
