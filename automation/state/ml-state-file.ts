/** Where the state of ML resources lies, as the outputs of an environment say. */
export interface MlStatePlace {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly resourceGroupName: string;
  readonly accountName: string;
  readonly containerName: string;
  /** Address for `pulumi login`. */
  readonly backendUrl: string;
}

/**
 * The content of the file that says how to reach the state of ML resources, for Pulumi and for Terraform's azurerm
 * backend. It has no key: the account takes none, and whoever reads the file logs in as itself.
 * See https://developer.hashicorp.com/terraform/language/backend/azurerm.
 */
export function mlStateFile(place: MlStatePlace): string {
  const content = {
    pulumi: { backendUrl: place.backendUrl },
    terraform: {
      subscription_id: place.subscriptionId,
      tenant_id: place.tenantId,
      resource_group_name: place.resourceGroupName,
      storage_account_name: place.accountName,
      container_name: place.containerName,
      use_azuread_auth: true,
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
