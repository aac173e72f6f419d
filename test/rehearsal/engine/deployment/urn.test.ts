import assert from "node:assert/strict";
import {
  createUrn,
  isDefaultProvider,
  isRootStack,
  packageOf,
  parseUrn,
} from "../../../../rehearsal/engine/deployment/urn";
import { urnOf } from "./support/thing-stack";

describe("urns", () => {
  const table: readonly [string, string, string, string][] = [
    ["no parent", "", "a:b:C", "urn:pulumi:dev::demo::a:b:C::n"],
    [
      "the root stack",
      "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev",
      "a:b:C",
      "urn:pulumi:dev::demo::a:b:C::n",
    ],
    ["a parent", "urn:pulumi:dev::demo::x:y:Z::p", "a:b:C", "urn:pulumi:dev::demo::x:y:Z$a:b:C::n"],
    ["a deep parent", "urn:pulumi:dev::demo::q:r:S$x:y:Z::p", "a:b:C", "urn:pulumi:dev::demo::q:r:S$x:y:Z$a:b:C::n"],
  ];
  for (const [title, parent, type, expected] of table) {
    it(`are made below ${title}`, () => assert.equal(createUrn("dev", "demo", parent, type, "n"), expected));
  }

  it("come apart again, names with colons too", () => {
    const parts = parseUrn("urn:pulumi:dev::demo::x:y:Z$a:b:C::n::m");
    assert.deepEqual(parts, {
      stack: "dev",
      project: "demo",
      qualifiedType: "x:y:Z$a:b:C",
      type: "a:b:C",
      name: "n::m",
    });
  });

  for (const text of ["", "urn:pulumi:dev", "urn:pulumi:dev::demo::a:b:C", "x::demo::a:b:C::n"]) {
    it(`fail to be read from "${text}"`, () => assert.throws(() => parseUrn(text), /invalid URN/));
  }

  it("tell root stacks, default providers and packages", () => {
    assert.deepEqual([isRootStack(""), isRootStack(urnOf("s", "pulumi:pulumi:Stack"))], [false, true]);
    const provider = (name: string): string => urnOf(name, "pulumi:providers:tst");
    assert.deepEqual(
      ["default", "default_1_0_0", "p"].map((name) => isDefaultProvider(provider(name))),
      [true, true, false],
    );
    assert.deepEqual([packageOf("aws:s3/bucket:Bucket"), packageOf("pulumi:providers:aws")], ["aws", "aws"]);
  });
});
