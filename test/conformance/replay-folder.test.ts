import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { stepDifferences } from "./differences";
import { replayFolder } from "./replay-folder";

const SCENARIOS = `
export default ({ thing }) => [
  { name: "own.empty", about: "nothing", steps: [{ op: "preview", program: async () => undefined }] },
  { name: "own.unrecorded", about: "no golden file", steps: [{ op: "up", program: async () => { thing("a"); } }] },
];
`;

describe("replaying a folder of scenarios", function () {
  this.timeout(300_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "scenarios-"));
    await mkdir(join(folder, "golden"));
    await writeFile(join(folder, "scenarios.ts"), SCENARIOS);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("tells a wrong recording, a missing one, and one without a scenario", async () => {
    const golden = { steps: [{ step: "1", op: "preview", summary: { create: 2 } }] };
    await writeFile(join(folder, "golden", "own.empty.json"), JSON.stringify(golden));
    await writeFile(join(folder, "golden", "own.forgotten.json"), JSON.stringify(golden));
    const replayed = await replayFolder(folder);
    const of = (name: string) => replayed.find((scenario) => scenario.name === name)!.differences;
    assert.deepEqual(
      of("own.empty").find(({ at }) => at === "step 1 summary.create"),
      { at: "step 1 summary.create", expected: 2, actual: 1 },
    );
    assert.deepEqual(of("own.unrecorded"), [{ at: "recording", expected: "golden/own.unrecorded.json" }]);
    assert.deepEqual(of("own.forgotten"), [{ at: "scenario", expected: "own.forgotten" }]);
  });

  it("ends the command with exit code 1 where anything differs, and says what", () => {
    const command = [...process.execArgv, "--import", "tsx", join(__dirname, "main.ts"), folder];
    const { status, stdout } = spawnSync(process.execPath, command, { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stdout, /^own\.unrecorded: 1 difference\n {2}recording: recorded "golden\/own\.unrecorded\.json"/m);
    assert.match(stdout, /\n2 scenarios replayed, 2 differ\n$/);
  });
});

describe("comparing a replayed step with its recording", () => {
  const step = { step: "1", op: "up", summary: { create: 1 }, events: ["create a"], display: ["done"] };

  it("finds none where what happened is the same, however it was told", () => {
    assert.deepEqual(stepDifferences([step], [{ ...step, display: ["other"], op: "up (note)" }]), []);
  });

  it("finds what is missing, what is too much and what is another value, also in steps meanwhile", () => {
    const during = [{ step: "1.1", op: "preview", summary: { create: 3 } }];
    const actual = [{ ...step, events: ["create a", "create b"], error: { class: "CommandError" }, during }];
    assert.deepEqual(stepDifferences([{ ...step, during: [{ ...during[0], summary: {} }] }], actual), [
      { at: "step 1 events.1", expected: undefined, actual: "create b" },
      { at: "step 1.1 summary.create", expected: undefined, actual: 3 },
      { at: "step 1 error", expected: undefined, actual: { class: "CommandError" } },
    ]);
    assert.deepEqual(stepDifferences([step, { ...step, step: "2" }], [step]), [
      { at: "step 2", expected: "up", actual: undefined },
    ]);
  });
});
