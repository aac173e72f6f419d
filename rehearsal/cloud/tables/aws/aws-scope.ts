import type { CheckFailure } from "../../../engine/provider/provider";
import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap, signatureOf } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { textOf } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import type { ResourceTypeTable, VendorScope } from "../table";

/** An AWS account and region. */
export interface AwsScope extends VendorScope {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Tags that the provider gives to every resource. */
  readonly defaultTags: PropertyMap;
}

/**
 * Where a provider with this configuration works. Its credentials are those of the profile, or of the role to assume;
 * where it names neither, those of the first account of the seed that `allowedAccountIds` lets in.
 */
export function awsScopeOf(config: PropertyMap, seed: CloudSeed): AwsScope {
  const { accounts, partition, region } = seed.aws;
  const allowed = textsOf(config.allowedAccountIds);
  const forbidden = textsOf(config.forbiddenAccountIds);
  const chosen = accountOfCredentials(config, seed);
  const admitted = (id: string): boolean => (allowed.length === 0 || allowed.includes(id)) && !forbidden.includes(id);
  const account = chosen ?? accounts.find(({ id }) => admitted(id))?.id;
  if (account === undefined || !admitted(account)) {
    throw new CloudError(
      `AWS account ID not allowed: ${account ?? "none"}; allowedAccountIds is ${list(allowed)}, forbiddenAccountIds is ` +
        `${list(forbidden)}, and the simulated cloud has ${list(accounts.map(({ id }) => id))}`,
    );
  }
  const defaultTags = isMap(config.defaultTags) && isMap(config.defaultTags.tags) ? config.defaultTags.tags : {};
  return { id: `aws:${account}`, account, region: textOf(config, "region") ?? region, partition, defaultTags };
}

/** Rules of the provider's configuration that concern several settings. */
export function awsConfigRules(config: PropertyMap): readonly CheckFailure[] {
  return config.allowedAccountIds !== undefined && config.forbiddenAccountIds !== undefined
    ? [{ property: "forbiddenAccountIds", reason: "conflicts with allowedAccountIds; give one of the two" }]
    : [];
}

/** The region and the default tags of the provider, where a resource has such properties. */
export function awsInherited(table: ResourceTypeTable<AwsScope>, inputs: PropertyMap, scope: AwsScope): PropertyMap {
  const inherited: PropertyMap = {};
  if (table.properties.region && inputs.region === undefined) inherited.region = scope.region;
  const own = inputs.tags;
  const mergeable = own === undefined || (isMap(own) && signatureOf(own) === undefined);
  if (table.properties.tags && mergeable && Object.keys(scope.defaultTags).length > 0) {
    inherited.tags = { ...scope.defaultTags, ...own };
  }
  return inherited;
}

function accountOfCredentials(config: PropertyMap, seed: CloudSeed): string | undefined {
  const roles = Array.isArray(config.assumeRoles) ? config.assumeRoles : [];
  const role = [config.assumeRoleWithWebIdentity, ...roles].findLast(isMap)?.roleArn;
  if (typeof role === "string") {
    const account = role.split(":")[4] ?? "";
    if (seed.aws.accounts.some(({ id }) => id === account)) return account;
    throw new CloudError(`AccessDenied: the role ${role} is in no account of the simulated cloud`);
  }
  const profile = textOf(config, "profile");
  if (profile === undefined) return undefined;
  const found = seed.aws.accounts.find(({ profiles }) => profiles?.includes(profile));
  if (found) return found.id;
  const known = seed.aws.accounts.flatMap(({ profiles }) => profiles ?? []);
  throw new CloudError(`failed to get shared config profile, ${profile}; the simulated cloud has ${list(known)}`);
}

function textsOf(value: PropertyValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

function list(values: readonly string[]): string {
  return values.length > 0 ? values.join(", ") : "empty";
}
