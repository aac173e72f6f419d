import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { CliProject } from "../support/cli-project";
import { HttpStandIn } from "../support/http-stand-in";

const PROBE = `const { readFileSync, statSync } = require("node:fs");
const file = process.env.AWS_WEB_IDENTITY_TOKEN_FILE;
const mode = (statSync(file).mode & 0o777).toString(8);
console.log(mode, readFileSync(file, "utf8") === "eyJ.canary-0123456789.sig", process.env.AWS_ROLE_SESSION_NAME);
process.exit(Number(process.argv[2]));
`;

describe("a command that is run with a login", function () {
  this.timeout(120_000);
  let project: CliProject;
  let issuer: HttpStandIn;

  before(async () => {
    project = new CliProject({ "probe.js": PROBE, "temp/.keep": "" });
    issuer = await HttpStandIn.start(() => [200, { value: "eyJ.canary-0123456789.sig" }]);
    project.env = {
      GITHUB_RUN_ID: "17",
      RUNNER_TEMP: project.path("temp"),
      ACTIONS_ID_TOKEN_REQUEST_URL: `${issuer.url}/?a=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-secret-0123456789",
      AWS_ROLE_ARN: "arn:aws:iam::111111111111:role/x",
    };
  });
  after(async () => {
    project.remove();
    await issuer.stop();
  });

  const files = () =>
    readdirSync(project.path("temp"), { recursive: true, withFileTypes: true }).filter((f) => f.isFile());

  for (const [code, expected] of [
    [0, 0],
    [3, 3],
    [4, 4],
    [77, 1],
  ] as const) {
    it(`gets the token in a private file, which is gone afterwards, and ends as it did: ${code}`, async () => {
      const run = await project.run(["login", "--", process.execPath, project.path("probe.js"), String(code)]);
      assert.deepEqual([run.code, run.stdout, run.stderr], [expected, "600 true trunkline-17\n", ""]);
      assert.deepEqual(
        files().map(({ name }) => name),
        [".keep"],
      );
    });
  }

  it("fails for a program that there is not", async () => {
    const run = await project.run(["login", "--", "no-such-program"]);
    assert.equal(run.code, 2);
    assert.match(run.stderr, /no-such-program cannot be run: .*ENOENT/);
    assert.deepEqual(
      files().map(({ name }) => name),
      [".keep"],
    );
  });
});
