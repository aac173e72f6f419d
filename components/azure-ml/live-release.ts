import type { ReleaseIntent, SlotName } from "./release-intent";

/** What a slot runs: a model, and beside it what a deployment keeps while no release changes it. */
export interface SlotRelease {
  /** Registered model as `name:version`. */
  readonly model: string;
  /** @default the environment of the program */
  readonly scoring?: SlotScoring;
}

/** The environment and code that a deployment was made with, by their ids. */
export interface SlotScoring {
  readonly environmentId?: string;
  readonly codeId?: string;
  readonly script?: string;
}

/** What an endpoint serves, as data of a program: what a release wants, or what is live. */
export interface Release extends Pick<ReleaseIntent, "traffic" | "mirror"> {
  readonly slots: Readonly<Partial<Record<SlotName, SlotRelease>>>;
}

/** An endpoint that has no slots yet. */
export const noRelease: Release = { slots: {}, traffic: {} };

/** The ARM id of a version of a registered model. */
export function modelId(workspaceId: string, model: string): string {
  const at = model.lastIndexOf(":");
  return `${workspaceId}/models/${model.slice(0, at)}/versions/${model.slice(at + 1)}`;
}

/** `name:version` of a model's id, by ARM or as `azureml:name:version`; undefined for any other text. */
export function modelOfId(id: string): string | undefined {
  const [, name, version] =
    /\/models\/([^/]+)\/versions\/([^/]+)$/i.exec(id) ?? /^azureml:([^:/]+):([^:/]+)$/.exec(id) ?? [];
  return name !== undefined && version !== undefined ? `${name}:${version}` : undefined;
}
