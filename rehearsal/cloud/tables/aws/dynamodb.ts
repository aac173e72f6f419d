import type { CheckFailure } from "../../../engine/provider/provider";
import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { containsUnknowns } from "../../../engine/values/unknown-value";
import { any, flag, integer, list, object, oneOf, set, text, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { arnOf, regional, tagged, tagsAll, type AwsContext } from "./aws-properties";
import type { AwsScope } from "./aws-scope";

const capacity = object({ maxReadRequestUnits: integer(), maxWriteRequestUnits: integer() });
const warm = object({ readUnitsPerSecond: integer(), writeUnitsPerSecond: integer() });
const projection = oneOf(["ALL", "INCLUDE", "KEYS_ONLY"], { required: true });

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const tableName = text({
  replace: true,
  minLength: 3,
  maxLength: 255,
  pattern: /^[A-Za-z0-9_.-]+$/,
  meaning: "letters, digits, underscores, dots and hyphens",
});

/** A DynamoDB table. */
export const table: ResourceTypeTable<AwsScope> = {
  type: "aws:dynamodb/table:Table",
  properties: {
    ...regional,
    ...tagged,
    attributes: set(object({ name: text({ required: true }), type: oneOf(["S", "N", "B"], { required: true }) })),
    billingMode: oneOf(["PROVISIONED", "PAY_PER_REQUEST"], { default: "PROVISIONED" }),
    deletionProtectionEnabled: flag({ default: false }),
    globalSecondaryIndexes: set(
      object({
        hashKey: text(),
        keySchemas: list(
          object({ attributeName: text({ required: true }), keyType: oneOf(["HASH", "RANGE"], { required: true }) }),
        ),
        name: text({ required: true }),
        nonKeyAttributes: set(text()),
        onDemandThroughput: capacity,
        projectionType: projection,
        rangeKey: text(),
        readCapacity: integer({ min: 0 }),
        warmThroughput: warm,
        writeCapacity: integer({ min: 0 }),
      }),
    ),
    globalTableWitness: object({ regionName: text() }),
    hashKey: text({ replace: true }),
    importTable: any({ replace: true }),
    localSecondaryIndexes: set(
      object({
        name: text({ required: true }),
        nonKeyAttributes: list(text()),
        projectionType: projection,
        rangeKey: text({ required: true }),
      }),
      { replace: true },
    ),
    name: tableName,
    onDemandThroughput: capacity,
    pointInTimeRecovery: object({
      enabled: flag({ required: true }),
      recoveryPeriodInDays: integer({ min: 1, max: 35 }),
    }),
    rangeKey: text({ replace: true }),
    readCapacity: integer({ min: 0 }),
    replicas: set(any()),
    restoreBackupArn: text({ replace: true }),
    restoreDateTime: text({ replace: true }),
    restoreSourceName: text({ replace: true }),
    restoreSourceTableArn: text({ replace: true }),
    restoreToLatestTime: flag({ replace: true }),
    serverSideEncryption: object({ enabled: flag({ required: true }), kmsKeyArn: text() }),
    streamEnabled: flag(),
    streamViewType: oneOf(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]),
    tableClass: oneOf(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]),
    ttl: object({ attributeName: text(), enabled: flag() }),
    warmThroughput: warm,
    writeCapacity: integer({ min: 0 }),
  },
  computed: {
    arn: once(arnOfTable),
    pointInTimeRecovery: live(({ inputs }) => inputs.pointInTimeRecovery ?? { enabled: false }),
    readCapacity: live(({ inputs }) => inputs.readCapacity ?? 0),
    writeCapacity: live(({ inputs }) => inputs.writeCapacity ?? 0),
    serverSideEncryption: live(({ inputs }) => inputs.serverSideEncryption),
    streamArn: live((context) => (streams(context) ? `${arnOfTable(context)}/stream/${streamLabel(context)}` : "")),
    streamLabel: live((context) => (streams(context) ? streamLabel(context) : "")),
    streamViewType: live(({ inputs }) => inputs.streamViewType ?? ""),
    tableClass: planned(({ inputs }) => inputs.tableClass ?? "STANDARD"),
    ttl: live(({ inputs }) => inputs.ttl ?? { attributeName: "", enabled: false }),
    tagsAll,
  },
  idOf: ({ inputs }) => asText(inputs.name),
  autoName: { property: "name", maxLength: 255 },
  rules: (inputs) => [...keyRules(inputs), ...capacityRules(inputs)],
  taken: (_, owner) => `ResourceInUseException: Table already exists: ${owner.id}`,
  refuseDelete: ({ id, inputs }) =>
    inputs.deletionProtectionEnabled === true
      ? `ValidationException: Resource cannot be deleted as it is currently protected against deletion: "${id}"; ` +
        "set deletionProtectionEnabled to false first"
      : undefined,
};

function arnOfTable({ inputs, scope }: AwsContext): string {
  return arnOf(scope, "dynamodb", asText(inputs.region), `table/${asText(inputs.name)}`);
}

function streams({ inputs }: AwsContext): boolean {
  return inputs.streamEnabled === true;
}

function streamLabel({ now, prior }: AwsContext): string {
  return typeof prior?.streamLabel === "string" && prior.streamLabel !== "" ? prior.streamLabel : now.replace("Z", "");
}

function keyRules(inputs: PropertyMap): CheckFailure[] {
  if (containsUnknowns(inputs)) return [];
  const copied = ["restoreBackupArn", "restoreSourceName", "restoreSourceTableArn", "importTable"];
  if (copied.some((name) => inputs[name] !== undefined)) return [];
  if (inputs.hashKey === undefined) return [{ property: "hashKey", reason: "is required for a table that is no copy" }];
  const declared = maps(inputs.attributes).map(({ name }) => asText(name));
  const indexes = [...maps(inputs.globalSecondaryIndexes), ...maps(inputs.localSecondaryIndexes)];
  const used = [inputs, ...indexes].flatMap(({ hashKey, rangeKey, keySchemas }) =>
    [hashKey, rangeKey, ...maps(keySchemas).map(({ attributeName }) => attributeName)].flatMap((key) =>
      typeof key === "string" ? [key] : [],
    ),
  );
  const missing = used.filter((key) => !declared.includes(key));
  const idle = declared.filter((name) => !used.includes(name));
  return [
    ...missing.map((key) => ({
      property: "attributes",
      reason: `must declare the key "${key}", got [${declared.join(", ")}]`,
    })),
    ...idle.map((name) => ({
      property: "attributes",
      reason: `all attributes must be indexed, unused attribute "${name}"`,
    })),
  ];
}

function capacityRules({ billingMode, readCapacity, writeCapacity }: PropertyMap): CheckFailure[] {
  if (billingMode !== "PROVISIONED") return [];
  return Object.entries({ readCapacity, writeCapacity }).flatMap(([property, value]) =>
    value === undefined || value === 0
      ? [{ property, reason: 'must be at least 1 when billingMode is "PROVISIONED", or use "PAY_PER_REQUEST"' }]
      : [],
  );
}

function maps(value: PropertyValue | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
