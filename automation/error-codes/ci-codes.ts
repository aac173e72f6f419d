import type { ErrorCodes } from "./error-code";

/** Errors of CI systems: tokens, outputs, GitHub's answers. */
export const ciCodes: ErrorCodes = {
  "step-refused": {
    exit: "refused",
    words: [],
    meaning: "The event does not allow the phase that was asked for, for example an update on a pull request.",
    remedy: "Leave out --phase, or run on the event that the phase belongs to.",
  },
  "no-id-token": {
    exit: "usage",
    words: ["and the job can ask for no token", "this job can ask for no token of GitHub Actions"],
    meaning: "The job logs in by what it is, and may not ask for the token that proves it.",
    remedy: "Give the job the permission id-token: write.",
  },
  "id-token-refused": {
    exit: "fault",
    words: ["GitHub gave no token for "],
    meaning: "GitHub Actions did not answer the request for a token.",
    remedy: "Run the job again; where it fails again, see its permissions.",
  },
  "no-token": {
    exit: "fault",
    words: ["there is no token for "],
    meaning: "A check of rights needs a login that is not there.",
    remedy: "Log in as the hint says; trunkline doctor tells what is missing.",
  },
  "github-unanswered": {
    exit: "fault",
    words: ["github has no answer for "],
    meaning: "GitHub refused a request, or could not be reached; faults that pass were tried again already.",
    remedy: "The message has GitHub's reason: a missing right of the token, a limit, or no connection.",
  },
  "azure-devops-unanswered": {
    exit: "fault",
    words: ["Azure DevOps has no answer for "],
    meaning: "Azure DevOps refused a request, or could not be reached; faults that pass were tried again already.",
    remedy: "The message has its reason: a missing right of the job's token, a limit, or no connection.",
  },
  "not-a-repository": {
    exit: "usage",
    words: ["is no repository of GitHub"],
    meaning: "A repository has to be named as owner/name.",
    remedy: "Correct GITHUB_REPOSITORY, or what named it.",
  },
  "output-is-secret": {
    exit: "fault",
    words: [" holds a secret and is not written"],
    meaning: "A step's output would have a secret in it, which the CI system keeps in clear.",
    remedy: "Have later jobs read secrets from where they are kept.",
  },
  "output-not-written": {
    exit: "fault",
    words: ["cannot be the name of an output", "holds its own end"],
    meaning: "A step's output has a name or a value that the CI system's format cannot hold.",
    remedy: "Report a fault: names of outputs are chosen by this package.",
  },
  "no-secrets": {
    exit: "refused",
    words: ["has no secrets: CI logs in without any"],
    meaning: "Secrets of CI were asked for, and this environment's CI logs in without stored ones.",
    remedy: "Leave out --secrets-file.",
  },
};
