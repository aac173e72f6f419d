import assert from "node:assert/strict";
import fc from "fast-check";
import {
  copyProperties,
  formatPropertyPath,
  getAtPath,
  parsePropertyPath,
  pathContains,
  resetAtPath,
  type PropertyPath,
} from "../../../../rehearsal/engine/values/property-path";
import { SIGNATURES, type PropertyMap, type PropertyValue } from "../../../../rehearsal/engine/values/property-value";
import { propertiesEqual } from "../../../../rehearsal/engine/values/property-equality";
import { makeSecret, unwrapSecrets } from "../../../../rehearsal/engine/values/secret-value";
import { propertyMap } from "./property-arbitrary";

const path: fc.Arbitrary<PropertyPath> = fc.array(
  fc.oneof(
    fc.nat({ max: 20 }),
    fc.constantFrom("*", "a.b", 'say "hi"', "a[0]", "-", "back\\slash", 'x\\"y', "ü"),
    fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== "" && !text.endsWith("\\")),
  ),
  { maxLength: 5 },
);

/** Properties as the step rules get them: the monitor has turned output values into secrets and unknowns before. */
const settledMap = propertyMap.filter((map) => !JSON.stringify(map).includes(SIGNATURES.output));

describe("a property path", () => {
  const texts: readonly [text: string, path: PropertyPath][] = [
    ["", []],
    ["root", ["root"]],
    ["root.nested", ["root", "nested"]],
    ['root["nested"]', ["root", "nested"]],
    ['root["double"].nest', ["root", "double", "nest"]],
    ["root.array[0][1].nested", ["root", "array", 0, 1, "nested"]],
    ['root["key with \\"escaped\\" quotes"]', ["root", 'key with "escaped" quotes']],
    ['["root key with a ."][100]', ["root key with a .", 100]],
    ["root.array[*].field", ["root", "array", "*", "field"]],
    ['root.array["*"].field', ["root", "array", "*", "field"]],
    ["foo-bar", ["foo-bar"]],
    ["*", ["*"]],
    ["a.[0]", ["a", 0]],
    ["[-1]", [-1]],
    ["[+2]", [2]],
    ['["back\\slash"]', ["back\\slash"]],
  ];
  for (const [text, parsed] of texts) {
    it(`is read from ${text || "nothing"}`, () => assert.deepEqual(parsePropertyPath(text), parsed));
  }

  const malformed: readonly [text: string, message: RegExp][] = [
    [".a", /^expected property path to start with a name or index$/],
    ["a.", /^expected property path to end with a name or index$/],
    ['["a', /^missing closing quote in property name$/],
    ['["a\\"]', /^missing closing quote in property name$/],
    ['["a"', /^missing closing bracket in property access$/],
    ['["a"x]', /^missing closing bracket in property access$/],
    ["a[0", /^missing closing bracket in array index$/],
    ["a[]", /^invalid array index: ""$/],
    ["a[x]", /^invalid array index: "x"$/],
    ["a[1.5]", /^invalid array index: "1.5"$/],
  ];
  for (const [text, message] of malformed) {
    it(`fails to be read from ${text}`, () => assert.throws(() => parsePropertyPath(text), { message }));
  }

  it("is read back as it was written", () => {
    fc.assert(fc.property(path, (given) => assert.deepEqual(parsePropertyPath(formatPropertyPath(given)), given)));
  });

  it("is written with quotes around a name that is no identifier", () => {
    assert.equal(formatPropertyPath(["a", "b", 0, "c d", "*"]), 'a.b[0]["c d"]["*"]');
  });

  it("contains itself and everything below, and a wildcard contains any element", () => {
    fc.assert(
      fc.property(path, path, fc.nat(4), (one, more, at) => {
        assert.ok(pathContains(one, [...one, ...more]));
        assert.equal(pathContains([...one, "x"], one), false);
        const wild = one.map((element, i) => (i === at ? "*" : element));
        assert.ok(pathContains(wild, one));
      }),
    );
  });

  it("does not contain a path that differs in one element", () => {
    assert.equal(pathContains(["a", 0], ["a", 1]), false);
    assert.equal(pathContains(["a", 0], ["a", "0"]), false);
  });

  const properties: PropertyMap = { a: { list: [1, { b: null }], "x.y": "z" } };
  const reads: readonly [text: string, value: PropertyValue | undefined][] = [
    ["", properties],
    ["a.list[1].b", null],
    ['a["x.y"]', "z"],
    ["a.list[2]", undefined],
    ["a.list[-1]", undefined],
    ["a.list.length", undefined],
    ["a[0]", undefined],
    ["a.none.deeper", undefined],
    ["a.list[0].deeper", undefined],
  ];
  for (const [text, value] of reads) {
    it(`reads ${JSON.stringify(value)} at ${text || "the root"}`, () =>
      assert.deepEqual(getAtPath(properties, parsePropertyPath(text)), value));
  }
});

describe("resetAtPath", () => {
  const cases: readonly [text: string, olds: PropertyMap, news: PropertyMap, result: PropertyMap | false][] = [
    ["a", { a: 1 }, { a: 2 }, { a: 1 }],
    ["a", {}, { a: 2, b: 3 }, { b: 3 }],
    ["a", { a: 1 }, {}, { a: 1 }],
    ["a.b", { a: { b: 1 } }, { a: { b: 2 } }, { a: { b: 1 } }],
    ["a.b", { a: 1 }, { a: { b: 2 } }, { a: {} }],
    ["a.b", { a: { b: 1 } }, { a: 1 }, false],
    ["a.b", { a: 1 }, { a: 2 }, { a: 2 }],
    ["a.b", { a: { b: 1 } }, {}, false],
    ["a.b", {}, {}, {}],
    ["a.b", {}, { a: { b: 2 } }, { a: {} }],
    ["a.b", { a: {} }, { a: 5 }, { a: 5 }],
    ["a.b.c", { a: 1 }, { a: { b: { c: 1 } } }, false],
    ["[0]", {}, {}, {}],
    ["l[0]", { l: [1, 2] }, { l: [3, 4] }, { l: [1, 4] }],
    ["l[5]", { l: [1] }, { l: [3] }, { l: [3] }],
    ["l[1]", { l: [1] }, { l: [3, 4] }, false],
    ["l[1]", { l: [1, 2] }, { l: [3] }, false],
    ["l[-1]", { l: [1] }, { l: [3] }, false],
    ["l[0]", { l: 1 }, { l: [3] }, false],
    ["l[0]", { l: [1] }, { l: 3 }, false],
    ["l[0]", { l: 1 }, { l: 3 }, { l: 3 }],
    ["l[0].x", { l: [{ x: 1 }] }, { l: [{ x: 2 }] }, { l: [{ x: 1 }] }],
    ["l[1].x", { l: [{ x: 1 }] }, { l: [{ x: 2 }, { x: 3 }] }, false],
    ["l[0].x", { l: 1 }, { l: 2 }, { l: 2 }],
    ["*", { a: 1, b: 2 }, { a: 3, c: 4 }, { a: 1, b: 2 }],
    ["x.*", { x: 1 }, { x: { a: 1 } }, { x: { a: 1 } }],
    ["x.*", { x: { a: 1 } }, { x: 1 }, false],
    ["l[*]", { l: [1, 2] }, { l: [3, 4] }, { l: [1, 2] }],
    ["l[*]", { l: [1, 2] }, { l: [3] }, false],
    ["l[*]", { l: 1 }, { l: [3] }, { l: [3] }],
    ["l[*].x", { l: [{ x: 1 }] }, { l: [{ x: 2 }] }, { l: [{ x: 1 }] }],
    ["l[*].x", { l: [{ x: 1 }] }, { l: [{ x: 2 }, { x: 3 }] }, false],
    ["l[*].x", { l: [{ x: 1 }] }, { l: [2] }, false],
    ["l[*].x", { l: 1 }, { l: [2] }, false],
    ["m.*.x", { m: { a: { x: 1 } } }, { m: { a: { x: 2 }, b: { x: 3 } } }, { m: { a: { x: 1 }, b: { x: 3 } } }],
    ["m.*.x", { m: { a: { x: 1 } } }, { m: {} }, false],
    ["m.*.x", { m: { a: 1 } }, { m: { a: { x: 2 } } }, { m: { a: {} } }],
    ["s", { s: makeSecret(1) }, { s: 2 }, { s: makeSecret(1) }],
    ["s.x", { s: makeSecret({ x: 1 }) }, { s: { x: 2 } }, { s: { x: makeSecret(1) } }],
    ["s.x", { s: makeSecret({ x: 1 }) }, { s: makeSecret({ x: 2 }) }, { s: makeSecret({ x: 1 }) }],
    ["s[*]", { s: makeSecret([1]) }, { s: [2] }, { s: [makeSecret(1)] }],
    ["s.*", { s: makeSecret({ a: 1 }) }, { s: { a: 2 } }, { s: { a: makeSecret(1) } }],
  ];
  for (const [text, olds, news, result] of cases) {
    const outcome = result ? `gives ${JSON.stringify(unwrapSecrets(result))}` : "is impossible";
    it(`${outcome} for ${text} from ${JSON.stringify(olds)} to ${JSON.stringify(news)}`, () => {
      const changed = copyProperties(news);
      assert.equal(resetAtPath(parsePropertyPath(text), olds, changed), result !== false);
      if (result) assert.deepEqual(changed, result);
    });
  }

  it("is impossible for the empty path", () => assert.equal(resetAtPath([], { a: 1 }, { a: 2 }), false));

  it("makes what the path reaches equal to the old value, wherever it says that it could", () => {
    fc.assert(
      fc.property(
        settledMap,
        settledMap,
        fc.constantFrom("a", "b", "a.b", "a.b.c", "a[0]", "a[0].b"),
        (olds, news, text) => {
          const at = parsePropertyPath(text);
          const changed = copyProperties(news);
          if (!resetAtPath(at, olds, changed)) return;
          const value = (all: PropertyMap): PropertyValue | undefined => getAtPath(unwrapSecrets(all), at);
          const now = value(changed);
          if (now !== undefined) assert.ok(propertiesEqual(now, value(olds)));
        },
      ),
    );
  });
});
