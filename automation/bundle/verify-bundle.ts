import type { EngineName } from "../engine/engine-session";
import type { Reason, ReasonCode } from "../gate/decision";
import type { Bundle } from "./bundle";
import type { BundleFacts } from "./bundle-facts";

/** What a bundle is held against before any engine is opened. */
export interface VerificationRequest {
  readonly facts: BundleFacts;
  readonly engine: EngineName;
  readonly now: Date;
  /** The digest, or the beginning of it, that the caller means. */
  readonly expectedDigest?: string;
}

/** A clock of another machine may be ahead by so much. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Everything in which a bundle does not fit to what is to be deployed now; empty where it fits. */
export function verifyBundle(bundle: Bundle, request: VerificationRequest): Reason[] {
  const { facts, engine, now, expectedDigest } = request;
  const reasons: Reason[] = [];
  const refuse = (code: ReasonCode, message: string, hint: string) => void reasons.push({ code, message, hint });
  const compare = (code: ReasonCode, what: string, reviewed: string, actual: string, hint: string) => {
    if (reviewed !== actual) refuse(code, `${what} is ${actual}, the bundle was made for ${reviewed}`, hint);
  };
  const anew = "preview anew and have the new bundle reviewed";

  if (expectedDigest !== undefined && !digestMatches(bundle.digest, expectedDigest)) {
    const message = `the bundle has the digest ${bundle.digest}, ${expectedDigest} was asked for`;
    refuse("bundle-digest", message, "take the file that was reviewed");
  }
  if (Date.parse(bundle.expiresAt) <= now.getTime()) {
    refuse("bundle-expired", `the bundle expired at ${bundle.expiresAt}`, anew);
  }
  if (Date.parse(bundle.createdAt) > now.getTime() + CLOCK_SKEW_MS) {
    refuse("bundle-not-yet-valid", `the bundle was made at ${bundle.createdAt}, which is yet to come`, "set the clock");
  }
  if (facts.fork && facts.target === "cloud") {
    refuse(
      "fork",
      "the commit comes from a fork, which is only rehearsed",
      "merge it into a branch of this repository",
    );
  }
  compare("repository-moved", "the repository", bundle.repository, facts.repository, "take this repository's bundle");
  compare("project-moved", "the project", bundle.project, facts.project, "run in the project that it was made of");
  compare("stack-moved", "the stack", bundle.stack, facts.stack, `name it: --env ${bundle.stack}`);
  compare("target-moved", "the target", bundle.target, facts.target, `name it: --target ${bundle.target}`);
  compare("commit-moved", "the commit", bundle.commit, facts.commit, "check its commit out, or preview this one");
  if (facts.uncommitted.length > 0) {
    const message = `files differ from the commit: ${facts.uncommitted.join(", ")}`;
    refuse("inputs-uncommitted", message, "commit them and preview anew, or put them back");
  }
  compare("inputs-moved", "the tree of the program's inputs", bundle.inputsTree, facts.inputsTree, anew);
  compare("config-moved", "the hash of the configuration", bundle.configHash, facts.configHash, anew);
  compare("lockfile-moved", "the hash of the lockfile", bundle.lockfileHash, facts.lockfileHash, anew);
  const { trunkline, node, engine: made } = bundle.tools;
  compare("tools-moved", "the version of trunkline", trunkline, facts.trunkline, "use the version that made it");
  compare("tools-moved", "the version of Node", node, facts.node, "use the version that made it");
  compare("tools-moved", "the engine", made.name, engine, `choose it: --engine ${made.name}`);
  return reasons;
}

/** Whether a digest is the one that is meant; at least 12 hexadecimal digits of it have to be told. */
export function digestMatches(digest: string, meant: string): boolean {
  const digits = meant.replace(/^sha256:/, "");
  return /^[0-9a-f]{12,64}$/.test(digits) && digest.startsWith(`sha256:${digits}`);
}
