import { RunError } from "@pulumi/pulumi";
import {
  type ReleaseFault,
  releaseFaults,
  type ReleaseIntent,
  releaseIntentSchema,
  servingFaults,
} from "./release-intent";

/** An intent that no endpoint can have; Pulumi shows the message without a stack. */
export class ReleaseIntentError extends RunError {
  constructor(
    source: string,
    readonly faults: readonly ReleaseFault[],
  ) {
    const lines = faults.map(
      ({ path, got, allowed }) => `  ${path || "the document"}: got ${got}; allowed: ${allowed}`,
    );
    super([`${source} is no release that an endpoint can have`, ...lines].join("\n"));
  }
}

/** The intent that a JSON text holds. Throws one {@link ReleaseIntentError} that lists every fault; `source` says whose text it is. */
export function parseReleaseIntent(text: string, source: string): ReleaseIntent {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new ReleaseIntentError(source, [
      { path: "", got: (error as Error).message, allowed: "JSON with slots and traffic" },
    ]);
  }
  return checkedReleaseIntent(document, source);
}

/** A document that is an intent. Throws one {@link ReleaseIntentError} that lists every fault. */
export function checkedReleaseIntent(document: unknown, source: string): ReleaseIntent {
  const parsed = releaseIntentSchema.safeParse(document);
  const faults = parsed.success
    ? releaseFaults(parsed.data)
    : parsed.error.issues.map(({ path, message, ...issue }) => ({
        path: path.join("."),
        got: issue.code === "unrecognized_keys" ? issue.keys.join(", ") : shown(at(document, path)),
        allowed: message,
      }));
  if (!parsed.success || faults.length > 0) throw new ReleaseIntentError(source, faults);
  return parsed.data;
}

/** An intent that an endpoint of Databricks can have. Throws one {@link ReleaseIntentError} that lists every fault. */
export function checkedServingIntent(intent: ReleaseIntent): ReleaseIntent {
  const faults = servingFaults(intent);
  if (faults.length > 0) throw new ReleaseIntentError("the release of databricks.serving", faults);
  return intent;
}

function at(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], document);
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
