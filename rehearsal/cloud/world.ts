import { isMap, type PropertyMap, type PropertyValue } from "../engine/values/property-value";
import type { CloudChange, CloudResource, CloudResourceKey } from "./cloud-resource";

/** What table functions may ask of the simulated cloud. */
export interface WorldView {
  get(scope: string, type: string, id: string): CloudResource | undefined;
  /**
   * Resources of a type, over all scopes, whose attribute has this value: `id`, a top-level output or input, or several
   * of these joined by `:`.
   */
  find(type: string, attribute: string, value: PropertyValue | undefined): readonly CloudResource[];
  /** The resource with this id, whatever its type, in any scope. */
  findId(id: string): CloudResource | undefined;
  /** Resources, in any scope, that the resource of this URN has created, in order of creation. */
  madeBy(urn: string): readonly CloudResource[];
  /** Like `find`, among those that are deleted and still recoverable. */
  findDeleted(type: string, attribute: string, value: PropertyValue | undefined): readonly CloudResource[];
  /** Every resource, the recoverable deleted ones included, in order of creation. */
  all(): readonly CloudResource[];
}

/** In the name of an index: resources of every type. */
const ANY_TYPE = "*";

/** All resources of the simulated cloud, with an index for each attribute that was ever asked for. */
export class World implements WorldView {
  private readonly resources = new Map<string, CloudResource>();
  private readonly indexes = new Map<string, Map<string, Set<string>>>();

  get(scope: string, type: string, id: string): CloudResource | undefined {
    return this.resources.get(keyOf({ scope, type, id }));
  }

  find(type: string, attribute: string, value: PropertyValue | undefined): readonly CloudResource[] {
    return this.lookUp(type, attribute, value).filter(({ deletedAt }) => deletedAt === undefined);
  }

  findId(id: string): CloudResource | undefined {
    return this.find(ANY_TYPE, "id", id)[0];
  }

  madeBy(urn: string): readonly CloudResource[] {
    return this.all().filter((resource) => resource.urn === urn && resource.deletedAt === undefined);
  }

  findDeleted(type: string, attribute: string, value: PropertyValue | undefined): readonly CloudResource[] {
    return this.lookUp(type, attribute, value).filter(({ deletedAt }) => deletedAt !== undefined);
  }

  all(): readonly CloudResource[] {
    return [...this.resources.values()];
  }

  apply(change: CloudChange): void {
    for (const key of change.remove ?? []) this.drop(keyOf(key));
    for (const resource of change.put ?? []) {
      const key = keyOf(resource);
      const before = this.resources.get(key);
      if (before) this.forget(key, before);
      this.resources.set(key, resource);
      for (const [name, index] of this.indexes) this.enter(name, index, key, resource);
    }
  }

  private lookUp(type: string, attribute: string, value: PropertyValue | undefined): CloudResource[] {
    const name = `${type}\n${attribute}`;
    let index = this.indexes.get(name);
    if (index === undefined) {
      index = new Map<string, Set<string>>();
      this.indexes.set(name, index);
      for (const [key, resource] of this.resources) this.enter(name, index, key, resource);
    }
    const keys = isScalar(value) ? index.get(String(value)) : undefined;
    return [...(keys ?? [])].map((key) => this.resources.get(key)!);
  }

  private drop(key: string): void {
    const resource = this.resources.get(key);
    if (resource === undefined) return;
    this.forget(key, resource);
    this.resources.delete(key);
  }

  private enter(name: string, index: Map<string, Set<string>>, key: string, resource: CloudResource): void {
    const value = indexedValue(name, resource);
    if (value === undefined) return;
    const keys = index.get(value);
    if (keys) keys.add(key);
    else index.set(value, new Set([key]));
  }

  private forget(key: string, resource: CloudResource): void {
    for (const [name, index] of this.indexes) {
      const value = indexedValue(name, resource);
      if (value !== undefined) index.get(value)?.delete(key);
    }
  }
}

function keyOf({ scope, type, id, deletedAt }: CloudResourceKey): string {
  return `${deletedAt === undefined ? "live" : "deleted"}\n${scope}\n${type}\n${id}`;
}

function indexedValue(name: string, resource: CloudResource): string | undefined {
  const at = name.indexOf("\n");
  const type = name.slice(0, at);
  if (type !== resource.type && type !== ANY_TYPE) return undefined;
  return attributeOf(resource, name.slice(at + 1));
}

/**
 * A scalar attribute of a resource as text: `id`, an output or input by its name or by a path of names joined by dots, or
 * several of these joined by `:`.
 */
export function attributeOf({ id, inputs, outputs }: CloudResource, attribute: string): string | undefined {
  if (attribute === "id") return id;
  const values = attribute.split(":").map((part) => propertyAt(outputs, part) ?? propertyAt(inputs, part));
  return values.every(isScalar) ? values.join(":") : undefined;
}

function isScalar(value: PropertyValue | undefined): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** What lies at a path of names, joined by dots; undefined where there is nothing. */
export function propertyAt(properties: PropertyMap, path: string): PropertyValue | undefined {
  return path
    .split(".")
    .reduce<PropertyValue | undefined>((value, name) => (isMap(value) ? value[name] : undefined), properties);
}
