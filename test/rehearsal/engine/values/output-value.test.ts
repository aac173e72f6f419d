import assert from "node:assert/strict";
import {
  asOutputValues,
  downgradeOutputValues,
  outputDependencies,
  upgradeToOutputValue,
} from "../../../../rehearsal/engine/values/output-value";
import {
  SIGNATURE_KEY,
  SIGNATURES,
  UNKNOWN,
  type PropertyMap,
} from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";

const output = (fields: PropertyMap): PropertyMap => ({ [SIGNATURE_KEY]: SIGNATURES.output, ...fields });

describe("output values", () => {
  it("say where a value comes from, and whether it is known and secret", () => {
    assert.equal(upgradeToOutputValue("x", []), "x");
    assert.deepEqual(upgradeToOutputValue("x", ["urn:a"]), output({ value: "x", dependencies: ["urn:a"] }));
    assert.deepEqual(upgradeToOutputValue(UNKNOWN, ["urn:a"]), output({ dependencies: ["urn:a"] }));
    assert.deepEqual(
      upgradeToOutputValue(makeSecret("x"), ["urn:a"]),
      output({ value: "x", secret: true, dependencies: ["urn:a"] }),
    );
  });

  it("keep the dependencies that they have, their own and those of what is inside", () => {
    const inner = output({ value: "x", dependencies: ["urn:b", 7] });
    const value = output({ value: [{ inner }], dependencies: ["urn:a"] });
    assert.deepEqual([...outputDependencies([value])], ["urn:a", "urn:b"]);
    assert.deepEqual(upgradeToOutputValue(value, ["urn:b", "urn:c"]), {
      ...value,
      dependencies: ["urn:a", "urn:b", "urn:c"],
    });
  });

  it("become what providers know, and what transforms see, wherever they are", () => {
    const values = { list: [output({}), output({ value: "x", secret: true })], plain: { k: output({ value: 1 }) } };
    assert.deepEqual(downgradeOutputValues(values), { list: [UNKNOWN, makeSecret("x")], plain: { k: 1 } });
    assert.deepEqual(asOutputValues([UNKNOWN, { k: makeSecret("x") }, "y"]), [
      output({}),
      { k: output({ value: "x", secret: true }) },
      "y",
    ]);
  });
});
