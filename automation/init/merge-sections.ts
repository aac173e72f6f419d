import { isNode } from "yaml";

type Section = Readonly<Record<string, unknown>>;

/** One section with the keys of all: where several have a key, their values are merged; the last one's counts where they cannot be. */
export function mergeSections(sections: readonly Section[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const section of sections) {
    for (const [key, value] of Object.entries(section)) {
      const before = merged[key];
      merged[key] = isSection(before) && isSection(value) ? mergeSections([before, value]) : value;
    }
  }
  return merged;
}

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isNode(value);
}
