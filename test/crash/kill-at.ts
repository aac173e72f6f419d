import { ci } from "../../automation/commands/ci";
import { runUp } from "../../automation/commands/run-up";
import { FileJournal } from "../../automation/journal/file-journal";
import { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";
import { verbDeps } from "../support/verb-deps";

/*
 * `kill-at.ts <directory> <all|resume|ci> <point>`: brings both stacks up, and kills this very process at a point of the journal
 * or of the cloud: `before app applied`, `after network applying`, `before commit 2`.
 */
const [directory = "", way = "", when = "", what = "", which = ""] = process.argv.slice(2);

const killIf = (moment: string, subject: string, name: string) => {
  if (moment === when && subject === what && name === which) process.kill(process.pid, "SIGKILL");
};

// eslint-disable-next-line @typescript-eslint/unbound-method
const { record } = FileJournal.prototype;
FileJournal.prototype.record = async function (stack, state, detail) {
  killIf("before", stack, state);
  await record.call(this, stack, state, detail);
  killIf("after", stack, state);
};

let commits = 0;
// eslint-disable-next-line @typescript-eslint/unbound-method
const { commit } = SimulatedCloud.prototype;
SimulatedCloud.prototype.commit = async function (change) {
  const number = String(++commits);
  killIf("before", "commit", number);
  await commit.call(this, change);
  killIf("after", "commit", number);
};

const common = { cwd: directory, target: "rehearsal" } as const;

const done = async (): Promise<boolean> => {
  if (way === "ci") {
    // Variables of a job of GitHub Actions, as whoever started this has set them.
    const options = { directory: ".trunkline/ci", decide: false, acknowledge: [], approval: [], wait: 0 };
    const result = await ci({ ...verbDeps(), env: process.env }, { ...common, ...options });
    if (result.kind !== "ran") return false;
    const left = result.report.stacks.filter(({ result: one }) => one !== "applied" && one !== "unchanged");
    if (left.length > 0) console.error(JSON.stringify(left));
    return left.length === 0;
  }
  const ways = { all: way === "all", resume: way === "resume" };
  const result = await runUp(verbDeps(), { ...common, ...ways, env: "dev", parallel: 2 });
  return result.kind === "run" && result.complete;
};

done().then(
  (complete) => {
    if (!complete) fail("not every stack was brought up");
  },
  (error: unknown) => fail(error),
);

function fail(reason: unknown): void {
  console.error(reason);
  process.exitCode = 1;
}
