import assert from "node:assert/strict";
import { setAllConfig, setMocks } from "@pulumi/pulumi/runtime";
import { parseEnvironmentConfig, readEnvironmentConfig } from "../../components";
import { faultsOf } from "../support/config-faults";

const minimal = { organization: "acme", repository: { fullName: "acme/platform", ownerId: 1, id: 2 } };
const aws = { accountId: "111111111111", region: "us-east-1" };
const identity = { oidcProvider: { create: {} }, writePolicyArns: [] };
const github = { deploymentBranches: ["main"] };

describe("parseEnvironmentConfig", () => {
  it("takes a config without parts and fills in the defaults", () => {
    assert.deepEqual(parseEnvironmentConfig("dev", minimal), {
      environment: "dev",
      organization: "acme",
      repository: { ...minimal.repository, subjectFormats: ["named", "immutable"] },
      tags: {},
    });
  });

  it("switches a part on by its presence", () => {
    const config = parseEnvironmentConfig("prd", { ...minimal, aws: { ...aws, state: {} } });
    assert.equal(config.aws?.identity, undefined);
    assert.deepEqual(config.aws?.state, {
      noncurrentVersionDays: 90,
      noncurrentVersionsKept: 50,
      terraformLockTable: false,
      protect: true,
    });
  });

  it("reports all faults at once, each with path, value got and what is allowed", () => {
    const faults = faultsOf(
      {
        organisation: "acme",
        repository: { fullName: "platform", ownerId: "1", id: 2 },
        aws: { acountId: "111111111111", region: "useast1", identity: { ...identity, writePolicyArns: ["Admin"] } },
        github: { deploymentBranches: [], waitTimer: -1, branchProtection: { main: { requiredChecks: [] } } },
      },
      "test",
    );
    const summary = faults.map(({ path, problem, suggestion }) => [path, problem, suggestion ?? ""]);
    assert.deepEqual(summary.sort(), [
      ["stack name", 'got "test"', ""],
      ["trunkline:aws.accountId", "missing", ""],
      ["trunkline:aws.acountId", "unknown key", "accountId"],
      ["trunkline:aws.identity.writePolicyArns[0]", 'got "Admin"', ""],
      ["trunkline:aws.region", 'got "useast1"', ""],
      ["trunkline:github.branchProtection.main.requiredChecks", "unknown key", ""],
      ["trunkline:github.branchProtection.main.requiredStatusChecks", "missing", ""],
      ["trunkline:github.deploymentBranches", "got []", ""],
      ["trunkline:github.waitTimer", "got -1", ""],
      ["trunkline:organisation", "unknown key", "organization"],
      ["trunkline:organization", "missing", ""],
      ["trunkline:repository.fullName", 'got "platform"', ""],
      ["trunkline:repository.ownerId", 'got "1"', ""],
    ]);
    assert.ok(faults.every(({ allowed }) => allowed.length > 0));
  });

  it("prints one line a fault and what to do next", () => {
    assert.throws(() => parseEnvironmentConfig("dev", { ...minimal, github: { ...github, waitTimr: 5 } }), {
      message:
        'the config of stack "dev" has a fault:\n' +
        "  trunkline:github.waitTimr: unknown key, did you mean waitTimer?; allowed: deploymentBranches, reviewers, preventSelfReview, canAdminsBypass, waitTimer, branchProtection\n" +
        "correct Pulumi.dev.yaml and try again",
    });
  });

  const oneFault: [what: string, raw: Record<string, unknown>, path: string, allowed: RegExp][] = [
    [
      "an account id that YAML read as a number",
      { aws: { ...aws, accountId: 111111111111 } },
      "aws.accountId",
      /quotes/,
    ],
    ["a part that is switched on with nothing", { aws: { ...aws, state: null } }, "aws.state", /\{\}/],
    ["a section that is text", { github: "yes" }, "github", /a section with the keys deploymentBranches/],
    [
      "an identity provider that is neither made nor existing",
      { aws: { ...aws, identity: { ...identity, oidcProvider: {} } } },
      "aws.identity.oidcProvider",
      /exactly one of the keys existing and create/,
    ],
    [
      "an identity provider of another account",
      {
        aws: {
          ...aws,
          identity: {
            ...identity,
            oidcProvider: {
              existing: { arn: "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com" },
            },
          },
        },
      },
      "aws.identity.oidcProvider.existing.arn",
      /account 111111111111 in partition aws/,
    ],
    [
      "a policy of another partition",
      {
        aws: {
          ...aws,
          region: "cn-north-1",
          identity: { ...identity, writePolicyArns: ["arn:aws:iam::aws:policy/X"] },
        },
      },
      "aws.identity.writePolicyArns[0]",
      /partition aws-cn/,
    ],
    [
      "a policy named twice",
      {
        aws: {
          ...aws,
          identity: { ...identity, previewPolicyArns: ["arn:aws:iam::aws:policy/X", "arn:aws:iam::aws:policy/X"] },
        },
      },
      "aws.identity.previewPolicyArns",
      /different/,
    ],
    [
      "seven reviewers",
      { github: { ...github, reviewers: { users: [1, 2, 3, 4], teams: [5, 6, 7] } } },
      "github.reviewers",
      /1 to 6/,
    ],
    ["reviewers that are nobody", { github: { ...github, reviewers: {} } }, "github.reviewers", /1 to 6/],
    [
      "** inside a name",
      { github: { deploymentBranches: ["feature**"] } },
      "github.deploymentBranches[0]",
      /feature\/\*\*/,
    ],
    [
      "a backslash in a pattern",
      { github: { deploymentBranches: ["a\\*"] } },
      "github.deploymentBranches[0]",
      /pattern/,
    ],
    [
      "a protected branch that is no branch",
      { github: { ...github, branchProtection: { "a b": { requiredStatusChecks: [] } } } },
      'github.branchProtection["a b"]',
      /branch name/,
    ],
    ["a common tag", { tags: { environment: "x" } }, "tags.environment", /set already/],
    ["a tag of Amazon's own", { tags: { "aws:x": "y" } }, 'tags["aws:x"]', /tag key/],
    ["a tag that YAML read as a number", { tags: { cost: 42 } }, "tags.cost", /quotes/],
    ["a name that Amazon would refuse", { organization: "Acme" }, "organization", /lower case/],
  ];
  for (const [what, raw, path, allowed] of oneFault) {
    it(`fails for ${what}`, () => {
      const faults = faultsOf({ ...minimal, ...raw });
      assert.deepEqual(
        faults.map((fault) => fault.path),
        [`trunkline:${path}`],
      );
      assert.match(faults[0]!.allowed, allowed);
    });
  }

  it("finds faults between keys even where another key is unknown", () => {
    const paths = faultsOf({
      ...minimal,
      aws: { ...aws, bogus: 1, identity: { ...identity, writePolicyArns: ["arn:aws:iam::222222222222:policy/X"] } },
    }).map(({ path }) => path);
    assert.deepEqual(paths.sort(), ["trunkline:aws.bogus", "trunkline:aws.identity.writePolicyArns[0]"]);
  });
});

describe("readEnvironmentConfig", () => {
  const nothing = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };

  it("reads all keys of the namespace, structured ones as JSON, and no others", async () => {
    await setMocks(nothing, "trunkline", "tst");
    setAllConfig({
      "trunkline:organization": "acme",
      "trunkline:repository": JSON.stringify(minimal.repository),
      "aws:region": "us-east-1",
    });
    assert.deepEqual(readEnvironmentConfig(), parseEnvironmentConfig("tst", minimal));
  });

  it("fails for a mistyped key of the namespace and for JSON that is cut off", async () => {
    await setMocks(nothing, "trunkline", "tst");
    setAllConfig({ "trunkline:organization": "acme", "trunkline:repositry": "{}", "trunkline:repository": "{" });
    assert.throws(readEnvironmentConfig, /repository: got "\{"[^]*repositry: unknown key, did you mean repository\?/);
  });
});
