import type { ErrorCodes } from "./error-code";

/** Errors of reading what happened, and of choosing the environment. */
export const eventCodes: ErrorCodes = {
  "unknown-event": {
    exit: "usage",
    words: ["is none that decides anything", "unknown event "],
    meaning: "The CI system, or --event, told of an event that no rule is about.",
    remedy: "Run on a pull request, a push, a schedule or by hand, or say which it is with --event and --branch.",
  },
  "incomplete-event": {
    exit: "usage",
    words: [
      "the event file of GitHub Actions",
      "a pull request without its branches",
      "a pull request without the branch that it goes to",
      "belongs to a pull request, the event is",
    ],
    meaning: "What is known of the event does not fit together: a pull request needs the branch that it goes to.",
    remedy: "Run inside a job of the CI system, or give --event, --branch and --base-branch that belong together.",
  },
  "not-a-commit": {
    exit: "usage",
    words: ["is no full commit id"],
    meaning: "A commit was named by something that is not its full id.",
    remedy: "Give all 40 digits, as git rev-parse HEAD prints them.",
  },
  "not-a-branch": {
    exit: "usage",
    words: ["which is no name of a branch"],
    meaning: "A branch has a name that git itself refuses.",
    remedy: "See git check-ref-format for what a name may be.",
  },
  "unknown-environment": {
    exit: "usage",
    words: ["unknown environment "],
    meaning: "An environment was named that is neither dev, tst nor prd nor one of the aliases in trunkline.yaml.",
    remedy: "Name one of those that the message lists, or add an alias to trunkline.yaml.",
  },
  "no-environment-for-branch": {
    exit: "usage",
    words: [],
    meaning: "The branch that is checked out deploys nowhere, and no environment was named.",
    remedy: "Name one with --env, or add a rule for the branch to trunkline.yaml.",
  },
  "pull-request-changes-nothing": {
    exit: "refused",
    words: [" is only "],
    meaning: "A pull request may be previewed; one from a fork may be rehearsed. Neither may change a cloud.",
    remedy: "Merge it first, or rehearse it with --target rehearsal.",
  },
};
