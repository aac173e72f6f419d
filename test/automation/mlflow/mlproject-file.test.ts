import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseMlproject } from "../../../automation/mlflow/mlproject-file";

const sample = resolve(__dirname, "../../../artifacts/mlflow/projects/sample/MLproject");

describe("an MLproject file", () => {
  it("has its entry points with their parameters", () => {
    const { entryPoints } = parseMlproject(readFileSync(sample, "utf8"), "MLproject");
    assert.deepEqual(Object.keys(entryPoints), ["train", "evaluate"]);
    assert.deepEqual(entryPoints.train, {
      experiment_name: { type: "string", default: "sample" },
      samples: { type: "float", default: "400" },
      seed: { type: "float", default: "7" },
    });
  });

  it("may give a parameter's type alone, and needs a value for it then", () => {
    const text = "entry_points: {main: {parameters: {alpha: float, data: {type: path}}, command: python a.py}}";
    assert.deepEqual(parseMlproject(text, "MLproject").entryPoints.main, {
      alpha: { type: "float" },
      data: { type: "path" },
    });
  });

  it("may be empty, as MLflow allows", () => {
    assert.deepEqual(parseMlproject("", "MLproject"), { entryPoints: {} });
  });

  for (const [title, text, message] of [
    ["that is no YAML", "a: [", /^x\/MLproject is not YAML: /],
    ["that is a list", "- a", /^x\/MLproject is not an MLproject file: /],
    ["whose entry point has no command", "entry_points: {main: {}}", /entry_points\.main\.command/],
    ["whose parameter is a list", "entry_points: {main: {command: a, parameters: {p: [1]}}}", /parameters\.p/],
  ] as const) {
    it(`fails for one ${title}`, () => {
      assert.throws(() => parseMlproject(text, "x/MLproject"), { code: "usage", message });
    });
  }
});
