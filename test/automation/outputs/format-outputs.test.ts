import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { formatOutputs } from "../../../automation/outputs/format-outputs";
import { outputsOf, type StackOutputs } from "../../../automation/outputs/read-outputs";
import { maskedOutputs } from "../../../automation/report/render-outputs";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"t0p"' };

/** Outputs as a state has them. */
function read(outputs: Readonly<Record<string, unknown>>): StackOutputs {
  const stack = { urn: "urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev", type: "pulumi:pulumi:Stack", outputs };
  return outputsOf({ version: 3, deployment: { resources: [stack] } });
}

const OUTPUTS = read({
  contractVersion: 1,
  azure: { mlflow: { trackingUri: "https://m", adminPassword: SECRET }, names: ["a", "b"], none: null },
  ciSecrets: SECRET,
});

describe("outputs that were read from a state", () => {
  it("have secrets masked where they lie, and in clear beside that", () => {
    assert.deepEqual(maskedOutputs(OUTPUTS), {
      azure: { mlflow: { trackingUri: "https://m", adminPassword: "[secret]" }, names: ["a", "b"], none: null },
      ciSecrets: "[secret]",
      contractVersion: 1,
    });
    assert.deepEqual([OUTPUTS["azure"]?.secret, OUTPUTS["contractVersion"]?.secret], [true, false]);
    assert.equal(OUTPUTS["ciSecrets"]?.value, "t0p");
  });

  it("have the secret parts of sections where they were taken out", () => {
    const parts = { ...SECRET, plaintext: JSON.stringify({ "/azure/mlflow/key": "t0p" }) };
    const outputs = read({ azure: { mlflow: { uri: "u", key: "[secret]" } }, secretParts: parts });
    assert.deepEqual(outputs, {
      azure: {
        value: { mlflow: { uri: "u", key: "t0p" } },
        secret: true,
        masked: { mlflow: { uri: "u", key: "[secret]" } },
      },
    });
    assert.deepEqual(formatOutputs(outputs, "env", false), {
      text: "AZURE_MLFLOW_URI='u'\n",
      leftOut: ["azure.mlflow.key"],
    });
  });

  it("are none where there is no stack yet", () =>
    assert.deepEqual(outputsOf({ version: 3, deployment: { resources: null } }), {}));
});

describe("outputs for other programs", () => {
  it("are JSON without secrets, which are named", () => {
    const { text, leftOut } = formatOutputs(OUTPUTS, "json", false);
    assert.deepEqual(JSON.parse(text), {
      azure: { mlflow: { trackingUri: "https://m" }, names: ["a", "b"], none: null },
      contractVersion: 1,
    });
    assert.deepEqual(leftOut, ["azure.mlflow.adminPassword", "ciSecrets"]);
  });

  it("are JSON with secrets when they are asked for", () => {
    const { text, leftOut } = formatOutputs(OUTPUTS, "json", true);
    assert.deepEqual([JSON.parse(text).azure.mlflow.adminPassword, JSON.parse(text).ciSecrets], ["t0p", "t0p"]);
    assert.deepEqual(leftOut, []);
  });

  it("are variables of a shell", () => {
    const { text } = formatOutputs(OUTPUTS, "env", false);
    assert.equal(text, `AZURE_MLFLOW_TRACKING_URI='https://m'\nAZURE_NAMES='["a","b"]'\nCONTRACT_VERSION='1'\n`);
  });

  it("are variables of Terraform", () => {
    const outputs = read({ workspaceHost: "https://h", tags: { "a.b": 'x"${y}%{z}', on: true }, list: ["a", 1] });
    assert.equal(
      formatOutputs(outputs, "tfvars", false).text,
      'list = ["a", 1]\ntags = {\n  "a.b" = "x\\"$${y}%%{z}"\n  "on" = true\n}\nworkspace_host = "https://h"\n',
    );
  });

  it("come back from a shell as they were, whatever they hold", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 4 }), (values) => {
        const clean = values.map((value) => value.replaceAll("\0", "").toWellFormed());
        const named = Object.fromEntries(clean.map((value, place) => [`v${place}`, value]));
        const { text } = formatOutputs(read(named), "env", false);
        const prints = clean.map((_, place) => `printf '%s\\0' "$V${place}"`).join("\n");
        const { stdout } = spawnSync("sh", ["-c", `${text}\n${prints}`], { encoding: "utf8" });
        assert.deepEqual(stdout.split("\0").slice(0, -1), clean);
      }),
      { numRuns: 25 },
    );
  });

  it("make no other output of GitHub Actions, whatever they hold", () => {
    fc.assert(
      fc.property(fc.constantFrom("x\nEND\nother=1", "END", "END_\nEND", "a\r\nEND\r\nb<<X"), (value) => {
        const [first = "", ...rest] = formatOutputs(read({ v: value }), "github", false).text.split("\n");
        const end = first.slice("V<<".length);
        assert.ok(first.startsWith("V<<"));
        // The runner ends the value at the first line that is the delimiter.
        const at = rest.findIndex((line) => line.replace(/\r$/, "") === end);
        assert.equal(rest.slice(0, at).join("\n"), value);
        assert.deepEqual(rest.slice(at + 1), [""]);
      }),
    );
  });

  it("fail where two get the same name", () => {
    const outputs = read({ "a-b": "1", a: { b: "2" } });
    assert.throws(() => formatOutputs(outputs, "env", false), /the outputs "a-b" and "a"\."b" both get the name A_B/);
    assert.throws(() => formatOutputs(read({ aB: "1", a_b: "2" }), "tfvars", false), /both get the name a_b/);
  });

  it("fail where a shell cannot hold one", () => {
    assert.throws(() => formatOutputs(read({ a: "x\0y" }), "env", false), /the output a holds a NUL/);
  });

  it("are handed over for 5,000 outputs", () => {
    const many = read(
      Object.fromEntries(Array.from({ length: 5000 }, (_, place) => [`o${place}`, { id: `${place}` }])),
    );
    assert.equal(formatOutputs(many, "env", false).text.split("\n").length, 5001);
  });
});
