import type { PropertyMap } from "../values/property-value";
import { copyProperties, parsePropertyPath, resetAtPath } from "../values/property-path";
import type { Diagnostics } from "./diagnostics";

/**
 * The inputs with every ignored path set back to its old value. A path whose elements were added or removed cannot be
 * ignored: that is told.
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export function processIgnoreChanges(
  diagnostics: Diagnostics,
  urn: string,
  inputs: PropertyMap,
  oldInputs: PropertyMap,
  ignoreChanges: readonly string[],
): PropertyMap {
  if (ignoreChanges.length === 0) return inputs;
  const result = copyProperties(inputs);
  const failed = ignoreChanges.filter((text) => {
    let path;
    try {
      path = parsePropertyPath(text);
    } catch {
      // The SDK hands over what the user wrote; what is no path ignores nothing, as in the CLI's engine.
      return false;
    }
    return !resetAtPath(path, oldInputs, result);
  });
  if (failed.length > 0) {
    diagnostics.info(
      urn,
      `cannot ignore changes in added or removed elements of the path: ${JSON.stringify(failed.join(", "))}`,
    );
  }
  return result;
}
