import { createHash } from "node:crypto";
import { version as sdkVersion } from "@pulumi/pulumi/version";
import type { DeploymentFile } from "../state/deployment-file";

/** The version that this engine gives itself, as the CLI writes its own: the SDK's, with a `v`. */
export const ENGINE_VERSION = `v${sdkVersion}`;

/** The manifest of a checkpoint that is written now. */
export function newManifest(now = new Date()): DeploymentFile["manifest"] {
  return { time: now.toISOString(), magic: magicOf(ENGINE_VERSION), version: ENGINE_VERSION };
}

/** The value that `magic` must have beside this version: the CLI refuses a checkpoint with another. */
export function magicOf(version: string): string {
  return createHash("sha256").update(version).digest("hex");
}
