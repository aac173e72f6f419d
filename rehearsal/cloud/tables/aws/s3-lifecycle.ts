import type { PropertyMap } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { flag, integer, list, object, oneOf, record, set, text, asText } from "../../schema/property-schema";
import { planned } from "../table";
import { regional } from "./aws-properties";
import { STORAGE_CLASSES } from "./s3-bucket";
import { bucketSetting } from "./s3-bucket-settings";

const ACTIONS = [
  ...["abortIncompleteMultipartUpload", "expiration", "noncurrentVersionExpiration", "noncurrentVersionTransitions"],
  "transitions",
];

const sizes = { objectSizeGreaterThan: integer({ min: 0 }), objectSizeLessThan: integer({ min: 1 }) };

/**
 * When the bucket moves and removes its objects.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const bucketLifecycle = bucketSetting(
  "BucketLifecycleConfiguration",
  {
    ...regional,
    bucket: text({ required: true, replace: true }),
    expectedBucketOwner: text({ replace: true, pattern: /^\d{12}$/, meaning: "an account id of twelve digits" }),
    rules: list(
      object({
        abortIncompleteMultipartUpload: object({ daysAfterInitiation: integer({ min: 1 }) }),
        expiration: object({ date: text(), days: integer({ min: 0 }), expiredObjectDeleteMarker: flag() }),
        filter: object({
          ...sizes,
          and: object({ ...sizes, prefix: text(), tags: record(text()) }),
          prefix: text(),
          tag: object({ key: text({ required: true }), value: text({ required: true }) }),
        }),
        id: text({ required: true, minLength: 1, maxLength: 255 }),
        noncurrentVersionExpiration: object({
          newerNoncurrentVersions: integer({ min: 1, max: 100 }),
          noncurrentDays: integer({ required: true, min: 1 }),
        }),
        noncurrentVersionTransitions: set(
          object({
            newerNoncurrentVersions: integer({ min: 1, max: 100 }),
            noncurrentDays: integer({ required: true, min: 0 }),
            storageClass: oneOf(STORAGE_CLASSES, { required: true }),
          }),
        ),
        prefix: text(),
        status: oneOf(["Enabled", "Disabled"], { required: true }),
        transitions: set(
          object({ date: text(), days: integer({ min: 0 }), storageClass: oneOf(STORAGE_CLASSES, { required: true }) }),
        ),
      }),
      { minItems: 1, maxItems: 1000 },
    ),
    timeouts: object({ create: text(), update: text() }),
    transitionDefaultMinimumObjectSize: oneOf(["all_storage_classes_128K", "varies_by_storage_class"]),
  },
  {
    computed: {
      expectedBucketOwner: planned(({ inputs }) => inputs.expectedBucketOwner ?? ""),
      transitionDefaultMinimumObjectSize: planned(
        ({ inputs }) => inputs.transitionDefaultMinimumObjectSize ?? "all_storage_classes_128K",
      ),
    },
    rules: ({ rules }) => {
      const all = (Array.isArray(rules) ? rules : []).filter(isMap);
      const ids = all.map(({ id }) => id);
      return all.flatMap((rule, i) => [
        ...(hasAction(rule)
          ? []
          : [{ property: `rules[${i}]`, reason: `needs at least one action of ${ACTIONS.join(", ")}` }]),
        ...(ids.indexOf(rule.id) === i
          ? []
          : [{ property: `rules[${i}].id`, reason: `"${asText(rule.id)}" is used twice` }]),
      ]);
    },
  },
);

function hasAction(rule: PropertyMap): boolean {
  return ACTIONS.some((name) => rule[name] !== undefined);
}
