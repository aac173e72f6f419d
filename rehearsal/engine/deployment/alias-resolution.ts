import type { ResourceState } from "../state/deployment-file";
import type { Deployment } from "./deployment";
import type { GeneratorState } from "./generator-state";
import type { Alias, Goal } from "./goal";
import { createUrn, isRootStack, nameOf, qualifiedTypeOf, typeOf } from "./urn";

/** The resource of the state that a goal continues. */
export interface Continued {
  readonly old: ResourceState | undefined;
  /** The former URN by which it was found. */
  readonly alias: string | undefined;
  /** Another resource claims it too: reported, and nothing may be done. */
  readonly invalid: boolean;
}

/** Finds the resource that a goal continues: by its URN first, then by each former one. */
export function findOld(
  deployment: Deployment,
  state: GeneratorState,
  urn: string,
  goal: Pick<Goal, "name" | "type" | "parent" | "aliases">,
): Continued {
  const { diagnostics, base, registry } = deployment;
  let invalid = false;
  const refuse = (message: string): void => {
    invalid = true;
    diagnostics.error(urn, message);
  };
  const claimed = state.aliased.get(urn);
  if (claimed) {
    refuse(`Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimed}'`);
  }
  const former = formerUrns(deployment, state, goal);
  const found = [urn, ...former].find((candidate) => base.olds.has(candidate));
  if (found === undefined || found === urn) {
    return { old: found === undefined ? undefined : base.olds.get(found), alias: undefined, invalid };
  }
  const conflict = (other: string): void =>
    refuse(
      `Duplicate resource alias '${found}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
    );
  if (state.urns.has(found)) conflict(urn);
  const taken = state.aliased.get(found);
  if (taken) conflict(taken);
  state.aliased.set(found, urn);
  state.aliases.set(urn, found);
  registry.registerAlias(urn, found);
  return { old: base.olds.get(found), alias: found, invalid };
}

/** All former URNs of a resource: its own aliases, and those that follow from its parent's. */
function formerUrns(
  deployment: Deployment,
  state: GeneratorState,
  goal: Pick<Goal, "name" | "type" | "parent" | "aliases">,
): string[] {
  const own = goal.aliases.map((alias) => aliasUrn(deployment, state, goal, alias));
  const urns = new Set(own);
  const parentAlias = state.aliases.get(goal.parent);
  if (goal.parent && parentAlias) {
    const inherit = (type: string, name: string): void => {
      urns.add(inheritedUrn(deployment, type, name, nameOf(goal.parent), parentAlias));
    };
    inherit(goal.type, goal.name);
    for (const alias of own) inherit(typeOf(alias), nameOf(alias));
  }
  return [...urns];
}

function aliasUrn(
  { stack, project }: Deployment,
  state: GeneratorState,
  goal: Pick<Goal, "name" | "type" | "parent">,
  alias: Alias,
): string {
  if ("urn" in alias) return alias.urn;
  let parent = goal.parent;
  if (alias.parent) parent = state.aliases.get(alias.parent) ?? alias.parent;
  if (alias.noParent || isRootStack(parent)) parent = "";
  return createUrn(
    alias.stack || stack,
    alias.project || project,
    parent,
    alias.type || goal.type,
    alias.name || goal.name,
  );
}

/** A child's URN under its parent's former one; a name that began with the parent's name began with the former. */
function inheritedUrn(
  { stack, project }: Deployment,
  type: string,
  name: string,
  parentName: string,
  parentAlias: string,
): string {
  const formerName = name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name;
  return `urn:pulumi:${stack}::${project}::${qualifiedTypeOf(parentAlias)}$${type}::${formerName}`;
}
