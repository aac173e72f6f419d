import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { CheckFailure } from "../../../engine/provider/provider";
import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import type { PropertySchemas } from "../../schema/property-schema";
import { flag, integer, record, text, asText } from "../../schema/property-schema";
import { once, planned, type ResourceTypeTable, type VendorTable } from "../table";
import { randomText } from "./random-text";

const keepers: PropertySchemas = { keepers: record(text(), { replace: true }) };

const ADJECTIVES =
  "able bold brave calm clever eager fair gentle happy keen kind lively noble proud quick rapid steady warm wise".split(
    " ",
  );
const ADVERBS =
  "briefly clearly deeply fairly firmly freely gladly mainly nearly openly rarely simply smoothly truly vastly".split(
    " ",
  );
const ANIMALS =
  "badger bear crane deer eagle falcon finch fox hare heron lynx marten otter owl raven salmon seal stork swan wolf".split(
    " ",
  );

const randomId: ResourceTypeTable = {
  type: "random:index/randomId:RandomId",
  local: true,
  properties: {
    ...keepers,
    byteLength: integer({ required: true, replace: true, min: 1 }),
    prefix: text({ replace: true }),
  },
  computed: Object.fromEntries(
    ["b64Std", "b64Url", "dec", "hex"].map((form) => [
      form,
      once(({ id, inputs }) => idForms(id, inputs.prefix)[form]),
    ]),
  ),
  idOf: ({ inputs }) => randomBytes(Number(inputs.byteLength)).toString("base64url"),
  importLocal: (imported) => {
    const comma = imported.lastIndexOf(",");
    const id = imported.slice(comma + 1);
    const inputs: PropertyMap = { byteLength: Buffer.from(id, "base64url").length };
    if (comma >= 0) inputs.prefix = imported.slice(0, comma);
    return { id, inputs, outputs: { ...inputs, ...idForms(id, inputs.prefix) } };
  },
};

const characters: PropertySchemas = {
  ...keepers,
  length: integer({ required: true, replace: true, min: 1 }),
  lower: flag({ replace: true, default: true }),
  minLower: integer({ replace: true, min: 0, default: 0 }),
  minNumeric: integer({ replace: true, min: 0, default: 0 }),
  minSpecial: integer({ replace: true, min: 0, default: 0 }),
  minUpper: integer({ replace: true, min: 0, default: 0 }),
  number: flag({ replace: true }),
  numeric: flag({ replace: true, default: true }),
  overrideSpecial: text({ replace: true }),
  special: flag({ replace: true, default: true }),
  upper: flag({ replace: true, default: true }),
};

const number = planned(({ inputs }) => inputs.number ?? inputs.numeric);

const randomString: ResourceTypeTable = {
  type: "random:index/randomString:RandomString",
  local: true,
  properties: characters,
  computed: { number, result: once(({ id }) => id) },
  idOf: ({ inputs }) => randomText(inputs),
  importLocal: (result) => textImport(result, result),
  rules: characterRules,
};

const randomPassword: ResourceTypeTable = {
  type: "random:index/randomPassword:RandomPassword",
  local: true,
  properties: characters,
  computed: { number, result: { ...once(({ inputs }) => randomText(inputs)), secret: true } },
  idOf: () => "none",
  importLocal: (result) => textImport("none", result),
  rules: characterRules,
};

const randomUuid: ResourceTypeTable = {
  type: "random:index/randomUuid:RandomUuid",
  local: true,
  properties: keepers,
  computed: { result: once(({ id }) => id) },
  idOf: () => randomUUID(),
  importLocal: (id) => ({ id, inputs: {}, outputs: { result: id } }),
};

const randomPet: ResourceTypeTable = {
  type: "random:index/randomPet:RandomPet",
  local: true,
  properties: {
    ...keepers,
    length: integer({ replace: true, min: 1, default: 2 }),
    prefix: text({ replace: true }),
    separator: text({ replace: true, default: "-" }),
  },
  idOf: ({ inputs }) => {
    const pick = (words: readonly string[]): string => words[randomInt(words.length)]!;
    const length = Number(inputs.length);
    const adverbs = Array.from({ length: Math.max(0, length - 2) }, () => pick(ADVERBS));
    const words = [...adverbs, ...(length > 1 ? [pick(ADJECTIVES)] : []), pick(ANIMALS)];
    return [...(typeof inputs.prefix === "string" ? [inputs.prefix] : []), ...words].join(asText(inputs.separator));
  },
};

/** Random values, which live in the state alone. */
export const random: VendorTable = {
  name: "random",
  version: "4.21.2",
  fileFor: () => "rehearsal/cloud/tables/random/random.ts",
  config: {},
  scopeOf: () => ({ id: "random:local" }),
  resources: [randomId, randomString, randomPassword, randomUuid, randomPet],
  functions: [],
};

function idForms(id: string, prefix: unknown): PropertyMap {
  const bytes = Buffer.from(id, "base64url");
  const hex = bytes.toString("hex");
  const start = typeof prefix === "string" ? prefix : "";
  return {
    b64Std: `${start}${bytes.toString("base64")}`,
    b64Url: `${start}${id}`,
    dec: `${start}${BigInt(`0x${hex}`).toString()}`,
    hex: `${start}${hex}`,
  };
}

function textImport(id: string, result: string): { id: string; inputs: PropertyMap; outputs: PropertyMap } {
  if (result === "") throw new CloudError("a random text is imported by its value, got an empty one");
  const defaults = Object.entries(characters).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value]],
  );
  const inputs = { ...(Object.fromEntries(defaults) as PropertyMap), length: result.length };
  return { id, inputs, outputs: { ...inputs, number: true, result } };
}

function characterRules(inputs: PropertyMap): CheckFailure[] {
  const { length, minLower, minNumeric, minSpecial, minUpper, lower, numeric, special, upper } = inputs;
  const least = [minLower, minNumeric, minSpecial, minUpper].reduce<number>(
    (sum, value) => sum + (Number(value) || 0),
    0,
  );
  return [
    ...(typeof length === "number" && length < least
      ? [{ property: "length", reason: `must be at least ${least}, the sum of the minimums, got ${length}` }]
      : []),
    ...([lower, numeric, special, upper].every((kind) => kind === false)
      ? [{ property: "special", reason: "at least one of lower, numeric, special and upper must be true" }]
      : []),
  ];
}
