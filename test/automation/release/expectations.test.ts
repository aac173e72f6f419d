import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { AutomationError } from "../../../automation/errors";
import type { ScoringAnswer } from "../../../automation/ports/online-endpoints";
import { checkAnswers, percentile } from "../../../automation/release/check-answers";
import { parseExpectation } from "../../../automation/release/expectation";
import { readRequests } from "../../../automation/release/read-requests";

const answer = (body: unknown, more: Partial<ScoringAnswer> = {}): ScoringAnswer => ({
  status: 200,
  body: typeof body === "string" ? body : JSON.stringify(body),
  durationMs: 10,
  ...more,
});
const expected = (content: unknown) => parseExpectation(JSON.stringify(content), "a.expect.json");
const usage = (text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === "usage" && text.test(error.message) && error.hint !== undefined;
const check = (content: unknown, ...answers: ScoringAnswer[]) => checkAnswers(answers, expected(content), "green");

describe("the answer of a new slot", () => {
  const schema = {
    type: "object",
    required: ["fares"],
    properties: { fares: { type: "array", items: { type: "number", minimum: 0 } } },
  };
  const passing: readonly [string, unknown, ScoringAnswer][] = [
    ["anything with status 200 where nothing is asked", {}, answer("alive")],
    ["what it equals", { equals: { fares: [1.5, 2], currency: "USD" } }, answer({ currency: "USD", fares: [1.5, 2] })],
    ["numbers within the tolerance", { equals: [10, 20], tolerance: { absolute: 0.1 } }, answer([10.1, 19.9])],
    ["numbers within a share of them", { equals: [1000], tolerance: { relative: 0.01 } }, answer([1010])],
    ["what fits the schema", { schema }, answer({ fares: [3, 4] })],
    ["an error that is expected", { status: 400 }, answer("bad request", { status: 400 })],
    ["one that tells the asked slot", {}, answer("alive", { slot: "green" })],
    ["one that is quick enough", { latency: { atMostMs: 10, samples: 1 } }, answer("alive")],
  ];
  for (const [title, content, given] of passing)
    it(`passes with ${title}`, () => assert.deepEqual(check(content, given), []));

  const failing: readonly [string, unknown, ScoringAnswer, string][] = [
    ["another status", {}, answer("no model", { status: 503 }), "status is 503, expected is 200: no model"],
    ["another slot", {}, answer("alive", { slot: "blue" }), "blue answered in the place of green"],
    ["text in the place of JSON", { equals: 1 }, answer("<html>"), "the answer is not JSON: <html>"],
    [
      "another value",
      { equals: { a: { b: [1, "x"] } } },
      answer({ a: { b: [1, "y"] } }),
      '$.a.b[1] is "y", expected is "x"',
    ],
    ["another number", { equals: [1] }, answer([1.0001]), "$[0] is 1.0001, expected is 1"],
    [
      "a number beyond the tolerance",
      { equals: [10], tolerance: { absolute: 0.1 } },
      answer([10.2]),
      "$[0] is 10.2, expected is 10 give or take 0.1",
    ],
    ["fewer items", { equals: [1, 2] }, answer([1]), "$ has 1 items, expected are 2"],
    ["a missing key", { equals: { fares: [] } }, answer({}), "$.fares is missing"],
    ["a further key", { equals: {} }, answer({ fares: [] }), "$.fares is not expected"],
    ["another kind of value", { equals: [1] }, answer({ 0: 1 }), '$ is {"0":1}, expected is [1]'],
    ["what does not fit the schema", { schema }, answer({ fares: [-1] }), "$/fares/0: must be >= 0"],
    ["nothing that the schema requires", { schema }, answer({}), "$: must have required property 'fares'"],
    [
      "a slow answer",
      { latency: { atMostMs: 9 } },
      answer("alive"),
      "percentile 95 of 1 answers took 10 ms, at most 9 ms are expected",
    ],
  ];
  for (const [title, content, given, fault] of failing) {
    it(`fails with ${title}`, () => assert.deepEqual(check(content, given), [fault]));
  }

  it("fails by the percentile that is asked for, not by the slowest", () => {
    const times = Array.from({ length: 20 }, (_, i) => answer("alive", { durationMs: i === 19 ? 900 : 10 }));
    assert.deepEqual(check({ latency: { atMostMs: 20, percentile: 95 } }, ...times), []);
    assert.equal(check({ latency: { atMostMs: 20, percentile: 96 } }, ...times).length, 1);
  });

  it("is judged by a percentile that is one of the values, and never below the share that it stands for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 100 }),
        (values, share) => {
          const found = percentile(values, share) ?? assert.fail();
          assert.ok(values.includes(found));
          assert.ok(values.filter((value) => value <= found).length / values.length >= share / 100);
        },
      ),
    );
  });

  it("equals itself, and nothing that differs in one number by more than the tolerance", () => {
    fc.assert(
      fc.property(fc.json(), fc.double({ min: 0.01, max: 1e6, noNaN: true }), (text, tolerance) => {
        const value: unknown = JSON.parse(text);
        assert.deepEqual(check({ equals: value }, answer(text)), []);
        const wrapped = { equals: { value, number: 5 }, tolerance: { absolute: tolerance } };
        assert.deepEqual(check(wrapped, answer({ value, number: 5 + tolerance / 2 })), []);
        assert.equal(check(wrapped, answer({ value, number: 5 + tolerance * 2 })).length, 1);
      }),
    );
  });
});

describe("an expectation file", () => {
  const wrong: readonly [string, string, RegExp][] = [
    ["is not JSON", "{", /a.expect.json is not JSON/],
    ["is no object", "[]", /is no expectation/],
    ["has a mistyped key", '{"equal":1}', /equal/],
    ["has a tolerance of nothing", '{"tolerance":{"absolute":1}}', /tolerance is about the numbers of equals/],
    ["has a negative tolerance", '{"equals":1,"tolerance":{"absolute":-1}}', /tolerance.absolute/],
    ["has an impossible status", '{"status":99}', /status/],
    ["has a percentile of zero", '{"latency":{"percentile":0,"atMostMs":1}}', /latency.percentile/],
    ["has a schema with an unknown type", '{"schema":{"type":"fare"}}', /schema is no JSON Schema/],
    ["has a schema with a mistyped key", '{"schema":{"type":"object","require":["a"]}}', /schema is no JSON Schema/],
  ];
  for (const [title, text, message] of wrong) {
    it(`fails where it ${title}`, () => assert.throws(() => parseExpectation(text, "a.expect.json"), usage(message)));
  }
});

describe("a folder of requests", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "trunkline-requests-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const write = (name: string, text = "{}") => writeFile(join(directory, name), text);

  it("is read in the order of names, each request as its file has it", async () => {
    await write("b.request.json", '{ "b": 1 }\n');
    await write("b.expect.json", '{"equals":2}');
    await write("a.request.json");
    await write("a.expect.json");
    await write("README.md", "what these are");
    const cases = await readRequests(directory);
    assert.deepEqual(
      cases.map(({ name, body, expected: { equals } }) => [name, body, equals]),
      [
        ["a", "{}", undefined],
        ["b", '{ "b": 1 }\n', 2],
      ],
    );
  });

  it("fails where it is empty: a test that checks nothing would pass", async () => {
    await assert.rejects(readRequests(directory), usage(/has no file that ends with .request.json/));
  });

  it("fails where it is not there, or no folder", async () => {
    await assert.rejects(readRequests(join(directory, "missing")), usage(/cannot be read/));
    await write("file");
    await assert.rejects(readRequests(join(directory, "file")), usage(/cannot be read/));
  });

  it("fails where a request has no expectation, or an expectation no request", async () => {
    await write("a.request.json");
    await write("b.expect.json");
    await assert.rejects(
      readRequests(directory),
      usage(/a.request.json has no a.expect.json; b.expect.json has no b.request.json/),
    );
  });

  it("fails where a request is not JSON", async () => {
    await write("a.request.json", "fare");
    await write("a.expect.json");
    await assert.rejects(readRequests(directory), usage(/a.request.json is not JSON/));
  });

  it("fails where a request is a folder", async () => {
    await mkdir(join(directory, "a.request.json"));
    await write("a.expect.json");
    await assert.rejects(readRequests(directory));
  });
});
