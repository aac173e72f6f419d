import type { ErrorCodes } from "./error-code";

/** Errors of runs over several stacks, and of going on with one. */
export const runCodes: ErrorCodes = {
  "nothing-to-resume": {
    exit: "usage",
    words: ["nothing is left to resume", "there is no run to resume"],
    meaning: "There is no run that ended early.",
    remedy: "Begin a new one: trunkline up.",
  },
  "run-not-proven-ended": {
    exit: "refused",
    words: ["which is not proven to have ended"],
    meaning: "The run that is to be resumed may still be at work.",
    remedy: "Wait for it to end; where you know that it is gone, begin a new run.",
  },
  "run-resumed-by-another": {
    exit: "refused",
    words: ["another process has just resumed the run"],
    meaning: "Two processes resumed one run at once; this one was second.",
    remedy: "Wait for the other to end.",
  },
  "run-of-another-commit": {
    exit: "usage",
    words: ["the run is of "],
    meaning: "The run belongs to another commit than the one that is checked out.",
    remedy: "Check out the run's commit to resume it, or begin a new run.",
  },
  "run-has-lost-project": {
    exit: "usage",
    words: ["the run has a project "],
    meaning: "The run has a project that the workspace does not have any more.",
    remedy: "Check out the run's commit, or begin a new run.",
  },
  "no-bundle-directory": {
    exit: "usage",
    words: [" is no directory of bundles"],
    meaning: "Bundles of several stacks lie in a directory, and what was named is none.",
    remedy: "Name the directory that trunkline preview --all --bundle wrote; a single bundle is applied without --all.",
  },
  "journal-damaged": {
    exit: "fault",
    words: ["is not one of a journal"],
    meaning: "The journal of the last run has a line that is none of its own.",
    remedy: "See by hand what became of the run, then move the file away and begin a new run.",
  },
  "stack-named-twice": {
    exit: "usage",
    words: [" is named twice in one run"],
    meaning: "One run was given the same stack twice.",
    remedy: "Name each stack once.",
  },
  "stacks-in-a-cycle": {
    exit: "usage",
    words: ["stacks build on each other in a cycle"],
    meaning: "Each of several stacks needs another's outputs first, all the way round.",
    remedy: "Take one of the dependencies that the message names away.",
  },
  "not-in-a-commit": {
    exit: "usage",
    words: ["is not in a commit, and Pulumi Deployments reads nothing else", "is in no git repository with a commit"],
    meaning: "What is to be deployed is bound to a commit, and the project is in none.",
    remedy: "Commit the project, and push it where somebody else is to read it.",
  },
  "remote-deployment-failed": {
    exit: "fault",
    words: ["Pulumi Deployments did not bring "],
    meaning: "Pulumi Deployments took the stack over and did not bring it up.",
    remedy: "See the deployment in the Pulumi console; it needs the stack's deployment settings and a login.",
  },
};
