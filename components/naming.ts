import { createHash } from "node:crypto";
import { InputPropertyError } from "@pulumi/pulumi";

/** A vendor's rule for the name of one kind of resource. */
export interface NameRule {
  /** The rule in words, as error messages quote it. */
  readonly text: string;
  /** Most characters that the vendor allows. */
  readonly maxLength: number;
  /** What a whole name has to look like, its length included. */
  readonly pattern: RegExp;
  /** What replaces characters that the vendor refuses: a dash where it is allowed, else nothing. */
  readonly filler: "-" | "";
  /** The vendor's page that states the rule. */
  readonly page: string;
}

const azureRules =
  "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules" as const;

/**
 * The name rules of every kind of resource that an environment names itself.
 * All names are lower case, because most of these vendors compare names without regard to case.
 */
export const nameRules = {
  s3Bucket: {
    text: "3 to 63 lower case letters, digits and dashes, no reserved prefix or suffix",
    maxLength: 63,
    // Dots are left out on purpose: they break TLS for virtual-hosted addresses.
    pattern:
      /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(?:-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    filler: "-",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  },
  dynamodbTable: {
    text: "3 to 255 letters, digits, dashes, underscores and dots",
    maxLength: 255,
    pattern: /^[a-z0-9_.-]{3,255}$/,
    filler: "-",
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
  },
  iamRole: {
    text: "1 to 64 letters, digits and any of _+=,.@-",
    maxLength: 64,
    pattern: /^[a-z0-9_+=,.@-]{1,64}$/,
    filler: "-",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  },
  iamPolicy: {
    text: "1 to 128 letters, digits and any of _+=,.@-",
    maxLength: 128,
    pattern: /^[a-z0-9_+=,.@-]{1,128}$/,
    filler: "-",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  },
  kmsAlias: {
    text: "1 to 250 letters, digits, dashes, underscores and slashes after alias/, not starting with aws/",
    maxLength: 250,
    pattern: /^(?!aws\/)[a-z0-9/_-]{1,250}$/,
    filler: "-",
    page: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
  },
  githubEnvironment: {
    text: "1 to 255 letters, digits, dashes, underscores, dots and slashes",
    maxLength: 255,
    pattern: /^[a-z0-9][a-z0-9._/-]{0,254}$/,
    filler: "-",
    page: "https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments",
  },
  resourceGroup: {
    text: "1 to 90 letters, digits, dashes, underscores, dots and parentheses, not ending in a dot",
    maxLength: 90,
    pattern: /^[a-z0-9_.()-]{0,89}[a-z0-9_()-]$/,
    filler: "-",
    page: azureRules,
  },
  storageAccount: {
    text: "3 to 24 lower case letters and digits",
    maxLength: 24,
    pattern: /^[a-z0-9]{3,24}$/,
    filler: "",
    page: azureRules,
  },
  blobContainer: {
    text: "3 to 63 lower case letters, digits and single dashes, with a letter or digit at both ends",
    maxLength: 63,
    pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    filler: "-",
    page: azureRules,
  },
  federatedCredential: {
    text: "3 to 120 letters, digits, dashes and underscores, starting with a letter or digit",
    maxLength: 120,
    pattern: /^[a-z0-9][a-z0-9_-]{2,119}$/,
    filler: "-",
    page: azureRules,
  },
  keyVault: {
    text: "3 to 24 letters, digits and single dashes, starting with a letter, ending in a letter or digit",
    maxLength: 24,
    pattern: /^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$/,
    filler: "-",
    page: azureRules,
  },
  containerRegistry: {
    text: "5 to 50 letters and digits",
    maxLength: 50,
    pattern: /^[a-z0-9]{5,50}$/,
    filler: "",
    page: azureRules,
  },
  onlineEndpoint: {
    text: "3 to 32 letters, digits and single dashes, starting with a letter, ending in a letter or digit",
    maxLength: 32,
    pattern: /^(?!.*--)[a-z][a-z0-9-]{1,30}[a-z0-9]$/,
    filler: "-",
    page: "https://learn.microsoft.com/en-us/azure/machine-learning/how-to-manage-quotas",
  },
  machineLearningWorkspace: {
    text: "3 to 33 letters, digits, dashes and underscores, starting with a letter or digit",
    maxLength: 33,
    pattern: /^[a-z0-9][a-z0-9_-]{2,32}$/,
    filler: "-",
    page: azureRules,
  },
  applicationInsights: {
    text: "1 to 260 letters, digits, dashes, underscores, dots and parentheses, not ending in a dot",
    maxLength: 260,
    pattern: /^[a-z0-9_.()-]{0,259}[a-z0-9_()-]$/,
    filler: "-",
    page: azureRules,
  },
  servingEndpoint: {
    text: "1 to 63 letters, digits, dashes and underscores, with a letter or digit at both ends",
    maxLength: 63,
    pattern: /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/,
    filler: "-",
    page: "https://docs.databricks.com/api/workspace/servingendpoints/create",
  },
  databricksWorkspace: {
    text: "3 to 64 letters, digits, dashes and underscores",
    maxLength: 64,
    pattern: /^[a-z0-9_-]{3,64}$/,
    filler: "-",
    page: azureRules,
  },
  postgresServer: {
    text: "3 to 63 lower case letters, digits and dashes, with a letter or digit at both ends",
    maxLength: 63,
    pattern: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    filler: "-",
    page: azureRules,
  },
  logAnalytics: {
    text: "4 to 63 letters, digits and dashes, with a letter or digit at both ends",
    maxLength: 63,
    pattern: /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/,
    filler: "-",
    page: azureRules,
  },
  aksCluster: {
    text: "1 to 54 letters, digits and dashes, with a letter or digit at both ends, so that it is a DNS prefix too",
    maxLength: 54,
    pattern: /^[a-z0-9](?:[a-z0-9-]{0,52}[a-z0-9])?$/,
    filler: "-",
    page: azureRules,
  },
  managedIdentity: {
    text: "3 to 128 letters, digits, dashes and underscores, starting with a letter or digit",
    maxLength: 128,
    pattern: /^[a-z0-9][a-z0-9_-]{2,127}$/,
    filler: "-",
    page: azureRules,
  },
  kubernetesLabel: {
    text: "1 to 63 lower case letters, digits and dashes, with a letter or digit at both ends",
    maxLength: 63,
    pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    filler: "-",
    page: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names",
  },
} as const satisfies Record<string, NameRule>;

/** A kind of resource whose physical name {@link physicalName} computes. */
export type NameKind = keyof typeof nameRules;

/**
 * The physical name of a resource: `parts` joined with dashes where the vendor allows that name as it is; otherwise
 * the nearest name that it does allow, shortened to the vendor's limit and ended with a hash of the joined parts,
 * so that two different inputs do not end up with one name. The same input always gives the same name.
 * Throws an `InputPropertyError` that quotes the vendor's rule when no name can be made.
 */
export function physicalName(kind: NameKind, ...parts: readonly string[]): string {
  const rule: NameRule = nameRules[kind];
  const wanted = parts.join("-");
  if (parts.length === 0 || parts.some((part) => !/[A-Za-z0-9]/.test(part))) {
    throw nameError(kind, wanted, "each part needs a letter or a digit");
  }
  if (rule.pattern.test(wanted)) {
    return wanted;
  }
  const hash = shortHash(wanted);
  const stem = tidy(wanted, rule).slice(0, rule.maxLength - hash.length - rule.filler.length);
  const name = `${trimDashes(stem)}${rule.filler}${hash}`;
  if (!rule.pattern.test(name)) {
    throw nameError(kind, wanted, "choose another organization or name");
  }
  return name;
}

function tidy(wanted: string, { filler }: NameRule): string {
  return trimDashes(wanted.toLowerCase().replace(/[^a-z0-9]+/g, filler));
}

function trimDashes(text: string): string {
  return text.replace(/^-+|-+$/g, "");
}

/** Eight characters of base 36: about 41 bits, so that even among a thousand names two are equal less than once in a million times. */
function shortHash(text: string): string {
  return BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)
    .toString(36)
    .slice(-8);
}

function nameError(kind: NameKind, wanted: string, advice: string): InputPropertyError {
  const { text, page } = nameRules[kind];
  const reason = `cannot make a name of kind ${kind} from ${JSON.stringify(wanted)}: allowed are ${text} (${page}); ${advice}`;
  return new InputPropertyError({ propertyPath: kind, reason });
}
