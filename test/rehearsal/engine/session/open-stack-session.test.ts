import assert from "node:assert/strict";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import { stackInit } from "../../../../rehearsal/engine/commands/stack-init";
import { openStackSession } from "../../../../rehearsal/engine/session/open-stack-session";
import type { DeploymentFile } from "../../../../rehearsal/engine/state/deployment-file";
import { secret } from "../automation-harness";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const root = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev";
const update = {
  kind: "update",
  startTime: 1,
  endTime: 2,
  message: "m",
  environment: {},
  result: "succeeded",
} as const;

describe("session of a stack", () => {
  let directory: ProjectDirectory;
  const deployment = (outputs = {}): DeploymentFile => ({
    manifest: newManifest(),
    resources: [{ urn: root, type: "pulumi:pulumi:Stack", custom: false, outputs }],
  });

  beforeEach(async () => {
    directory = await projectDirectory();
    await stackInit(directory.context(), { name: "dev", select: true });
  });
  afterEach(() => directory.remove());

  it("says what the operation needs of the project, and opens the selected stack", async () => {
    const session = await openStackSession(directory.context(), undefined);
    assert.deepEqual(session.project, {
      name: "demo",
      root: directory.root,
      main: ".",
      runtime: "nodejs",
      nodeArgs: [],
    });
    assert.deepEqual([session.stackName, session.qualifiedName], ["dev", "organization/demo/dev"]);
  });

  it("loads what it saved, secrets in clear", async () => {
    const session = await openStackSession(directory.context(), "dev");
    const before = deployment({ pw: secret("hush") });
    await session.save(before);
    const file = await readFile(join(directory.root, "state/.pulumi/stacks/demo/dev.json"), "utf8");
    assert.ok(!file.includes("hush"));
    assert.deepEqual((await session.load())?.resources, before.resources);
  });

  it("refuses a state that is not sound, and tells of one that it had to save", async () => {
    const session = await openStackSession(directory.context(), "dev");
    const unsound = deployment();
    unsound.resources?.push({ urn: `${root}2`, type: "a:b:C", custom: true, id: "1", parent: "urn:missing" });
    await assert.rejects(
      session.save(unsound),
      /dev\.json: snapshot integrity failure; it was already written, but is invalid \(backup available at \S+dev\.json\.bak\): child resource/,
    );
    await assert.rejects(
      session.load(),
      /snapshot integrity failure; refusing to use it: child resource \S+ refers to missing parent/,
    );
  });

  it("answers the outputs of other stacks, and nothing where there is none", async () => {
    const session = await openStackSession(directory.context(), "dev");
    assert.equal(await session.outputsOf("organization/demo/base"), undefined);
    await stackInit(directory.context(), { name: "base", select: false });
    assert.deepEqual(await session.outputsOf("base"), {});
    const base = await openStackSession(directory.context(), "base");
    const outputs = { endpoint: "one", pw: secret("s") };
    await base.save({
      manifest: newManifest(),
      resources: [{ urn: root.replace("dev", "base"), type: "pulumi:pulumi:Stack", custom: false, outputs }],
    });
    assert.deepEqual(await session.outputsOf("organization/demo/base"), outputs);
  });

  it("records configuration with its secrets encrypted, and a backup unless those are switched off", async () => {
    const session = await openStackSession(
      directory.context({ PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true" }),
      "dev",
    );
    session.configFile.set({ namespace: "demo", name: "pw" }, { secure: await session.secrets.encrypt("hush") }, false);
    await session.record(update);
    const folder = join(directory.root, "state/.pulumi/history/demo/dev");
    const [entry = ""] = (await readdir(folder)).filter((name) => name.endsWith(".history.json"));
    const text = await readFile(join(folder, entry), "utf8");
    assert.ok(!text.includes("hush"));
    assert.deepEqual(Object.keys(JSON.parse(text).config["demo:pw"]), ["secure"]);
    await assert.rejects(readdir(join(directory.root, "state/.pulumi/backups/demo/dev")), { code: "ENOENT" });
    assert.deepEqual(await session.config(), new Map([["demo:pw", { value: "hush", secret: true, object: false }]]));
  });

  it("takes the salt of the checkpoint where the configuration file is lost", async () => {
    const first = await openStackSession(directory.context(), "dev");
    await first.save(deployment({ pw: secret("hush") }));
    await rm(join(directory.root, "Pulumi.dev.yaml"));
    const second = await openStackSession(directory.context(), "dev");
    assert.equal(second.secrets.salt, first.secrets.salt);
    assert.deepEqual((await second.load())?.resources, deployment({ pw: secret("hush") }).resources);
    assert.match(await readFile(join(directory.root, "Pulumi.dev.yaml"), "utf8"), /^encryptionsalt: v1:/);
  });

  it("works with the configuration file that it is told", async () => {
    await writeFile(join(directory.root, "other.yaml"), "config:\n  demo:a: from-other\n");
    const session = await openStackSession(directory.context(), "dev", { configFile: "other.yaml" });
    assert.equal((await session.config()).get("demo:a")?.value, "from-other");
  });

  it("fails for a stack that there is not, for none selected, outside of a project, and for other secrets providers", async () => {
    const context = directory.context();
    await assert.rejects(openStackSession(context, "other"), {
      message: "no stack named 'other' found",
      exitCode: 6,
    });
    await assert.rejects(
      openStackSession(
        { ...context, env: { ...directory.env, PULUMI_HOME: join(directory.root, "elsewhere") } },
        undefined,
      ),
      /no stack selected/,
    );
    await assert.rejects(
      openStackSession({ ...context, cwd: "/" }, "dev"),
      /no Pulumi\.yaml project file found \(searching upwards from \/\)/,
    );
    await assert.rejects(
      openStackSession({ ...context, env: { ...directory.env, PULUMI_BACKEND_URL: "s3://bucket" } }, "dev"),
      /backend 's3:\/\/bucket' is not supported/,
    );
    await writeFile(join(directory.root, "Pulumi.dev.yaml"), "secretsprovider: awskms://key\n");
    await assert.rejects(openStackSession(context, "dev"), /secrets provider 'awskms:\/\/key' is not supported/);
  });
});
