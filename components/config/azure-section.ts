import type { z } from "zod";
import { azureDatabricksSection } from "./azure-databricks-section";
import { azureEndpointSection } from "./azure-endpoint-section";
import { azureIdentitySection } from "./azure-identity-section";
import { azureKeyVaultSection } from "./azure-key-vault-section";
import { azureStateSection } from "./azure-state-section";
import { mlflowSection } from "./mlflow-section";
import { section, text } from "./schema-kit";
import { uuid } from "./uuid";

const location = text(
  /^[a-z][a-z0-9]{2,40}$/,
  "the name of an Azure region in lower case without blanks, such as westeurope",
  "Region of the environment's resources.",
);

/** The part of the config that describes the Azure subscription of an environment. */
export const azureSection = section(
  {
    subscriptionId: uuid("Subscription that the environment lives in; no other is touched."),
    tenantId: uuid("Tenant (directory) that the subscription belongs to."),
    location,
    state: azureStateSection.optional(),
    identity: azureIdentitySection.optional(),
    mlflow: mlflowSection.optional(),
    databricks: azureDatabricksSection.optional(),
    keyVault: azureKeyVaultSection.optional(),
    endpoint: azureEndpointSection.optional(),
  },
  "The Azure subscription of the environment. Absent: nothing in Azure.",
);

/** The Azure part of a config, with its defaults filled in. */
export type AzureConfig = z.infer<typeof azureSection>;
