import { any, asText } from "../../schema/property-schema";
import { isMap } from "../../../engine/values/property-value";
import { propertyAt } from "../../world";
import { live } from "../table";
import { kubernetesObject, namespaceOf } from "./kubernetes-object";
import type { KubernetesContext } from "./kubernetes-scope";

/** What leads from outside to services. */
export const ingress = kubernetesObject({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  namespaced: true,
  properties: { spec: any() },
  computed: { status: live(() => ({ loadBalancer: { ingress: [{ ip: "20.0.0.1" }] } })) },
  refuse: missingService,
});

/** Who may open a connection to pods. */
export const networkPolicy = kubernetesObject({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  namespaced: true,
  properties: { spec: any() },
});

/** An ingress is waited for until its services are there. */
function missingService(context: KubernetesContext): string | undefined {
  const rules = propertyAt(context.inputs, "spec.rules");
  for (const rule of Array.isArray(rules) ? rules : []) {
    const paths = isMap(rule) ? propertyAt(rule, "http.paths") : undefined;
    for (const path of Array.isArray(paths) ? paths : []) {
      const name = isMap(path) ? propertyAt(path, "backend.service.name") : undefined;
      if (name === undefined) continue;
      const id = `${namespaceOf(context)}/${asText(name)}`;
      if (!context.world.get(context.scope.id, "kubernetes:core/v1:Service", id)) {
        return `Ingress has at least one rule that does not target any Service: services "${asText(name)}" not found`;
      }
    }
  }
  return undefined;
}
