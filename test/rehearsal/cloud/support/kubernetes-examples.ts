import type { Example } from "./aws-examples";

const pkg = "kubernetes";
const inMl = (name: string) => ({ metadata: { name, namespace: "ml" } });
const labels = { app: "server" };
const template = {
  metadata: { labels },
  spec: {
    serviceAccountName: "server",
    containers: [
      {
        name: "server",
        image: "nginx:1.29",
        env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "server", key: "password" } } }],
      },
    ],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
  },
};
const moved: Example["replace"] = [{ metadata: { name: "other", namespace: "ml" } }, "metadata"];

/** One example of each kind of object, in an order in which they can be created. */
export const KUBERNETES_EXAMPLES: readonly Example[] = [
  {
    pkg,
    type: "kubernetes:core/v1:Namespace",
    inputs: { metadata: { name: "ml" } },
    update: { metadata: { name: "ml", labels: { a: "b" } } },
    updates: ["metadata.labels"],
    replace: [{ metadata: { name: "other" } }, "metadata"],
  },
  {
    pkg,
    type: "kubernetes:core/v1:Secret",
    inputs: { ...inMl("server"), stringData: { password: "hidden" } },
    update: { stringData: { password: "changed" } },
    updates: ["stringData.password"],
    replace: moved,
  },
  {
    pkg,
    type: "kubernetes:core/v1:ServiceAccount",
    inputs: inMl("server"),
    update: { automountServiceAccountToken: false },
    updates: ["automountServiceAccountToken"],
    replace: moved,
  },
  {
    pkg,
    type: "kubernetes:core/v1:Service",
    inputs: { ...inMl("server"), spec: { type: "ClusterIP", selector: labels, ports: [{ port: 80 }] } },
    update: { spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 80 }] } },
    updates: ["spec.type"],
    replace: moved,
  },
  {
    pkg,
    type: "kubernetes:core/v1:PersistentVolume",
    inputs: {
      metadata: { name: "data" },
      spec: { capacity: { storage: "1Gi" }, csi: { driver: "d", volumeHandle: "h" } },
    },
    update: { spec: { capacity: { storage: "2Gi" }, csi: { driver: "d", volumeHandle: "h" } } },
    updates: ["spec.capacity.storage"],
    replace: [{ spec: { capacity: { storage: "1Gi" }, csi: { driver: "d", volumeHandle: "i" } } }, "spec"],
  },
  {
    pkg,
    type: "kubernetes:core/v1:PersistentVolumeClaim",
    inputs: { ...inMl("data"), spec: { volumeName: "data", accessModes: ["ReadWriteOnce"] } },
    update: { spec: { volumeName: "data", accessModes: ["ReadWriteOnce"], volumeMode: "Block" } },
    updates: ["spec.volumeMode"],
    replace: moved,
  },
  {
    pkg,
    type: "kubernetes:apps/v1:Deployment",
    inputs: { ...inMl("server"), spec: { replicas: 1, selector: { matchLabels: labels }, template } },
    update: { spec: { replicas: 2, selector: { matchLabels: labels }, template } },
    updates: ["spec.replicas"],
    replace: [{ spec: { replicas: 1, selector: { matchLabels: { app: "other" } }, template } }, "spec"],
  },
  {
    pkg,
    type: "kubernetes:apps/v1:StatefulSet",
    inputs: {
      ...inMl("server"),
      spec: { replicas: 1, serviceName: "server", selector: { matchLabels: labels }, template },
    },
    update: { spec: { replicas: 2, serviceName: "server", selector: { matchLabels: labels }, template } },
    updates: ["spec.replicas"],
    replace: [{ spec: { replicas: 1, serviceName: "other", selector: { matchLabels: labels }, template } }, "spec"],
  },
  {
    pkg,
    type: "kubernetes:batch/v1:Job",
    inputs: { ...inMl("once"), spec: { backoffLimit: 1, template } },
    update: { spec: { backoffLimit: 2, template } },
    updates: ["spec.backoffLimit"],
    replace: [{ spec: { backoffLimit: 1, template: { ...template, metadata: {} } } }, "spec"],
  },
  {
    pkg,
    type: "kubernetes:networking.k8s.io/v1:Ingress",
    inputs: { ...inMl("server"), spec: { rules: [{ host: "a.example.org" }] } },
    update: { spec: { rules: [{ host: "b.example.org" }] } },
    updates: ["spec.rules[0].host"],
    replace: moved,
  },
  {
    pkg,
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    inputs: { ...inMl("server"), spec: { podSelector: {} } },
    update: { spec: { podSelector: { matchLabels: labels } } },
    updates: ["spec.podSelector.matchLabels"],
    replace: moved,
  },
  {
    pkg,
    type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
    inputs: { ...inMl("runner"), rules: [{ apiGroups: ["batch"], resources: ["jobs"], verbs: ["get"] }] },
    update: { rules: [{ apiGroups: ["batch"], resources: ["jobs"], verbs: ["list"] }] },
    updates: ["rules[0].verbs[0]"],
    replace: moved,
  },
  {
    pkg,
    type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    inputs: {
      ...inMl("runner"),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "runner" },
      subjects: [{ kind: "Group", name: "runners" }],
    },
    update: { subjects: [{ kind: "Group", name: "others" }] },
    updates: ["subjects[0].name"],
    replace: [{ roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" } }, "roleRef"],
  },
];
