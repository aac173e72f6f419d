import { any, list, object, oneOf, text, asText } from "../../schema/property-schema";
import { propertyAt } from "../../world";
import { kubernetesObject, namespaceOf } from "./kubernetes-object";

const rule = object({
  apiGroups: list(text()),
  nonResourceURLs: list(text()),
  resourceNames: list(text()),
  resources: list(text()),
  verbs: list(text(), { required: true, minItems: 1 }),
});

/** What may be done in a namespace. */
export const role = kubernetesObject({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "Role",
  namespaced: true,
  properties: { rules: list(rule) },
});

/** Who may do what a role says. */
export const roleBinding = kubernetesObject({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  namespaced: true,
  properties: {
    roleRef: object(
      {
        apiGroup: text({ required: true }),
        kind: oneOf(["Role", "ClusterRole"], { required: true }),
        name: text({ required: true }),
      },
      { required: true, replace: true },
    ),
    subjects: list(any()),
  },
  refuse: (context) => {
    const { inputs, scope, world } = context;
    if (propertyAt(inputs, "roleRef.kind") !== "Role") return undefined;
    const name = asText(propertyAt(inputs, "roleRef.name"));
    return world.get(scope.id, "kubernetes:rbac.authorization.k8s.io/v1:Role", `${namespaceOf(context)}/${name}`)
      ? undefined
      : `roles.rbac.authorization.k8s.io "${name}" not found`;
  },
});
