import type { CloudResource } from "../../cloud-resource";
import { set, text, asText } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { arnOf, tagged, tagsAll } from "./aws-properties";
import type { AwsScope } from "./aws-scope";

/** Type token of an OIDC provider. */
export const OIDC_PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

/**
 * An identity provider that AWS trusts. An account has at most one for each URL.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export const openIdConnectProvider: ResourceTypeTable<AwsScope> = {
  type: OIDC_PROVIDER,
  properties: {
    ...tagged,
    clientIdLists: set(text({ minLength: 1, maxLength: 255 }), { required: true, maxItems: 100 }),
    thumbprintLists: set(text({ pattern: /^[0-9a-fA-F]{40}$/, meaning: "40 hexadecimal digits" }), { maxItems: 5 }),
    url: text({
      required: true,
      replace: true,
      maxLength: 255,
      pattern: /^https:\/\/[^/?#]+(\/[^?#]*)?$/,
      meaning: "a URL that begins with https:// and has no query",
    }),
  },
  computed: {
    arn: once(({ id }) => id),
    thumbprintLists: live(
      ({ inputs, prior, hex }) => inputs.thumbprintLists ?? prior?.thumbprintLists ?? [hex("thumbprint", 40)],
    ),
    url: planned(({ inputs }) => withoutScheme(asText(inputs.url))),
    tagsAll,
  },
  idOf: ({ inputs, scope }) => arnOf(scope, "iam", "", `oidc-provider/${withoutScheme(asText(inputs.url))}`),
  taken: ({ inputs }) => `EntityAlreadyExists: Provider with url ${asText(inputs.url)} already exists.`,
  same: (property, old, now) =>
    property === "url" &&
    typeof old === "string" &&
    typeof now === "string" &&
    withoutScheme(old) === withoutScheme(now),
};

/** The providers that the seed says exist. */
export function seededOidcProviders(seed: CloudSeed): Omit<CloudResource, "createdAt" | "urn">[] {
  return seed.aws.accounts.flatMap(({ id: account, openIdConnectProviders = [] }) =>
    openIdConnectProviders.map(({ url, clientIds }) => {
      const arn = `arn:${seed.aws.partition}:iam::${account}:oidc-provider/${withoutScheme(url)}`;
      const inputs = { url, clientIdLists: [...clientIds], thumbprintLists: ["0".repeat(40)] };
      const outputs = { ...inputs, url: withoutScheme(url), arn, tagsAll: {} };
      return { scope: `aws:${account}`, type: OIDC_PROVIDER, id: arn, inputs, outputs };
    }),
  );
}

/** The URL as AWS keeps it: without `https://`. */
export function withoutScheme(url: string): string {
  return url.replace(/^https:\/\//, "").replace(/\/$/, "");
}
