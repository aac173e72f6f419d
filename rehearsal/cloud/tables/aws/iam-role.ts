import { UNKNOWN } from "../../../engine/values/property-value";
import { flag, integer, json, object, set, text, asText } from "../../schema/property-schema";
import { once, planned, type Reference, type ResourceTypeTable } from "../table";
import { arnOf, iamUniqueId, nameOrPrefixed, policySize, tagged, tagsAll } from "./aws-properties";
import type { AwsScope } from "./aws-scope";
import { policyFaults } from "./policy-document";

/** Type token of an IAM role. */
export const ROLE = "aws:iam/role:Role";
/** Type token of a managed policy of the customer's own. */
export const POLICY = "aws:iam/policy:Policy";

const NAME_MEANING = "letters, digits and the characters +=,.@_-";

/** A name of IAM, up to a length. */
export const iamName = (maxLength: number) =>
  text({ replace: true, minLength: 1, maxLength, pattern: /^[\w+=,.@-]+$/, meaning: NAME_MEANING });

/** A path of IAM. */
export const iamPath = text({
  replace: true,
  default: "/",
  maxLength: 512,
  pattern: /^(\/|\/[\u0021-\u007e]+\/)$/,
  meaning: "a path that begins and ends with a slash",
});

/** Whether an ARN is that of a policy which AWS manages: those always exist. */
export function isAwsManaged(arn: string): boolean {
  return /^arn:[a-z-]+:iam::aws:policy\//.test(arn);
}

/** A role. */
export const role: ResourceTypeTable<AwsScope> = {
  type: ROLE,
  properties: {
    ...tagged,
    assumeRolePolicy: json(policyFaults("trust"), { required: true }),
    description: text({ maxLength: 1000 }),
    forceDetachPolicies: flag({ default: false }),
    inlinePolicies: set(object({ name: text({ maxLength: 128 }), policy: json(policyFaults("identity")) })),
    managedPolicyArns: set(text()),
    maxSessionDuration: integer({ min: 3600, max: 43_200, default: 3600 }),
    name: iamName(64),
    namePrefix: text({ replace: true, maxLength: 38 }),
    path: iamPath,
    permissionsBoundary: text(),
  },
  computed: {
    arn: once(({ id, inputs, scope }) => arnOf(scope, "iam", "", `role${asText(inputs.path)}${id}`)),
    createDate: once(({ now }) => now.replace(/\.\d+Z$/, "Z")),
    name: planned(({ id, inputs }) => inputs.name ?? (id || UNKNOWN)),
    uniqueId: once((context) => iamUniqueId(context, "AROA")),
    tagsAll,
  },
  idOf: (context) => nameOrPrefixed(context, "name", "namePrefix"),
  autoName: { property: "name", maxLength: 64, unless: ["namePrefix"] },
  taken: (_, owner) => `EntityAlreadyExists: Role with name ${owner.id} already exists.`,
  refuse: ({ inputs }) =>
    policySize(inputs.assumeRolePolicy) > 2048
      ? "LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048"
      : undefined,
  references: [
    {
      property: "permissionsBoundary",
      types: [POLICY],
      attributes: ["arn"],
      unless: isAwsManaged,
      missing: (arn) => `NoSuchEntity: Scope ARN: ${arn} does not exist or is not attachable.`,
    },
  ],
  forceDelete: ({ inputs }) => inputs.forceDetachPolicies === true,
};

const ofRole = (blocks: string): Reference => ({
  property: "role",
  types: [ROLE],
  attributes: ["id"],
  missing: (name) => `NoSuchEntity: The role with name ${name} cannot be found.`,
  onDelete: "refuse",
  blocks: ({ id }) => `DeleteConflict: Cannot delete entity, must ${blocks} first: role ${id}`,
});

/** A policy that is part of a role. */
export const rolePolicy: ResourceTypeTable<AwsScope> = {
  type: "aws:iam/rolePolicy:RolePolicy",
  properties: {
    name: iamName(128),
    namePrefix: text({ replace: true, maxLength: 102 }),
    policy: json(policyFaults("identity"), { required: true }),
    role: text({ required: true, replace: true }),
  },
  computed: {
    name: planned(({ id, inputs }) => inputs.name ?? (id.slice(id.indexOf(":") + 1) || UNKNOWN)),
  },
  idOf: (context) => `${asText(context.inputs.role)}:${nameOrPrefixed(context, "name", "namePrefix")}`,
  autoName: { property: "name", maxLength: 128, unless: ["namePrefix"] },
  existing: "overwrite",
  refuse: ({ inputs }) =>
    policySize(inputs.policy) > 10_240
      ? `LimitExceeded: Maximum policy size of 10240 bytes exceeded for role ${asText(inputs.role)}`
      : undefined,
  references: [ofRole("delete policies")],
};

/** A managed policy on a role. */
export const rolePolicyAttachment: ResourceTypeTable<AwsScope> = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  properties: {
    policyArn: text({ required: true, replace: true, pattern: /^arn:/, meaning: "the ARN of a policy" }),
    role: text({ required: true, replace: true }),
  },
  idOf: ({ inputs }) => `${asText(inputs.role)}/${asText(inputs.policyArn)}`,
  existing: "overwrite",
  references: [
    ofRole("detach all policies"),
    {
      property: "policyArn",
      types: [POLICY],
      attributes: ["arn"],
      unless: isAwsManaged,
      missing: (arn) => `NoSuchEntity: Policy ${arn} does not exist or is not attachable.`,
      onDelete: "refuse",
      blocks: ({ id }) => `DeleteConflict: Cannot delete a policy attached to entities: ${id}`,
    },
  ],
};

/** A managed policy. */
export const policy: ResourceTypeTable<AwsScope> = {
  type: POLICY,
  properties: {
    ...tagged,
    delayAfterPolicyCreationInMs: integer({ min: 0 }),
    description: text({ replace: true, maxLength: 1000 }),
    name: iamName(128),
    namePrefix: text({ replace: true, maxLength: 102 }),
    path: iamPath,
    policy: json(policyFaults("identity"), { required: true }),
  },
  computed: {
    arn: once(({ id }) => id),
    attachmentCount: once(() => 0),
    name: planned(({ id, inputs }) => inputs.name ?? (id.slice(id.lastIndexOf("/") + 1) || UNKNOWN)),
    policyId: once((context) => iamUniqueId(context, "ANPA")),
    tagsAll,
  },
  idOf: (context) =>
    arnOf(
      context.scope,
      "iam",
      "",
      `policy${asText(context.inputs.path)}${nameOrPrefixed(context, "name", "namePrefix")}`,
    ),
  autoName: { property: "name", maxLength: 128, unless: ["namePrefix"] },
  taken: (_, owner) =>
    `EntityAlreadyExists: A policy called ${owner.id.slice(owner.id.lastIndexOf("/") + 1)} already exists. Duplicate names are not allowed.`,
  refuse: ({ inputs }) =>
    policySize(inputs.policy) > 6144 ? "LimitExceeded: Cannot exceed quota for PolicySize: 6144" : undefined,
};
