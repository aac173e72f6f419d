import { any, flag, text } from "../../schema/property-schema";
import type { VendorTable } from "../table";
import { role, roleBinding } from "./access-objects";
import { namespace, persistentVolume, persistentVolumeClaim, secret, service, serviceAccount } from "./core-objects";
import { kubernetesScopeOf, unreachableCluster, type KubernetesScope } from "./kubernetes-scope";
import { ingress, networkPolicy } from "./network-objects";
import { deployment, job, statefulSet } from "./workloads";

/** Kubernetes: the clusters of the simulated cloud. */
export const kubernetes: VendorTable<KubernetesScope> = {
  name: "kubernetes",
  version: "4.34.2",
  fileFor: () => "a file of rehearsal/cloud/tables/kubernetes/, and list it in kubernetes.ts",
  config: {
    alwaysRender: flag(),
    cluster: text(),
    clusterIdentifier: text(),
    context: text(),
    deleteUnreachable: flag(),
    enableConfigMapMutable: flag(),
    enablePatchForce: flag(),
    enableSecretMutable: flag(),
    enableServerSideApply: flag(),
    helmReleaseSettings: any(),
    kubeClientSettings: any(),
    kubeconfig: text(),
    namespace: text(),
    renderYamlToDirectory: text(),
    skipUpdateUnreachable: flag(),
    suppressDeprecationWarnings: flag(),
    suppressHelmHookWarnings: flag(),
    upsertExistingObjects: flag(),
  },
  scopeOf: kubernetesScopeOf,
  unreachable: unreachableCluster,
  resources: [
    ...[namespace, secret, serviceAccount, service, persistentVolume, persistentVolumeClaim],
    ...[deployment, statefulSet, job, ingress, networkPolicy, role, roleBinding],
  ],
  functions: [],
};
