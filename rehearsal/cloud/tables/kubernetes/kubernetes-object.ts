import { isMap, type PropertyMap, type PropertyValue } from "../../../engine/values/property-value";
import { isUnknown } from "../../../engine/values/unknown-value";
import type { CheckFailure } from "../../../engine/provider/provider";
import { integer, list, object, oneOf, record, text, asText, type PropertySchemas } from "../../schema/property-schema";
import { propertyAt } from "../../world";
import { live, type ComputedOutput, type Reference, type ResourceTypeTable } from "../table";
import type { KubernetesContext, KubernetesScope } from "./kubernetes-scope";

/** What makes one kind of object different from another. */
export interface KubernetesKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether objects of the kind lie in a namespace. */
  readonly namespaced: boolean;
  /** Apart from apiVersion, kind and metadata. */
  readonly properties: PropertySchemas;
  readonly computed?: Readonly<Record<string, ComputedOutput<KubernetesScope>>>;
  /** Paths of fields that the API server does not change. */
  readonly immutable?: readonly string[];
  /** Why the object is refused, or never becomes ready; undefined where it does. */
  readonly refuse?: (context: KubernetesContext) => string | undefined;
}

/** Type token of a namespace. */
export const NAMESPACE = "kubernetes:core/v1:Namespace";

const NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

const inNamespace: Reference = {
  property: "metadata.namespace",
  types: [NAMESPACE],
  attributes: ["id"],
  unless: (name) => ["default", "kube-system", "kube-public"].includes(name),
  missing: (name) => `namespaces "${name}" not found`,
  onDelete: "cascade",
};

const metadata = (namespaced: boolean) =>
  object({
    annotations: record(text()),
    creationTimestamp: text(),
    deletionGracePeriodSeconds: integer({ min: 0 }),
    deletionTimestamp: text(),
    finalizers: list(text()),
    generateName: text(),
    generation: integer(),
    labels: record(
      text({ maxLength: 63, pattern: /^(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?$/, meaning: "a label value" }),
    ),
    managedFields: list(record(text())),
    name: text({
      replace: true,
      maxLength: 253,
      pattern: NAME,
      meaning: "lower case letters, digits, hyphens and dots",
    }),
    namespace: text({ replace: namespaced, maxLength: 63, pattern: NAME, meaning: "the name of a namespace" }),
    ownerReferences: list(record(text())),
    resourceVersion: text(),
    selfLink: text(),
    uid: text(),
  });

/** The table of a kind of object. */
export function kubernetesObject(kind: KubernetesKind): ResourceTypeTable<KubernetesScope> {
  const { apiVersion, namespaced } = kind;
  const group = apiVersion === "v1" ? "core/v1" : apiVersion;
  return {
    type: `kubernetes:${group}:${kind.kind}`,
    properties: {
      apiVersion: oneOf([apiVersion], { default: apiVersion }),
      kind: oneOf([kind.kind], { default: kind.kind }),
      metadata: metadata(namespaced),
      ...kind.properties,
    },
    computed: {
      metadata: live(({ inputs, now, prior, scope, uuid }) => ({
        ...(namespaced && { namespace: scope.namespace }),
        ...(isMap(inputs.metadata) ? inputs.metadata : {}),
        creationTimestamp: (isMap(prior?.metadata) ? prior.metadata.creationTimestamp : undefined) ?? now,
        uid: uuid("uid"),
      })),
      ...kind.computed,
    },
    idOf: ({ inputs, scope }) => {
      const name = asText(metadataOf(inputs).name);
      return namespaced ? `${asText(metadataOf(inputs).namespace ?? scope.namespace)}/${name}` : name;
    },
    deleteBeforeReplace: true,
    taken: (_, owner) =>
      `resource ${owner.id} was not successfully created by the Kubernetes API server: ${kind.kind} "${owner.id}" already exists`,
    rules: (inputs) => unnamed(inputs),
    refuse: kind.refuse,
    replaceOn: (olds, news) =>
      (kind.immutable ?? []).filter((path) => !same(propertyAt(olds, path), propertyAt(news, path))),
    references: namespaced ? [inNamespace] : [],
  };
}

/** The metadata of an object, empty where it has none. */
export function metadataOf({ metadata: value }: PropertyMap): PropertyMap {
  return isMap(value) ? value : {};
}

/** The namespace that an object lies in. */
export function namespaceOf({ inputs, scope }: KubernetesContext): string {
  return asText(metadataOf(inputs).namespace ?? scope.namespace);
}

/** The real provider makes names up where there is none; here an object says its own. */
function unnamed(inputs: PropertyMap): CheckFailure[] {
  const { name } = metadataOf(inputs);
  return isUnknown(inputs.metadata) || (name !== undefined && name !== "")
    ? []
    : [{ property: "metadata.name", reason: "is required: the simulated cluster makes no names up" }];
}

function same(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
