import { any, asText } from "../../schema/property-schema";
import { propertyAt } from "../../world";
import { live } from "../table";
import { kubernetesObject } from "./kubernetes-object";
import type { KubernetesContext } from "./kubernetes-scope";
import { podFault } from "./pod-readiness";

/** What the provider says of a workload whose pods never become ready. */
const unready = (context: KubernetesContext): string | undefined => {
  const fault = podFault(context, "spec.template");
  const name = asText(propertyAt(context.inputs, "metadata.name"));
  return (
    fault && `the Kubernetes API server reported that "${name}" failed to fully initialize or become live: ${fault}`
  );
};

/** Pods that are kept running; ready when all of them are. */
export const deployment = kubernetesObject({
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespaced: true,
  properties: { spec: any({ required: true }) },
  immutable: ["spec.selector"],
  computed: {
    status: live(({ inputs }) => {
      const replicas = propertyAt(inputs, "spec.replicas") ?? 1;
      return { replicas, readyReplicas: replicas, availableReplicas: replicas, updatedReplicas: replicas };
    }),
  },
  refuse: unready,
});

/** Pods with names and storage of their own. */
export const statefulSet = kubernetesObject({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  namespaced: true,
  properties: { spec: any({ required: true }) },
  immutable: ["spec.selector", "spec.serviceName", "spec.volumeClaimTemplates", "spec.podManagementPolicy"],
  computed: {
    status: live(({ inputs }) => {
      const replicas = propertyAt(inputs, "spec.replicas") ?? 1;
      return { replicas, readyReplicas: replicas, currentReplicas: replicas };
    }),
  },
  refuse: unready,
});

/** Pods that run to their end; there when they have. */
export const job = kubernetesObject({
  apiVersion: "batch/v1",
  kind: "Job",
  namespaced: true,
  properties: { spec: any() },
  immutable: ["spec.template", "spec.selector", "spec.completionMode"],
  computed: {
    status: live(({ now, prior }) => prior?.status ?? { succeeded: 1, startTime: now, completionTime: now }),
  },
  refuse: unready,
});
