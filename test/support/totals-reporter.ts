import { appendFileSync } from "node:fs";
import { type MochaOptions, reporters, Runner } from "mocha";

/** Mocha's own report, closed by one line `N passed, N failed`; TEST_TOTALS names a file that the line is added to. */
class TotalsReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      const line = `${passes} passed, ${failures} failed\n`;
      process.stdout.write(line);
      if (process.env.TEST_TOTALS) appendFileSync(process.env.TEST_TOTALS, line);
    });
  }
}

export = TotalsReporter;
