import { azureModels, readAzureEndpoint } from "./azure-endpoint";
import { catalogModels, readServingEndpoint } from "./databricks-endpoint";
import type { CloudState, LiveEndpoint, RegisteredModel } from "./live-endpoint";
import { mlflowProtocol } from "./mlflow-protocol";
import type { Scorer } from "./scorer";

/** What a caller asks an endpoint for. */
export interface Asked {
  readonly name: string;
  readonly what: "score" | "metrics";
  /** Slot that the address names. */
  readonly slot?: string;
}

/** How endpoints of one vendor are read and called. */
export interface ServedPlatform {
  /** The endpoint of a name; undefined where there is none. */
  read(state: CloudState, name: string): LiveEndpoint | undefined;
  /** The versions of a registered model, oldest first. */
  models(state: CloudState, model: string): RegisteredModel[];
  /** What an address asks for; undefined where nothing is. */
  asked(url: string): Asked | undefined;
  /** Address that requests go to, or those to one slot. */
  scoringPath(name: string, slot?: string): string;
  /** Header that names the slot in a request, and in its answer. @default the address names it, and nothing the answer */
  readonly slotHeader?: string;
  /** For whom a token has to be issued so that it opens an endpoint. */
  readonly audience: string;
  /** Speaks as callers of the vendor do. @default as the scoring script does */
  readonly spoken?: (scorer: Scorer) => Scorer;
}

/** The vendors whose endpoints a rehearsal serves. */
export type PlatformName = "azure" | "databricks";

/** The vendors whose endpoints a rehearsal serves, by name. */
export const SERVED_PLATFORMS: Readonly<Record<PlatformName, ServedPlatform>> = {
  azure: {
    read: readAzureEndpoint,
    models: azureModels,
    asked: (url) => {
      const [, name, what] = /^\/endpoints\/([^/?]+)\/(score|metrics)(?:\?|$)/.exec(url) ?? [];
      return name === undefined ? undefined : { name, what: what as Asked["what"] };
    },
    scoringPath: (name) => `/endpoints/${name}/score`,
    // See https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints.
    slotHeader: "azureml-model-deployment",
    audience: "https://ml.azure.com",
  },
  // See https://docs.databricks.com/aws/en/machine-learning/model-serving/serve-multiple-models-to-serving-endpoint.
  databricks: {
    read: readServingEndpoint,
    models: catalogModels,
    asked: (url) => {
      const pattern = /^\/serving-endpoints\/([^/?]+)(?:\/served-models\/([^/?]+))?\/(invocations|metrics)(?:\?|$)/;
      const [, name, slot, what] = pattern.exec(url) ?? [];
      if (name === undefined) return undefined;
      return { name, what: what === "metrics" ? what : "score", ...(slot !== undefined && { slot }) };
    },
    scoringPath: (name, slot) =>
      `/serving-endpoints/${name}${slot === undefined ? "" : `/served-models/${slot}`}/invocations`,
    // The application of Azure Databricks, the same in every tenant.
    audience: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
    spoken: mlflowProtocol,
  },
};
