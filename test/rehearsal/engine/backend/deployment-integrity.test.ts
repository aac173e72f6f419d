import assert from "node:assert/strict";
import { integrityFault } from "../../../../rehearsal/engine/backend/deployment-integrity";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import type { ResourceState } from "../../../../rehearsal/engine/state/deployment-file";

const urn = (name: string, type = "a:b:C") => `urn:pulumi:dev::demo::${type}::${name}`;
const resource = (name: string, more: Partial<ResourceState> = {}): ResourceState => ({
  urn: urn(name),
  type: "a:b:C",
  custom: true,
  id: name,
  ...more,
});
const provider = resource("p", { urn: urn("p", "pulumi:providers:a"), type: "pulumi:providers:a", id: "7" });
const reference = `${urn("p", "pulumi:providers:a")}::7`;

describe("integrity of a deployment", () => {
  const cases: [string, ResourceState[], RegExp | undefined][] = [
    [
      "sound",
      [provider, resource("a", { provider: reference }), resource("b", { parent: urn("a"), dependencies: [urn("a")] })],
      undefined,
    ],
    ["with an old resource beside its replacement", [resource("a"), resource("a", { delete: true })], undefined],
    [
      "with a parent that is missing",
      [resource("a", { parent: urn("x") })],
      /child resource \S+::a refers to missing parent \S+::x/,
    ],
    [
      "with a parent that comes later",
      [resource("a", { parent: urn("b") }), resource("b")],
      /::a's parent \S+::b comes after it/,
    ],
    [
      "with a dependency that is missing",
      [resource("a", { dependencies: [urn("x")] })],
      /::a's dependency \S+::x refers to missing resource/,
    ],
    [
      "with a dependency that comes later",
      [resource("a", { dependencies: [urn("b")] }), resource("b")],
      /::a's dependency \S+::b comes after it/,
    ],
    [
      "with a property dependency that is missing",
      [resource("a", { propertyDependencies: { k: [urn("x")] } })],
      /::a's property dependency \S+::x \(from property k\) refers to missing resource/,
    ],
    [
      "with a deletedWith that is missing",
      [resource("a", { deletedWith: urn("x") })],
      /being deleted with \S+::x, which is missing/,
    ],
    [
      "with a deletedWith that comes later",
      [resource("a", { deletedWith: urn("b") }), resource("b")],
      /being deleted with \S+::b, which comes after it/,
    ],
    [
      "with a property dependency that comes later",
      [resource("a", { propertyDependencies: { k: [urn("b")], none: [] } }), resource("b")],
      /::a's property dependency \S+::b \(from property k\) comes after it/,
    ],
    [
      "with a replaceWith that is missing",
      [resource("a", { replaceWith: [urn("x")] })],
      /being replaced with \S+::x, which is missing/,
    ],
    [
      "with a replaceWith that comes later",
      [resource("a", { replaceWith: [urn("b")] }), resource("b")],
      /being replaced with \S+::b, which comes after it/,
    ],
    ["with a resource without a type", [resource("a", { type: "" })], /::a' missing required 'type' field/],
    ["with an unknown provider", [resource("a", { provider: reference })], /::a refers to unknown provider/],
    ["with a malformed provider", [resource("a", { provider: "x" })], /failed to parse provider reference/],
    ["with a URN twice", [resource("a"), resource("a")], /duplicate resource \S+::a \(not marked for deletion\)/],
    ["with a resource without a URN", [resource("a", { urn: "" })], /resource at index 0 missing required 'urn' field/],
    ["with a component that has an id", [resource("a", { custom: false })], /has 'custom' false but non-empty ID/],
  ];
  for (const [flaw, resources, message] of cases) {
    it(`is told of one ${flaw}`, () => {
      const fault = integrityFault({ manifest: newManifest(), resources });
      if (message) assert.match(fault ?? "", message);
      else assert.equal(fault, undefined);
    });
  }

  it("is denied to one whose version was altered", () => {
    const manifest = { ...newManifest(), version: "v0.0.0" };
    assert.match(integrityFault({ manifest, resources: [] }) ?? "", /magic cookie mismatch/);
  });
});
