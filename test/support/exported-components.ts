import assert from "node:assert/strict";
import { ComponentResource } from "@pulumi/pulumi";
import * as components from "../../components";
import { componentFixtures } from "./component-fixtures";

/** One way to build one exported component. */
export interface ComponentCase {
  readonly title: string;
  readonly build: () => ComponentResource;
}

/** Names of the component classes that components/index.ts exports. */
export function exportedComponents(): string[] {
  return Object.entries(components)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof ComponentResource)
    .map(([name]) => name);
}

/** The fixtures of every exported component; fails for a component that has none. */
export function componentCases(): ComponentCase[] {
  return exportedComponents().flatMap((name) => {
    const fixtures = componentFixtures[name];
    assert.ok(fixtures, `component ${name} has no fixture: add one to test/support/component-fixtures.ts`);
    return Object.entries(fixtures).map(([variant, build]) => ({ title: `${name} ${variant}`, build }));
  });
}
