import type { ErrorCodes } from "./error-code";

/** Errors of what executes operations. */
export const engineCodes: ErrorCodes = {
  "pulumi-cli-missing": {
    exit: "fault",
    words: ["the Pulumi CLI is not on PATH", "the Pulumi CLI cannot be used"],
    meaning: "A real cloud is reached with the Pulumi CLI only, and there is none that can be used.",
    remedy: "Install it (https://www.pulumi.com/docs/install/), or rehearse with --target rehearsal, which needs none.",
  },
  "embedded-engine-reaches-no-cloud": {
    exit: "usage",
    words: ["cannot reach a cloud"],
    meaning: "The engine of this package has simulated providers only, by design.",
    remedy: "Leave out --engine to use the Pulumi CLI, or rehearse with --target rehearsal.",
  },
  "engine-failed": {
    exit: "fault",
    words: [],
    meaning:
      "The engine ended an operation that could not begin: a login, a passphrase or the backend is not what it needs.",
    remedy: "The message is the engine's own: correct what it names, and run again.",
  },
  "simulated-cloud-in-use": {
    exit: "fault",
    words: [],
    meaning: "The simulated cloud cannot be opened: another process has it, or its file is damaged.",
    remedy: "Wait for the other run to end; where there is none, remove the file that the message names.",
  },
  "rehearsal-not-writable": {
    exit: "fault",
    words: ["the rehearsal cannot write to "],
    meaning: "A rehearsal keeps its state in .trunkline at the root of the workspace, and may not write there.",
    remedy: "Make the directory writable, or run in a copy of the project.",
  },
  "passphrase-gone": {
    exit: "fault",
    words: ["the passphrase of the rehearsal's state is gone"],
    meaning: "The rehearsal's state is there, and the passphrase that its secrets are encrypted with is not.",
    remedy: "Put the file back, or remove .trunkline/rehearsal to start anew.",
  },
  "installation-incomplete": {
    exit: "fault",
    words: ["this installation is incomplete"],
    meaning: "A file of this package is missing.",
    remedy: "Install trunkline again.",
  },
  "only-rehearsals-are-rehearsed": {
    exit: "fault",
    words: ["only a rehearsal is rehearsed"],
    meaning: "A fork's commit was to be rehearsed against a real cloud. It never is.",
    remedy: "Use --target rehearsal; where the workflow chose the target, report a fault.",
  },
  "protection-stays-in-clouds": {
    exit: "refused",
    words: ["protection in a real cloud is not taken off here"],
    meaning: "Protection of a resource in a real cloud was to be taken off without a review.",
    remedy: "Take it off in the program, and apply that first.",
  },
};
