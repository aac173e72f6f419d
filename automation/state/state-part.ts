import { AutomationError } from "../errors";

type Config = Readonly<Record<string, unknown>>;

/** What of a vendor's section the part that keeps state needs. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "trunkline:aws": ["accountId", "region", "state"],
  "trunkline:azure": ["subscriptionId", "tenantId", "location", "state"],
};

/** Sections that every part reads. */
const COMMON = ["trunkline:organization", "trunkline:repository", "trunkline:tags"];

/**
 * The configuration of an environment with nothing but the part that keeps its state, so that the program declares just
 * that. Throws a usage error where it has no such part.
 */
export function stateConfig(config: Config, environment: string): Config {
  const kept = Object.entries(config).flatMap(([key, value]): [string, unknown][] => {
    if (COMMON.includes(key) || key.startsWith("pulumi:")) return [[key, value]];
    const section = SECTIONS[key];
    if (!section || !hasState(value)) return [];
    return [[key, Object.fromEntries(Object.entries(value).filter(([name]) => section.includes(name)))]];
  });
  if (!kept.some(([key]) => key in SECTIONS)) {
    throw new AutomationError("usage", `environment ${environment} keeps no state of its own`, {
      hint: "add a state section to trunkline:aws or trunkline:azure in its settings",
    });
  }
  return Object.fromEntries(kept);
}

/** The address of the backend in the outputs of an environment; undefined before it is brought up. */
export function backendUrlOf(outputs: Readonly<Record<string, { readonly value: unknown }>>): string | undefined {
  for (const vendor of ["aws", "azure"]) {
    const { state } = (outputs[vendor]?.value ?? {}) as { readonly state?: { readonly backendUrl?: unknown } };
    if (typeof state?.backendUrl === "string") return state.backendUrl;
  }
  return undefined;
}

function hasState(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && "state" in value && value.state !== undefined;
}
