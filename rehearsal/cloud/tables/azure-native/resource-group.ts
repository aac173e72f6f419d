import { record, text, asText } from "../../schema/property-schema";
import { live, planned, type ResourceTypeTable } from "../table";
import { RESOURCE_GROUP, type AzureScope } from "./azure-scope";

/** A resource group. */
export const resourceGroup: ResourceTypeTable<AzureScope> = {
  type: RESOURCE_GROUP,
  properties: {
    location: text({ replace: true, ignoreCase: true }),
    managedBy: text({ replace: true }),
    resourceGroupName: text({
      replace: true,
      inputOnly: true,
      ignoreCase: true,
      minLength: 1,
      maxLength: 90,
      pattern: /^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$/u,
      meaning: "letters, digits, underscores, parentheses, hyphens and dots, not ending with a dot",
    }),
    tags: record(text({ maxLength: 256 })),
  },
  computed: {
    azureApiVersion: planned(() => "2024-03-01"),
    name: planned(({ inputs }) => inputs.resourceGroupName),
    properties: live(() => ({ provisioningState: "Succeeded" })),
    type: planned(() => "Microsoft.Resources/resourceGroups"),
  },
  idOf: ({ inputs, scope }) =>
    `/subscriptions/${scope.subscriptionId}/resourceGroups/${asText(inputs.resourceGroupName)}`,
  autoName: { property: "resourceGroupName", maxLength: 90, separator: "", digits: 8 },
  taken: (_, owner) => `ResourceGroupExists: cannot create existing resource '${owner.id}'`,
};
