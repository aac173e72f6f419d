import { closest } from "fastest-levenshtein";
import { ERROR_CODES, ERROR_SUBJECTS, type ErrorCode, type ErrorCodes } from "../error-codes/error-code";
import { AutomationError } from "../errors";
import type { VerbDeps } from "./verb";

/** What there is to say about one error code, or about all. */
export type ExplainResult =
  | { readonly kind: "one"; readonly code: string; readonly error: ErrorCode }
  | { readonly kind: "all"; readonly subjects: Readonly<Record<string, ErrorCodes>> };

/** Says what an error code means. Throws a usage error with the nearest code where there is none of that name. */
export async function explain(_deps: VerbDeps, { code }: { readonly code?: string }): Promise<ExplainResult> {
  if (code === undefined) return { kind: "all", subjects: ERROR_SUBJECTS };
  const error = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code] : undefined;
  if (error) return { kind: "one", code, error };
  throw new AutomationError("usage", `there is no error code ${JSON.stringify(code)}`, {
    hint: `did you mean trunkline explain ${closest(code, Object.keys(ERROR_CODES))}`,
  });
}
