import { hostname } from "node:os";
import { isProvenGone, ownProcess, type ProcessIdentity } from "../engine/process-identity";
import { ciRunOf, ownRun, type CiRun, type RunOwner } from "../state/run-owner";

/** Tells who this run is, and whether others are still there. */
export interface OwnersPort {
  own(): Promise<RunOwner>;
  readonly host: string;
  /** Whether a process is certainly gone; false where that cannot be told. */
  isProcessGone(identity: ProcessIdentity, pid: number): Promise<boolean>;
  /** Whether there is a process of that number here, in the namespace of this one. */
  hasProcess(pid: number): boolean;
  /** Whether a process of that identity counted its numbers where this one does. */
  sharesNumbers(identity: ProcessIdentity): Promise<boolean>;
  /** Whether a run of CI has ended, as its API says; undefined where nobody can be asked. */
  hasEnded(run: CiRun): Promise<boolean | undefined>;
}

/** Asks an API whether a run of CI has ended. */
export type AskCi = OwnersPort["hasEnded"];

/** Asks this machine, and for runs of CI whoever `askCi` asks. */
export function owners(askCi: AskCi = async () => undefined): OwnersPort {
  return {
    own: () => ownRun(),
    host: hostname(),
    isProcessGone: isProvenGone,
    hasProcess: (pid) => {
      try {
        process.kill(pid, 0);
        return true;
      } catch (fault) {
        return (fault as NodeJS.ErrnoException).code !== "ESRCH";
      }
    },
    sharesNumbers: async ({ hostname: host, boot, namespace }) => {
      const own = await ownProcess();
      return own?.hostname === host && own.boot === boot && own.namespace === namespace;
    },
    hasEnded: async (run) => isEarlierAttempt(run, ciRunOf(process.env)) || askCi(run),
  };
}

/** A run of CI is attempted anew only when it has ended. */
function isEarlierAttempt(run: CiRun, own: CiRun | undefined): boolean {
  return (
    own?.system === run.system && own.repository === run.repository && own.run === run.run && own.attempt > run.attempt
  );
}
