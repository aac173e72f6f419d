import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { ActionsEnvironmentSecret } from "@pulumi/github/actionsEnvironmentSecret";
import { Provider as GithubProvider } from "@pulumi/github/provider";
import { RepositoryEnvironment } from "@pulumi/github/repositoryEnvironment";
import { credentialPairs, type DeployedResource } from "../../../automation/rotation/credential-pair";
import { rotationDue } from "../../../automation/rotation/rotation-due";
import { AzureCiApplication } from "../../../components";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import type { Provider, ProviderSource } from "../../../rehearsal/engine/provider/provider";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import { SEED } from "../../rehearsal/cloud/support/cloud-fixture";

const DAY = 24 * 60 * 60 * 1000;
const PASSWORD = "azuread:index/applicationPassword:ApplicationPassword";
const SECRET = "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret";
const INTERRUPTIONS = 200;

/** The same numbers each time: a generator of Park and Miller. */
function generator(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

async function program() {
  const directory = new DirectoryProvider("azuread", { tenantId: "11111111-1111-4111-8111-111111111111" });
  const azure = new AzureProvider("azure", {});
  const github = { provider: new GithubProvider("github", { owner: "acme" }) };
  const ci = new AzureCiApplication(
    "ci",
    { organization: "acme", environment: "dev", subscriptionId: SEED.azure.subscriptions[0]!.id, roles: [] },
    { providers: [directory, azure] },
  );
  const { repository, environment } = new RepositoryEnvironment(
    "env",
    { repository: "platform", environment: "dev" },
    github,
  );
  const published = { repository, environment, secretName: "SECRET", value: ci.clientSecret };
  new ActionsEnvironmentSecret("published", published, github);
}

/** Providers of which one call fails, before or after the cloud has done what it asks; every change is looked at. */
class Interruption {
  private left = Infinity;
  private after = false;

  constructor(
    private readonly cloud: SimulatedCloud,
    private readonly look: () => void,
  ) {}

  /** Strikes the call of this number, counted from now. */
  at(call: number, after: boolean): void {
    this.left = call;
    this.after = after;
  }

  readonly providers: ProviderSource = (name) => {
    const provider = this.cloud.providers(name);
    return provider && new Proxy(provider, { get: (target, key) => this.wrapped(target, key) });
  };

  private wrapped(target: Provider, key: string | symbol): unknown {
    const method: unknown = Reflect.get(target, key, target);
    if (typeof method !== "function") return method;
    const call = method.bind(target) as (request: { preview?: boolean }) => Promise<unknown>;
    if (!["create", "update", "delete"].includes(String(key))) return call;
    return async (request: { preview?: boolean }) => {
      if (request.preview === true) return call(request);
      const strikes = --this.left === 0;
      if (strikes && !this.after) throw new Error("interrupted before the call");
      const answer = await call(request);
      this.look();
      if (strikes) throw new Error("interrupted after the call");
      return answer;
    };
  }
}

describe("a rotation that is interrupted", function () {
  this.timeout(900_000);

  it(`${INTERRUPTIONS} times at random points leaves a valid secret published at every moment`, async () => {
    let now = Date.parse("2026-11-21T00:00:00Z");
    const directory = await mkdtemp(join(tmpdir(), "trunkline-rotation-"));
    const cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed: SEED, now: () => new Date(now) });
    let looks = 0;
    /** The cloud keeps digests of secrets: the published one must be that of a password that has not ended. */
    const look = (): void => {
      const published = cloud.list().find(({ type }) => type === SECRET);
      if (published === undefined) return;
      looks++;
      const valid = cloud
        .list()
        .filter(({ type, outputs }) => type === PASSWORD && Date.parse(outputs.endDate as string) > now)
        .map(({ outputs }) => JSON.stringify(outputs.value));
      const digest = JSON.stringify(published.inputs.value);
      assert.match(digest, /sha256/);
      assert.ok(
        valid.includes(digest),
        `at ${new Date(now).toISOString()} the published secret is none of ${valid.length} valid ones`,
      );
    };
    const interruption = new Interruption(cloud, look);
    const stack = await rehearse(program, { providers: interruption.providers });
    try {
      await stack.up();
      look();
      const random = generator(20_261_121);
      const made = new Set<string>();
      let [interrupted, ended] = [0, true];
      while (interrupted < INTERRUPTIONS) {
        const state = (await stack.state()).map(({ urn, type, outputs }): DeployedResource => ({
          urn,
          type,
          outputs: outputs,
        }));
        const pairs = credentialPairs(state);
        // A schedule runs every day; the days on which nothing happens are left out.
        if (ended) now = Math.max(...pairs.flatMap(({ slots }) => slots.map((slot) => slot.expiresAt))) - 59 * DAY;
        else now += DAY;
        look();
        const [decision] = rotationDue(pairs, now);
        assert.ok(decision);
        assert.notEqual(decision.status, "expired");
        const target = decision.pair.slots.map(({ urn }) => urn);
        interruption.at(1 + random(4), random(2) === 0);
        ended = await stack
          .up({ target, replace: decision.replace === undefined ? [] : [decision.replace], targetDependents: true })
          .then(
            () => true,
            () => false,
          );
        if (!ended) interrupted++;
        interruption.at(Infinity, false);
        look();
        for (const { id, type } of cloud.list()) if (type === PASSWORD) made.add(id);
      }
      assert.ok(made.size > INTERRUPTIONS / 2, `${made.size} secrets were made`);
      assert.ok(looks > INTERRUPTIONS * 3, `the cloud was looked at ${looks} times`);
    } finally {
      await stack.close();
      await cloud.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
