import { messageOf } from "../../message-of";
import { CloudError } from "../cloud-error";
import type { CloudResource } from "../cloud-resource";
import type { CloudSeed } from "../seed";

/** The format that this code writes and the only one that it reads. */
export const DOCUMENT_VERSION = 1;

/** The whole simulated cloud as it lies on disk. */
export interface CloudDocument {
  readonly version: number;
  /** Number of the last change that is part of the document; changes in the journal go on from here. */
  readonly sequence: number;
  readonly seed: CloudSeed;
  readonly resources: readonly CloudResource[];
}

/** Reads a document; throws CloudError, naming the file, where the text is damaged or of another version. */
export function parseCloudDocument(file: string, text: string): CloudDocument {
  let value: Partial<CloudDocument> | null;
  try {
    value = JSON.parse(text) as Partial<CloudDocument> | null;
  } catch (error) {
    throw damaged(file, messageOf(error), error);
  }
  if (typeof value !== "object" || value === null) throw damaged(file, "it holds no object");
  if (value.version !== DOCUMENT_VERSION) {
    throw new CloudError(
      `the simulated cloud in ${file} has format version ${String(value.version)}, this program reads ${DOCUMENT_VERSION}; ` +
        "use the version of the program that wrote it, or move the file away to begin with an empty cloud",
    );
  }
  if (!Number.isSafeInteger(value.sequence)) throw damaged(file, `"sequence" is ${String(value.sequence)}`);
  if (typeof value.seed !== "object" || value.seed === null) throw damaged(file, '"seed" is missing');
  if (!Array.isArray(value.resources)) throw damaged(file, '"resources" is no list');
  const broken = value.resources.findIndex((resource) => !isResource(resource));
  if (broken >= 0) throw damaged(file, `resources[${broken}] has no scope, type, id, inputs or outputs`);
  return value as CloudDocument;
}

/** Whether the value has what every resource of the simulated cloud has. */
export function isResource(value: unknown): value is CloudResource {
  if (typeof value !== "object" || value === null) return false;
  const resource = value as Partial<Record<keyof CloudResource, unknown>>;
  return (
    typeof resource.scope === "string" &&
    typeof resource.type === "string" &&
    typeof resource.id === "string" &&
    typeof resource.inputs === "object" &&
    typeof resource.outputs === "object"
  );
}

/** The refusal to read a file that something else than this program, or a fault of the disk, has changed. */
export function damaged(file: string, fault: string, cause?: unknown): CloudError {
  return new CloudError(
    `the simulated cloud in ${file} is damaged: ${fault}; nothing was changed: restore the file from a copy, ` +
      "or move it away to begin with an empty cloud",
    { cause },
  );
}
