import type { PropertyMap } from "../../../engine/values/property-value";
import { any, flag, list, object, record, text, asText } from "../../schema/property-schema";
import { propertyAt } from "../../world";
import { live } from "../table";
import { kubernetesObject } from "./kubernetes-object";

const VOLUME = "kubernetes:core/v1:PersistentVolume";

/** A namespace: what lies in it goes with it. */
export const namespace = kubernetesObject({
  apiVersion: "v1",
  kind: "Namespace",
  namespaced: false,
  properties: { spec: any() },
  computed: { status: live(() => ({ phase: "Active" })) },
});

/** A secret, changed in place as with the provider's `enableSecretMutable`. */
export const secret = kubernetesObject({
  apiVersion: "v1",
  kind: "Secret",
  namespaced: true,
  properties: {
    data: record(text(), { secret: true }),
    immutable: flag(),
    stringData: record(text(), { secret: true }),
    type: text({ replace: true }),
  },
});

/** An account of pods. */
export const serviceAccount = kubernetesObject({
  apiVersion: "v1",
  kind: "ServiceAccount",
  namespaced: true,
  properties: {
    automountServiceAccountToken: flag(),
    imagePullSecrets: list(object({ name: text() })),
    secrets: list(any()),
  },
});

/** An address for pods. It is there when a pod answers, which the deployment that it waits for has seen to. */
export const service = kubernetesObject({
  apiVersion: "v1",
  kind: "Service",
  namespaced: true,
  properties: { spec: any() },
  computed: {
    status: live(({ inputs, hex }): PropertyMap => {
      if (propertyAt(inputs, "spec.type") !== "LoadBalancer") return { loadBalancer: {} };
      const ip = `20.${parseInt(hex("address", 2), 16)}.${parseInt(hex("address 2", 2), 16)}.7`;
      return { loadBalancer: { ingress: [{ ip }] } };
    }),
  },
});

/** Storage of the cluster. */
export const persistentVolume = kubernetesObject({
  apiVersion: "v1",
  kind: "PersistentVolume",
  namespaced: false,
  properties: { spec: any() },
  immutable: ["spec.csi"],
  computed: { status: live(() => ({ phase: "Available" })) },
});

/** A claim to storage; one that names its volume is bound when that is there. */
export const persistentVolumeClaim = kubernetesObject({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  namespaced: true,
  properties: { spec: any() },
  immutable: ["spec.accessModes", "spec.storageClassName", "spec.volumeName"],
  computed: { status: live(() => ({ phase: "Bound" })) },
  refuse: ({ inputs, scope, world }) => {
    const volumeName = propertyAt(inputs, "spec.volumeName");
    if (volumeName === undefined || world.get(scope.id, VOLUME, asText(volumeName))) return undefined;
    return `ProvisioningFailed: persistentvolume "${asText(volumeName)}" not found`;
  },
});
