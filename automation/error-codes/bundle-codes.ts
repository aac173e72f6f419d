import type { ErrorCodes } from "./error-code";

/** Errors of writing, reading and approving bundles. */
export const bundleCodes: ErrorCodes = {
  "bundle-unusable": {
    exit: "refused",
    words: [],
    meaning: "The bundle's file is missing, damaged, or was written by a version that is not known here.",
    remedy: "Preview again with --bundle, and have the new bundle approved.",
  },
  "bundle-of-another-commit": {
    exit: "usage",
    words: [" is checked out, but the event is about "],
    meaning: "A bundle binds the commit of the event, and another one is checked out.",
    remedy: "Check the event's commit out.",
  },
  "uncommitted-changes": {
    exit: "refused",
    words: ["what is to be previewed is not what is committed"],
    meaning: "Files that the preview depends on differ from the commit that a bundle is bound to.",
    remedy: "Commit these files, or put them back.",
  },
  "state-moved": {
    exit: "fault",
    words: [" moved while it was previewed"],
    meaning: "Somebody else changed the state while the preview ran, so that the bundle would be stale at once.",
    remedy: "Wait for the other run to end, and preview again.",
  },
  "unknown-step": {
    exit: "fault",
    words: ["the engine told of a step "],
    meaning: "The engine is newer than this package and does something that cannot be judged here.",
    remedy: "Use a version of trunkline that knows this engine.",
  },
  "empty-program": {
    exit: "refused",
    words: ["the program registers nothing, though "],
    meaning: "The program declares nothing, and an update would delete the whole environment.",
    remedy: "Correct the program; an environment is deleted on purpose with trunkline destroy.",
  },
  "secret-in-clear": {
    exit: "refused",
    words: ["a secret would be in the bundle in clear"],
    meaning: "A value that has a secret in it is not marked as one, and a bundle is a file that people read.",
    remedy: "Mark what is derived from the secret with pulumi.secret, or make it an Output of the secret.",
  },
  "signature-not-made": {
    exit: "usage",
    words: ["ssh-keygen cannot sign with "],
    meaning: "An approval could not be signed with this key.",
    remedy: "Name a private key of yours, or a public one whose private key your SSH agent has.",
  },
  "ssh-keygen-missing": {
    exit: "fault",
    words: ["ssh-keygen did not start"],
    meaning: "Approvals are signed and checked with ssh-keygen, which could not be started.",
    remedy: "Install OpenSSH 8.9 or newer.",
  },
};
