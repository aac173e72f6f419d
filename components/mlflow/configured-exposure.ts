import type { MlflowConfig } from "../config/mlflow-section";
import type { Exposure } from "./tracking-server-network";

/** How a tracking server is reached, from the section of the config that says so. */
export function exposureOf({ exposure }: MlflowConfig, location: string): Exposure {
  if (exposure.ingress)
    return { kind: "ingress", className: "webapprouting.kubernetes.azure.com", ...exposure.ingress };
  if (exposure.loadBalancer) return { kind: "loadBalancer", location, ...exposure.loadBalancer };
  return { kind: "cluster" };
}
