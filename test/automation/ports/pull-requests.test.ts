import assert from "node:assert/strict";
import { octokitPullRequests } from "../../../automation/ports/pull-requests";
import { proposal } from "../../../automation/release/proposal";
import type { ReleaseRecord } from "../../../automation/release/release-record";
import { HttpStandIn } from "../../support/http-stand-in";

describe("the pull request that proposes a release", () => {
  let github: HttpStandIn;
  const open: Record<string, unknown>[] = [];
  beforeEach(async () => {
    open.length = 0;
    github = await HttpStandIn.start((line, { body, query }) => {
      if (line === "GET /repos/acme/platform/pulls") {
        assert.deepEqual([query["head"], query["base"], query["state"]], ["acme:develop", "main", "open"]);
        return [200, open];
      }
      if (line === "POST /repos/acme/platform/pulls") {
        const pull = { number: 7, html_url: "https://github.example/7", ...body };
        open.push(pull);
        return [201, pull];
      }
      if (line === "PATCH /repos/acme/platform/pulls/7") {
        Object.assign(open[0] ?? {}, body);
        return [200, open[0]];
      }
      return [404, { message: "Not Found" }];
    });
  });
  afterEach(() => github.stop());
  const port = () => octokitPullRequests({ token: "t", baseUrl: github.url, unitMs: 1 });
  const request = (title: string) => ({ head: "develop", base: "main", title, body: "text" });

  it("is opened once, and updated from then on", async () => {
    const first = await port().propose("acme/platform", request("Release fares:1"));
    assert.deepEqual(first, { kind: "created", number: 7, url: "https://github.example/7" });
    const second = await port().propose("acme/platform", request("Release fares:2"));
    assert.equal(second.kind, "updated");
    assert.deepEqual(
      open.map(({ title }) => title),
      ["Release fares:2"],
    );
  });

  it("fails with what GitHub says", async () => {
    github.faults.push({ request: /^POST/, status: 422, message: "No commits between main and develop" });
    await assert.rejects(port().propose("acme/platform", request("a")), /from develop to main .*No commits between/);
    github.faults.push({ request: /^POST/, status: 403, message: "Resource not accessible by integration" });
    await assert.rejects(port().propose("acme/platform", request("a")), /not accessible/);
  });

  it("tells the model, its test and where requests go", () => {
    const record: ReleaseRecord = {
      release: "r1",
      at: "2026-11-28T12:00:00.000Z",
      slot: "blue",
      model: "fares:2",
      previous: { green: 100 },
      deployed: true,
      tested: true,
      maps: [{ blue: 100 }],
      held: [],
      outcome: "promoted",
      removed: [],
    };
    const live = {
      slots: { blue: { model: "fares:2", state: "healthy" } },
      traffic: { blue: 100 },
      mirror: {},
    } as const;
    const { title, body } = proposal({ environment: "tst", endpoint: "fares", record, live, runUrl: "https://run" });
    assert.equal(title, "Release fares:2");
    assert.match(body, /^`fares:2` passed its test in blue of `fares` in tst\./);
    assert.match(body, /^\| blue \| `fares:2` \| healthy \| 100 % \|$/m);
    assert.match(body, /promoted; before it requests went to green 100 %\.\n\nDetails: https:\/\/run\n$/);
  });
});
