import assert from "node:assert/strict";
import { z } from "zod";
import { schemaFaults } from "../../../automation/settings/schema-faults";
import { settingsSchema } from "../../../automation/settings/settings-schema";

const schema = z.strictObject({
  name: z.string().min(1),
  count: z.int().min(1).max(9).optional(),
  kind: z.enum(["blue", "green"]).optional(),
  on: z.boolean().optional(),
  list: z.array(z.string()).min(1).optional(),
  either: z.union([z.string(), z.object({ name: z.string() })]).optional(),
  when: z.iso.datetime().optional(),
  tag: z.string().regex(/^v/).optional(),
});

function faults(raw: unknown, by: z.ZodType = schema): string[] {
  const { error } = by.safeParse(raw);
  return schemaFaults(raw, error?.issues ?? []);
}

describe("what a schema finds wrong, in words", () => {
  for (const [what, raw, expected] of [
    ["what is missing", {}, "name: missing, it must be a text"],
    ["an empty text", { name: "" }, 'name: got "", allowed is a text that is not empty'],
    ["another type", { name: 3 }, "name: got 3, allowed is a text"],
    ["a number that is too large", { name: "a", count: 10 }, "count: got 10, allowed is at most 9"],
    ["a number that is too small", { name: "a", count: 0 }, "count: got 0, allowed is at least 1"],
    ["a value that is none of some", { name: "a", kind: "red" }, 'kind: got "red", allowed is one of blue, green'],
    ["what is not on or off", { name: "a", on: "yes" }, 'on: got "yes", allowed is true or false'],
    ["an empty list", { name: "a", list: [] }, "list: got [], allowed is a list with a length of at least 1"],
    [
      "none of several forms",
      { name: "a", either: 1 },
      "either: got 1, allowed is a text, or a section of names and values",
    ],
    ["what is no time", { name: "a", when: "soon" }, 'when: got "soon", allowed is a datetime'],
    ["a text of another form", { name: "a", tag: "1" }, 'tag: got "1", allowed is a text of the form /^v/'],
    ["an unknown key", { name: "a", more: 1 }, "more: unknown key"],
    ["no section at all", "x", 'the file: got "x", allowed is a section of names and values'],
    ["a long value", { name: Array(200).fill("a") }, /^name: got \["a".{100,130}…, allowed is a text$/],
  ] as const) {
    it(`tells ${what}`, () => {
      const told = faults(raw);
      assert.equal(told.length, 1);
      if (typeof expected === "string") assert.equal(told[0], expected);
      else assert.match(told[0] ?? "", expected);
    });
  }

  it("leaves none of its library's words in the settings, whatever is wrong with them", () => {
    const wrong = [1, "x", null, [], {}, [1], { a: 1 }, { from: "me" }, [{ from: "me" }], { dev: 1 }, { dev: [{}] }];
    for (const name of ["branches", "aliases", "projects", "changes", "gate", "drift"]) {
      for (const value of wrong) {
        for (const raw of [{ [name]: value }, { [name]: { dev: value } }, { [name]: { dev: [value] } }]) {
          for (const fault of faults(raw, settingsSchema)) {
            assert.doesNotMatch(fault, /Invalid|expected|received|undefined|Unrecognized|Too /, JSON.stringify(raw));
          }
        }
      }
    }
  });
});
