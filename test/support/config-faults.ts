import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { type ConfigFault, EnvironmentConfigError, parseEnvironmentConfig } from "../../components";

/** The faults of a raw config; fails when it is refused by anything but the one error that Pulumi prints cleanly. */
export function faultsOf(raw: Record<string, unknown>, stack = "dev"): ConfigFault[] {
  try {
    parseEnvironmentConfig(stack, raw);
    return [];
  } catch (error) {
    assert.ok(error instanceof EnvironmentConfigError, String(error));
    assert.ok(RunError.isInstance(error), "Pulumi would print a stack trace");
    for (const { path } of error.faults) {
      assert.ok(error.message.includes(path));
    }
    return [...error.faults];
  }
}
