import fc from "fast-check";
import {
  SIGNATURE_KEY,
  SIGNATURES,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "../../../../rehearsal/engine/values/property-value";

/** An object of the protocol. */
export const special = (kind: keyof typeof SIGNATURES, fields: PropertyMap): PropertyMap => ({
  [SIGNATURE_KEY]: SIGNATURES[kind],
  ...fields,
});

/** Names that a property may have; one of them can only be written in quotes in a path. */
export const name = fc.oneof(
  fc.constantFrom("a", "b", "c", "with.dot", 'with"quote'),
  fc.stringMatching(/^[a-z]{1,4}$/),
);

const urn = fc.constantFrom("urn:pulumi:dev::demo::sim:index:Thing::a", "urn:pulumi:dev::demo::sim:index:Thing::b");
const hash = fc.constantFrom("0".repeat(64), "1".repeat(64));

const tree = fc.letrec<{ value: PropertyValue; map: PropertyMap; asset: PropertyMap; archive: PropertyMap }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.boolean(), fc.string({ maxLength: 3 }), fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })),
    fc.constantFrom<PropertyValue>(null, UNKNOWN),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("map"),
    tie("value").map((value) => special("secret", { value })),
    fc.oneof(tie("asset"), tie("archive")),
    fc
      .record({ urn, id: fc.constantFrom("1", "2"), packageVersion: fc.constant("") })
      .map((r) => special("resource", r)),
    fc
      .record(
        { value: tie("value"), secret: fc.boolean(), dependencies: fc.array(urn, { maxLength: 2 }) },
        { requiredKeys: [] },
      )
      .map((output) => special("output", output as PropertyMap)),
  ),
  map: fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  asset: fc.record({ hash, text: fc.string({ maxLength: 3 }) }).map((asset) => special("asset", asset)),
  archive: fc
    .record({
      hash,
      assets: fc.dictionary(name, fc.oneof({ maxDepth: 2 }, tie("asset"), tie("archive")), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
    })
    .map((archive) => special("archive", archive)),
}));

/** Any value, special objects and unknowns included. */
export const propertyValue = tree.value;

/** Any properties. */
export const propertyMap = tree.map;
