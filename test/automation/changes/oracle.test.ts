import assert from "node:assert/strict";
import { posix } from "node:path";
import fc from "fast-check";
import { GitRepository } from "../../support/git-repository";
import { projectFile } from "../../support/workspace-files";
import { affectedSince } from "./changed-workspace";

const MODULES = ["shared/m0", "shared/m1", "shared/deep/m2", "a/m3", "b/m4", "shared/m5/index"];
const PACKAGES = ["p0", "p1", "p2", "@s/p3"];
const PROJECTS = ["a", "b"];

/** A module: what it imports, by index, and what else it says. */
interface Module {
  readonly modules: readonly number[];
  readonly packages: readonly number[];
  readonly says: number;
}

/** A workspace, as far as it may change. */
interface Workspace {
  readonly entries: readonly Module[];
  readonly modules: readonly Module[];
  readonly versions: readonly number[];
  /** What each package needs. */
  readonly needs: readonly (readonly number[])[];
  readonly settings: readonly { readonly dev: number; readonly prd: number }[];
  /** A page, which nothing reads. */
  readonly page: number;
}

const number = fc.integer({ min: 0, max: 2 });
const some = (count: number) => fc.subarray([...Array(count).keys()], { maxLength: 2 });
const times = <T>(arbitrary: fc.Arbitrary<T>, count: number) =>
  fc.array(arbitrary, { minLength: count, maxLength: count });
const moduleArbitrary: fc.Arbitrary<Module> = fc.record({
  modules: some(MODULES.length),
  packages: some(PACKAGES.length),
  says: number,
});
const workspace: fc.Arbitrary<Workspace> = fc.record({
  entries: times(moduleArbitrary, PROJECTS.length),
  modules: times(moduleArbitrary, MODULES.length),
  versions: times(number, PACKAGES.length),
  needs: times(some(PACKAGES.length), PACKAGES.length),
  settings: times(fc.record({ dev: number, prd: number }), PROJECTS.length),
  page: number,
});

/** Two workspaces of which the second has some parts of another one, so that most stays the same. */
const change = fc
  .tuple(workspace, workspace, times(fc.integer({ min: 0, max: 5 }), 18))
  .map(([before, other, dice]) => {
    let thrown = 0;
    const mix = <T>(old: readonly T[], now: readonly T[]) =>
      old.map((item, i) => (dice[thrown++] === 0 ? now[i]! : item));
    const after: Workspace = {
      entries: mix(before.entries, other.entries),
      modules: mix(before.modules, other.modules),
      versions: mix(before.versions, other.versions),
      needs: mix(before.needs, other.needs),
      settings: mix(before.settings, other.settings),
      page: other.page,
    };
    return { before, after };
  });

/** The files of a workspace; a module that nothing imports is left out, so that files come and go. */
function filesOf({ entries, modules, versions, needs, settings, page }: Workspace): Record<string, string> {
  const imported = new Set([...entries, ...modules].flatMap((module) => module.modules));
  const text = (path: string, { modules: others, packages, says }: Module) =>
    [
      ...others.map((i) => `import ${JSON.stringify(specifier(path, MODULES[i] ?? ""))};`),
      ...packages.map((i) => `import "${PACKAGES[i]}/part";`),
      `console.log(${says});`,
      "",
    ].join("\n");
  const lockEntries = PACKAGES.map((name, i) => [
    `node_modules/${name}`,
    {
      version: `1.0.${versions[i]}`,
      dependencies: Object.fromEntries((needs[i] ?? []).map((j) => [PACKAGES[j], "*"])),
    },
  ]);
  return Object.fromEntries([
    ["README.md", `page ${page}\n`],
    [
      "package-lock.json",
      JSON.stringify({ lockfileVersion: 3, packages: { "": {}, ...Object.fromEntries(lockEntries) } }),
    ],
    ...MODULES.flatMap((path, i) => (imported.has(i) ? [[`${path}.ts`, text(path, modules[i]!)]] : [])),
    ...PROJECTS.flatMap((name, i) => [
      [`${name}/Pulumi.yaml`, projectFile(name)],
      [`${name}/Pulumi.dev.yaml`, `config: { x: ${settings[i]?.dev} }\n`],
      [`${name}/Pulumi.prd.yaml`, `config: { x: ${settings[i]?.prd} }\n`],
      [`${name}/index.ts`, text(`${name}/index`, entries[i]!)],
    ]),
  ]) as Record<string, string>;
}

function specifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to.replace(/\/index$/, ""));
  return path.startsWith(".") ? path : `./${path}`;
}

/** All that a project is made of, found by following every import, with what each file says. */
function madeOf(project: string, files: Readonly<Record<string, string>>): unknown {
  const lock = (JSON.parse(files["package-lock.json"] ?? "") as { packages: Record<string, { dependencies: object }> })
    .packages;
  const found: Record<string, unknown> = { settings: files[`${project}/Pulumi.dev.yaml`] };
  const followPackage = (name: string) => {
    const key = `node_modules/${name}`;
    if (key in found) return;
    found[key] = lock[key];
    Object.keys(lock[key]?.dependencies ?? {}).forEach(followPackage);
  };
  const follow = (path: string) => {
    if (path in found) return;
    const text = files[path] ?? assert.fail(`${path} is imported and not there`);
    found[path] = text;
    for (const [, imported = ""] of text.matchAll(/^import "([^"]+)";$/gm)) {
      if (!imported.startsWith(".")) followPackage(imported.replace(/\/part$/, ""));
      else {
        const target = posix.join(posix.dirname(path), imported).replace(/\/$/, "");
        follow([`${target}.ts`, `${target}/index.ts`].find((candidate) => candidate in files) ?? target);
      }
    }
  };
  follow(`${project}/index.ts`);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("the decision which projects changed", function () {
  this.timeout(600_000);
  let repository: GitRepository;

  before(() => (repository = new GitRepository()));
  after(() => repository.delete());

  /** Makes a workspace the only thing in the repository; answers the commit. */
  function committed(files: Readonly<Record<string, string>>): string {
    for (const path of repository.git("ls-files").split("\n")) if (path !== "") repository.remove(path);
    return repository.commit(files);
  }

  it("names exactly those that are made of something else than before, by brute force", async () => {
    let [affected, spared] = [0, 0];
    await fc.assert(
      fc.asyncProperty(change, async ({ before, after }) => {
        const [old, now] = [filesOf(before), filesOf(after)];
        const base = committed(old);
        committed(now);
        const expected = PROJECTS.filter(
          (name) => JSON.stringify(madeOf(name, old)) !== JSON.stringify(madeOf(name, now)),
        );
        const found = await affectedSince(base, repository.root);
        affected += expected.length;
        spared += PROJECTS.length - expected.length;
        assert.deepEqual(Object.keys(found).sort(), expected, JSON.stringify({ found, old, now }, null, 2));
      }),
      { numRuns: 60 },
    );
    assert.ok(affected > 10 && spared > 10, `${affected} affected and ${spared} spared show little`);
  });
});
