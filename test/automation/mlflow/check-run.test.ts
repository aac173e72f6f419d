import assert from "node:assert/strict";
import { checkRun, readParameters } from "../../../automation/mlflow/check-run";
import { checkProjectName } from "../../../automation/mlflow/project-name";

const file = {
  entryPoints: {
    train: {
      alpha: { type: "float" },
      samples: { type: "float", default: "400" },
      name: { type: "string", default: "" },
    },
    evaluate: {},
  },
};

describe("what is to be run of a project", () => {
  const check = (entryPoint: string, parameters: Record<string, string>) =>
    checkRun({ project: "sample", entryPoint, parameters }, file);

  it("is an entry point with a value for each parameter that has no default", () => {
    check("train", { alpha: "-1e-3" });
    check("evaluate", {});
  });

  for (const [title, entryPoint, parameters, message] of [
    ["an entry point that is not there", "trian", {}, /^project sample has no entry point "trian"$/],
    ["a script that MLflow would take for an entry point", "rm.sh", {}, /has no entry point "rm\.sh"/],
    ["an entry point by a name that every object has", "constructor", {}, /has no entry point "constructor"/],
    ["a parameter that is not there", "train", { alpha: "1", sampels: "2" }, /"sampels", did you mean samples\?$/],
    ["a parameter by a name that every object has", "train", { alpha: "1", toString: "2" }, /"toString"/],
    ["a number that is none", "train", { alpha: "x" }, /alpha is "x" and must be a number/],
    ["an empty number", "train", { alpha: " " }, /alpha is " " and must be a number/],
    ["a value that is missing", "train", {}, /alpha \(float\) has no default, and no value was given/],
  ] as const) {
    it(`fails for ${title}`, () => {
      assert.throws(() => check(entryPoint, parameters), { code: "usage", message });
    });
  }

  it("fails with everything that is wrong at once", () => {
    assert.throws(() => check("train", { samples: "many", zzz: "1" }), {
      message:
        'train of project sample cannot run: samples is "many" and must be a number; there is no parameter "zzz"; ' +
        "alpha (float) has no default, and no value was given",
    });
  });

  it("reads values that hold an equals sign or nothing", () => {
    assert.deepEqual(readParameters(["a=b=c", "d="]), { a: "b=c", d: "" });
  });

  for (const [given, message] of [
    [["alpha"], /"alpha" is no parameter/],
    [["=1"], /"=1" is no parameter/],
    [["a=1", "a=2"], /parameter a was given twice/],
  ] as const) {
    it(`fails to read ${given.join(" ")}`, () => {
      assert.throws(() => readParameters(given), { code: "usage", message });
    });
  }

  it("is in a folder at the top of the share, and nowhere else", () => {
    for (const name of ["sample", "Sample_1.2-b"]) assert.equal(checkProjectName(name), name);
    for (const name of [
      "",
      ".",
      "..",
      "../x",
      "a/b",
      "/etc",
      "a\\b",
      ".trunkline",
      "a..b",
      "a b",
      "x".repeat(64),
      "a\n",
    ]) {
      assert.throws(() => checkProjectName(name), { code: "usage", message: /is not the name of a project/ }, name);
    }
  });
});
