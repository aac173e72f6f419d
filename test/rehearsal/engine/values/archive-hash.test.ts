import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveHash } from "../../../../rehearsal/engine/values/archive-hash";
import { resolveAssets } from "../../../../rehearsal/engine/values/asset-hash";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { special } from "./property-arbitrary";

const text = (value: string): PropertyMap => special("asset", { text: value });
const archive = (assets: PropertyMap): PropertyMap => special("archive", { assets });
const sha256 = (value: string): string => createHash("sha256").update(value).digest("hex");

const EMPTY = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
const TWO = "356a1b6bffad7ba193b4f5b52d04aa8f2470afbc8b88ba65b2d3ce2490f91164";
const d = "d".repeat(99);
const f = "f".repeat(120);

/** Hashes of tars that Go's archive/tar made: each file with mode 0600 and no time, sorted by name. */
const GOLDEN: readonly [what: string, assets: PropertyMap, hash: string][] = [
  ["nothing", {}, EMPTY],
  ["a file", { "a.txt": text("hello") }, "abe1608443363f153db85c1098d8bff5dd0feb574270b05b451d81bc2807abde"],
  ["two files", { "dir/b.txt": text("world"), "a.txt": text("hello") }, TWO],
  ["an archive within", { "a.txt": text("hello"), dir: archive({ "b.txt": text("world") }) }, TWO],
  [
    "a name that is not ASCII",
    { "grüße.txt": text("hi") },
    "dd8fd3845480b32b415241c7f89d5f8c085ee571cccf513b197c01e7da03608f",
  ],
  [
    "a long path",
    { [`${d.slice(39)}/${f.slice(60)}`]: text("x") },
    "acd05855d7984f86bdb6399c78d30dfb85b0ee2d5122d388777cf90fe79e61d5",
  ],
  ["a long name", { [f]: text("x") }, "ecfd9ca254c46c92449932a9dff70d504304cbf894c88328c3e843f5d7340b57"],
  [
    "a long name below a long one",
    { [`${d}/${f}`]: text("x") },
    "97f874da32fede03bd77a1347fff0616958345a3262ee097d12853d7d3ea337f",
  ],
  ["an empty file", { "z.txt": text("") }, "ea313c7de307c927bec9328516c1aad1a88f339ab0977a167dc02cb3f06f8944"],
  [
    "a file met twice",
    { "a.txt": text("hello"), "dir/b.txt": text("world"), dir: archive({ "b.txt": text("world") }) },
    TWO,
  ],
];

describe("the hash of an archive", () => {
  let root: string;
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), "trunkline-archive-"))));
  afterEach(() => rm(root, { recursive: true, force: true }));
  const ofPath = (path: string): Promise<string> => archiveHash(special("archive", { path }), root);

  for (const [what, assets, hash] of GOLDEN) {
    it(`is the CLI's for ${what}`, async () => assert.equal(await archiveHash(archive(assets), root), hash));
  }

  it("is that of its files for a directory, without the CLI's own and without linked directories", async () => {
    await mkdir(join(root, "folder/dir"), { recursive: true });
    await mkdir(join(root, "folder/.pulumi"));
    await writeFile(join(root, "folder/a.txt"), "hello");
    await writeFile(join(root, "world"), "world");
    await writeFile(join(root, "folder/.pulumi/x"), "x");
    await symlink(join(root, "world"), join(root, "folder/dir/b.txt"));
    await symlink(join(root, "folder"), join(root, "folder/loop"));
    assert.equal(await ofPath("folder"), TWO);
    assert.equal(await ofPath(join(root, "folder")), TWO);
    await symlink(join(root, "folder"), join(root, "link"));
    assert.equal(await ofPath("link"), EMPTY);
  });

  it("is that of the bytes of a file that is an archive", async () => {
    for (const name of ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.jar"]) {
      await writeFile(join(root, name), name);
      assert.equal(await ofPath(name), sha256(name));
    }
  });

  it("is that of an empty archive where neither path nor members are given", async () =>
    assert.equal(await archiveHash(special("archive", { path: "", uri: "" }), root), EMPTY));

  it("fails for what cannot be read", async () => {
    await writeFile(join(root, "file"), "x");
    await mkdir(join(root, "folder.zip"));
    await assert.rejects(
      ofPath("none"),
      /^Error: couldn't read archive path '.*none': stat .*none: no such file or directory$/,
    );
    await assert.rejects(ofPath("file"), /neither a recognized archive type nor a directory$/);
    await assert.rejects(
      ofPath("none.zip"),
      /failed to open asset file '.*none\.zip': open .*none\.zip: no such file or directory$/,
    );
    await assert.rejects(
      ofPath("folder.zip"),
      /failed to open asset file '.*folder\.zip': it is a directory; use an archive$/,
    );
    await assert.rejects(
      archiveHash(archive({ x: special("archive", { path: "a.zip" }) }), root),
      /a\.zip is within another: the embedded engine does not unpack it/,
    );
  });

  it("fails for an address, which would have to be fetched", async () => {
    await assert.rejects(archiveHash(special("archive", { uri: "https://x/y.zip" }), root), /fetches nothing/);
    await assert.rejects(archiveHash(archive({ x: special("asset", { uri: "https://x" }) }), root), /fetches nothing/);
  });
});

describe("resolveAssets", () => {
  let root: string;
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), "trunkline-assets-"))));
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("gives assets and archives the hash of their contents, wherever they are", async () => {
    await writeFile(join(root, "file"), "from a file");
    const file = special("asset", { path: "file" });
    const given = { a: [makeSecret({ deep: text("hi") })], b: file, c: archive({ "a.txt": text("hello") }), d: 1 };
    const hello = { ...text("hello"), hash: sha256("hello") };
    assert.deepEqual(await resolveAssets(given, root), {
      a: [makeSecret({ deep: { ...text("hi"), hash: sha256("hi") } })],
      b: { ...file, hash: sha256("from a file") },
      c: special("archive", { assets: { "a.txt": hello }, hash: GOLDEN[1]![2] }),
      d: 1,
    });
  });

  it("leaves hashes that are there, and properties without assets, as they are", async () => {
    const given = {
      a: special("asset", { path: "gone", hash: "h" }),
      b: special("archive", { path: "gone", hash: "i" }),
    };
    assert.deepEqual(await resolveAssets(given, root), given);
    const plain: PropertyMap = { a: [{ b: null }] };
    assert.equal(await resolveAssets(plain, root), plain);
  });

  it("hashes an asset without contents as empty text", async () =>
    assert.deepEqual(await resolveAssets({ a: special("asset", {}) }, root), {
      a: special("asset", { hash: sha256("") }),
    }));

  it("fails for a file that is not there, and for a directory", async () => {
    await assert.rejects(
      resolveAssets({ a: special("asset", { path: "none" }) }, root),
      /unmarshal properties: failed to compute asset hash for "\w+": failed to open asset file '.*none': open .*none: no such file or directory/,
    );
    await assert.rejects(
      resolveAssets({ a: special("asset", { path: "." }) }, root),
      /it is a directory; use an archive$/,
    );
  });
});
