import type { provider } from "@pulumi/pulumi";
import type { LocalWorkspaceOptions } from "@pulumi/pulumi/automation";
import { embeddedEngine } from "../../rehearsal/engine/embedded-engine";
import { KitProvider } from "./kit-provider";

/** Runs the kit's scenarios on the embedded engine: a target as the kit's README describes it. */
export default function target({ providers }: { providers: Record<string, provider.Provider> }): LocalWorkspaceOptions {
  // Each of the kit's providers counts its calls from 1, and tells them apart by process: here both are in one.
  if (providers.simfull) Object.assign(providers.simfull, { calls: 1_000_000 });
  const source = (name: string): KitProvider | undefined => providers[name] && new KitProvider(name, providers[name]);
  return { pulumiCommand: embeddedEngine({ providers: source, staleLocks: "refuse" }) };
}
