import type { ErrorCodes } from "./error-code";

/** Errors of state, locks and what was interrupted. */
export const stateCodes: ErrorCodes = {
  "stack-absent": {
    exit: "usage",
    words: [" does not exist yet in "],
    meaning: "The environment has never been brought up in this backend.",
    remedy: "Bring it up first with trunkline up, or log in to the backend that has it.",
  },
  "stack-locked": {
    exit: "fault",
    words: [],
    meaning: "Another run holds the stack's lock, so that two runs never write one state.",
    remedy: "Wait for it to end; trunkline cancel says who holds the lock, and removes it once that run is gone.",
  },
  "lock-without-owner": {
    exit: "refused",
    words: [" does not say whose it is"],
    meaning: "A lock was found that names no owner, so no one can prove that its run has ended.",
    remedy: "Make sure that no run is at work on the stack, then remove the lock with pulumi cancel.",
  },
  "lock-of-another": {
    exit: "usage",
    words: ["no lock of "],
    meaning: "The owner that was named holds no lock of this environment.",
    remedy: "Name one of the owners that the message lists.",
  },
  "creation-untold": {
    exit: "refused",
    words: ["nobody can tell what became of interrupted creations"],
    meaning: "A run was killed while it created resources, and neither state nor cloud can say whether they are there.",
    remedy: "Look in the cloud, settle each with pulumi refresh as the message says, and resume.",
  },
  "creation-check-failed": {
    exit: "fault",
    words: ["the refresh that looks for interrupted creations"],
    meaning: "The refresh that settles interrupted creations failed.",
    remedy: "Correct what it reports, and resume again.",
  },
  "creation-of-another": {
    exit: "refused",
    words: ["was not made by them"],
    meaning: "A resource has the id of an interrupted creation and was made by somebody else.",
    remedy: "See whose it is; rename yours, or import it on purpose.",
  },
  "no-state-of-its-own": {
    exit: "usage",
    words: ["keeps no state of its own"],
    meaning: "Bootstrap was asked for, and the environment has no state section.",
    remedy: "Add a state section to trunkline:aws or trunkline:azure in its settings.",
  },
  "no-state-in-azure": {
    exit: "refused",
    words: ["keeps no state in Azure"],
    meaning: "How to reach the state of ML resources was asked for, and the environment keeps none in Azure.",
    remedy: "Configure azure.state and bring the environment up, or leave out --state-file.",
  },
  "no-backend-output": {
    exit: "fault",
    words: ["the program has no output aws.state.backendUrl"],
    meaning: "The program brought a backend up and does not say where it is.",
    remedy: "Export the environment's outputs, as the program that trunkline init writes does.",
  },
  "local-state-too-full": {
    exit: "refused",
    words: ["has more than the backend, and no backend"],
    meaning: "The local state has resources besides the backend, though the backend is not there yet.",
    remedy: "Bring the environment up with its state section first, then bootstrap it.",
  },
  "local-state-moved-on": {
    exit: "refused",
    words: ["has changed since it was moved"],
    meaning: "The local state was moved into the backend, and the local one has changed after that.",
    remedy: "See which of the two is right before you remove the other.",
  },
  "backend-taken": {
    exit: "refused",
    words: ["the new backend has another state of"],
    meaning: "The backend that state is to move to has a state of that name already, with other contents.",
    remedy:
      "See whose it is; where it is the right one, remove the local state and write the backend's address by hand.",
  },
  "state-not-moved": {
    exit: "fault",
    words: ["differs from the one put there"],
    meaning: "What was read back from the new backend is not what was written to it. The local state is untouched.",
    remedy: "See what else writes to the backend, then run bootstrap again.",
  },
  "backend-file-faulty": {
    exit: "fault",
    words: ["does not say where the state of "],
    meaning: "The file that records where state was moved to cannot be read.",
    remedy: "Put it back, or remove it and run bootstrap again: it finds what is done already.",
  },
};
