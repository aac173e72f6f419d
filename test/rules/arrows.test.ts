import assert from "node:assert/strict";
import { resolve } from "node:path";
import { build, type Metafile } from "esbuild";

const root = resolve(__dirname, "../..");

/** Which folder may not import which: by file name, as the bundler resolves it, so that no way of writing it gets around. */
const FORBIDDEN: readonly { from: RegExp; to: RegExp; why: string }[] = [
  {
    from: /^components\//,
    to: /^(automation|rehearsal)\/|^index\.ts$/,
    why: "components import nothing of ours outside",
  },
  {
    from: /^rehearsal\//,
    to: /^(automation|components)\/|^index\.ts$/,
    why: "the rehearsal knows neither of the others",
  },
  { from: /^index\.ts$/, to: /^(automation|rehearsal)\//, why: "the program composes components and nothing else" },
  {
    from: /^automation\/(?!engine\/)/,
    to: /^rehearsal\//,
    why: "automation reaches the rehearsal in automation/engine only",
  },
];

describe("the import arrows", () => {
  let metafile: Metafile;

  before(async () => {
    const entryPoints = [
      "index.ts",
      "automation/index.ts",
      "automation/main.ts",
      "components/index.ts",
      "rehearsal/index.ts",
    ];
    const built = await build({
      absWorkingDir: root,
      entryPoints,
      bundle: true,
      write: false,
      outdir: "unused",
      metafile: true,
      platform: "node",
      packages: "external",
    });
    metafile = built.metafile;
  });

  for (const { from, to, why } of FORBIDDEN) {
    it(`hold: ${why}`, () => {
      const wrong = Object.entries(metafile.inputs)
        .filter(([file]) => from.test(file))
        .flatMap(([file, { imports }]) =>
          imports.filter(({ path }) => to.test(path)).map(({ path }) => `${file} -> ${path}`),
        );
      assert.deepEqual(wrong, []);
    });
  }

  it("see every module of the three folders", () => {
    const seen = new Set(Object.keys(metafile.inputs));
    for (const folder of ["automation", "components", "rehearsal"]) {
      assert.ok([...seen].filter((file) => file.startsWith(`${folder}/`)).length > 10, folder);
    }
  });
});
