import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { CliProject } from "../support/cli-project";

/** The text of every file below a directory, those of caches and packages apart. */
function written(directory: string): { path: string; text: string }[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isSymbolicLink() || entry.name === "cache") return [];
    return entry.isDirectory() ? written(path) : [{ path, text: readFileSync(path, "latin1") }];
  });
}

describe("the credentials of CI without OIDC", function () {
  this.timeout(300_000);
  let project: CliProject;
  const printed: string[] = [];

  before(() => {
    project = CliProject.ofRepository();
    const file = project.path("Pulumi.dev.yaml");
    const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, any> };
    config["trunkline:azure"].identity = { mode: "application", roles: ["Contributor"] };
    Object.assign(config["trunkline:databricks"].principal, {
      login: "secret",
      gitCredential: { provider: "gitHub", personalAccessToken: { secure: "AAABAG9mIGEgcmVhbCBlbnZpcm9ubWVudA==" } },
    });
    writeFileSync(file, stringify({ config }));
  });
  after(() => project.remove());

  async function run(...args: string[]) {
    const result = await project.run([...args, "--target", "rehearsal", "--env", "dev"]);
    printed.push(result.stdout, result.stderr);
    return result;
  }

  it("come up, are listed with their ends, and nothing is due", async () => {
    const up = await run("rehearse");
    assert.equal(up.code, 0, up.stdout + up.stderr);
    const listed = await run("rotate");
    assert.equal(listed.code, 0, listed.stderr);
    assert.match(
      listed.stdout,
      /^dev-azure-identity: secret of an Entra application \S+ ends \d{4}-\d\d-\d\d, in 729 days$/m,
    );
    assert.match(listed.stdout, /^dev-databricks-principal: secret of a Databricks service principal \S+ ends/m);
  });

  it("are replaced one after the other when they are due, and only they change", async () => {
    const rotated = await run("rotate", "--apply", "--within", "800");
    assert.equal(rotated.code, 0, rotated.stdout + rotated.stderr);
    assert.match(rotated.stdout, /^replaced: dev-\S+-secret-[ab], dev-\S+-secret-[ab]$/m);
    const settled = await run("preview");
    assert.match(settled.stdout, /^Preview {2}no changes/m);
  });

  it("are written by the names that workflows know them by, for their owner only, and are nowhere else in clear", async () => {
    const access = await run("ci-access", "--secrets-file", "ci.json");
    assert.equal(access.code, 0, access.stderr);
    const file = project.path("ci.json");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const secrets = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    assert.deepEqual(Object.keys(secrets).sort(), [
      "devAzureSpApplicationId",
      "devAzureSpClientSecret",
      "devAzureSpTenantId",
      "devDatabricksSpApplicationId",
      "devDatabricksSpClientSecret",
    ]);
    const outputs = await run("outputs", "--json");
    assert.equal(outputs.code, 0);
    for (const canary of [secrets.devAzureSpClientSecret!, secrets.devDatabricksSpClientSecret!]) {
      assert.ok(canary.length > 30);
      for (const text of printed) assert.equal(text.includes(canary), false, "printed");
      for (const { path, text } of written(project.root)) {
        if (path !== file) assert.equal(text.includes(canary), false, path);
      }
    }
  });

  it("fail to be written where nothing can be", async () => {
    const result = await run("ci-access", "--secrets-file", "no/such/directory/ci.json");
    assert.equal(result.code, 1);
    assert.match(result.stderr, /cannot be written: .*\n.*next: name a file in a directory that exists/);
  });
});
