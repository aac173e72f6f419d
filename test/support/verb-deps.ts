import type { VerbDeps } from "../../automation/commands/verb";
import { openEngine } from "../../automation/engine/open-engine";
import { ciHost } from "../../automation/ports/ci-host";
import { processGatePorts } from "../../automation/gate/gate-ports";
import { git } from "../../automation/ports/git";
import { owners } from "../../automation/ports/owners";
import { SecretRegister } from "../../automation/report/secret-register";

/** What a verb works with, without a terminal: nothing is printed. */
export function verbDeps(): VerbDeps {
  return {
    git,
    openEngine,
    owners: owners(),
    gate: processGatePorts(),
    secrets: new SecretRegister(),
    host: ciHost({}, () => {}),
    note: () => {},
    signal: new AbortController().signal,
    now: () => performance.now(),
    watch: () => ({ ended: () => {}, stop: () => {} }),
    opened: () => {},
    ended: () => {},
  };
}
