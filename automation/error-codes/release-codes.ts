import type { ErrorCodes } from "./error-code";

/** Errors of releases of models. */
export const releaseCodes: ErrorCodes = {
  "release-option": {
    exit: "usage",
    words: ["--to and --mirror each say", "--model takes name:version", "--steps takes", "takes a time of at most"],
    meaning: "An option of a release has another form than it takes.",
    remedy: "Write it as the message says; trunkline release <verb> --help has an example.",
  },
  "no-endpoint": {
    exit: "usage",
    words: [
      "no online endpoint in its outputs",
      "on azure and one on databricks",
      " are incomplete: ",
      "the endpoint does not exist yet",
    ],
    meaning: "The environment has no online endpoint to release to, or several of which none was named.",
    remedy:
      "Add azure.endpoint to the settings, bring the environment up, and deploy a model; or name one with --platform.",
  },
  "no-release": {
    exit: "usage",
    words: [
      "no release of this endpoint was begun from here",
      "nothing was released from here",
      "it is not clear which one to test",
    ],
    meaning:
      "No release of the endpoint is recorded on this machine, and the endpoint does not tell which one is meant.",
    remedy: "Deploy a model with trunkline release deploy, or take over a lone slot with trunkline release test.",
  },
  "model-absent": {
    exit: "usage",
    words: [" is not registered", " has no version "],
    meaning: "The registry does not have the model, or not that version of it.",
    remedy: "Train and register it first, or correct its name in the settings or in --model.",
  },
  "request-files": {
    exit: "usage",
    words: [" is no expectation: ", "schema is no JSON Schema", " is not JSON: "],
    meaning: "A request or what is expected of its answer cannot be read, so that nothing would be tested.",
    remedy: "Correct the file that is named; docs/runbooks/release.md says what the files hold.",
  },
  "env-file": {
    exit: "usage",
    words: [" cannot be imported: ", " is no settings file: ", "what is imported makes no endpoint of "],
    meaning: "An env file cannot be taken into the settings of an environment. Nothing was written.",
    remedy: "Correct the lines that are named, and import it again.",
  },
  "rehearsal-faults": {
    exit: "usage",
    words: [" says what slots do wrong, got "],
    meaning: "TRUNKLINE_REHEARSAL_FAULTS does not say what slots do wrong.",
    remedy: 'Write JSON by slot, such as {"green":{"failRate":0.5}}, or unset it.',
  },
  "nothing-to-propose": {
    exit: "usage",
    words: ["a pull request would go", " to itself makes no sense", "there is no token for GitHub"],
    meaning: "A release cannot be proposed: branch, repository or token are not known.",
    remedy: "Run it on the branch of staging with GITHUB_TOKEN, or name the branch with --head.",
  },
  "slots-busy": {
    exit: "refused",
    words: ["both slots are live (", "no slot has all traffic ("],
    meaning: "A release is in its midst: both slots get requests.",
    remedy: "End it first with trunkline release promote, rollback or abort.",
  },
  "slot-untested": {
    exit: "refused",
    words: [" has not passed its test", ": nothing can be tested", ": it is not proposed", ": it gets no traffic"],
    meaning: "The new slot has not answered as expected yet, or its release has ended.",
    remedy: "Test it with trunkline release test, or deploy anew.",
  },
  "release-ended": {
    exit: "refused",
    words: ["the release of ", ": there is nothing to abort"],
    meaning: "The release has ended already, and cannot go on.",
    remedy: "Deploy a model anew, or go back with trunkline release rollback.",
  },
  "nothing-to-go-back-to": {
    exit: "refused",
    words: ["there is no map to go back to", ", was removed", "to remove it would leave nobody"],
    meaning: "Nothing else is there that could serve.",
    remedy: "Deploy another model, or the old one again, to the free slot.",
  },
  "traffic-refused": {
    exit: "refused",
    words: [
      " and can get no traffic",
      " gets traffic and is not removed",
      "traffic was changed outside of this release",
    ],
    meaning: "The map of traffic would not serve everybody from healthy slots, or somebody else has changed it.",
    remedy: "See trunkline release status; traffic stays as it is.",
  },
  "traffic-fault": {
    exit: "refused",
    words: [],
    meaning: "A map of traffic breaks a rule of endpoints: it adds up to 100, and one free slot at most gets copies.",
    remedy: "Give shares as the message says; traffic stays as it is.",
  },
  "traffic-not-set": {
    exit: "fault",
    words: [" after it was set to "],
    meaning: "The endpoint has other traffic than the update that just succeeded has set.",
    remedy: "See trunkline release status for who else changes it, and do it again.",
  },
  "quota-short": {
    exit: "refused",
    words: ["the quota does not suffice"],
    meaning: "Two slots at once, with the fifth that Azure reserves, need more cores than are free.",
    remedy: "Ask for more quota, remove the idle slot, or take fewer or smaller instances.",
  },
  "release-strays": {
    exit: "refused",
    words: [" would touch more than the release may"],
    meaning: "A step of a release would change resources besides its part of the endpoint.",
    remedy: "Bring the environment up first, then release.",
  },
  "release-approval": {
    exit: "refused",
    words: ["needs an approval before a model gets traffic"],
    meaning: "The gate of the environment is closed to the model.",
    remedy: "Have it approved as the rules of the environment say; see gate in trunkline.yaml.",
  },
  "release-locked": {
    exit: "refused",
    words: ["a release of "],
    meaning: "Another process is at a release of the same endpoint.",
    remedy: "Wait for it to end. A lock whose owner is proven to be gone is taken over by itself.",
  },
  "slot-unhealthy": {
    exit: "fault",
    words: [" failed to come up", " is not healthy after "],
    meaning: "The new slot did not come up. Requests go where they went.",
    remedy: "See its log in the message; correct the model or its scoring script and deploy again, or abort.",
  },
  "first-slot-fails": {
    exit: "fault",
    words: ["; nothing was served before, so "],
    meaning: "The first model of an endpoint crossed a limit, and there is nothing to go back to.",
    remedy: "Deploy a better model to the other slot.",
  },
  "release-step-failed": {
    exit: "fault",
    words: [],
    meaning: "The engine could not carry a step of a release out.",
    remedy: "See what it reports; the same verb goes on with what is left.",
  },
  "release-stopped": {
    exit: "fault",
    words: ["the test was told to stop"],
    meaning: "A test of a slot was interrupted, and counts as not done.",
    remedy: "Run trunkline release test again.",
  },
  "release-journal-damaged": {
    exit: "fault",
    words: [" is not one of releases"],
    meaning: "The journal of an endpoint's releases has a line that is none of it.",
    remedy: "See trunkline release status, move the file away, and end the release with rollback --to.",
  },
  "endpoint-unreachable": {
    exit: "fault",
    words: [" does not answer: ", "no endpoint of it can be asked", " is not in the simulated cloud"],
    meaning: "An endpoint, or the service that knows of it, does not answer.",
    remedy: "See whether it is reachable from here, and do it again.",
  },
  "databricks-endpoint-missing": {
    exit: "usage",
    words: [" is not there, and an endpoint of Databricks begins with traffic"],
    meaning:
      "A release is to go to an endpoint of Databricks model serving that is not there; its first model takes all traffic at once.",
    remedy: "Let the environment make it with its initial model: trunkline refresh, then trunkline up.",
  },
  "mirror-not-served": {
    exit: "refused",
    words: ["model serving of Databricks copies no requests to a second slot"],
    meaning: "Databricks model serving has no mirror traffic.",
    remedy:
      "Give the slot a small share of the requests with trunkline release shift --to, or score what the inference tables keep.",
  },
  "authority-unencrypted": {
    exit: "usage",
    words: ["AZURE_AUTHORITY_HOST is "],
    meaning: "The proof of a job's identity would go to an address without encryption.",
    remedy: "Give AZURE_AUTHORITY_HOST an https address such as https://login.microsoftonline.com, or leave it out.",
  },
  "serving-service-refuses": {
    exit: "fault",
    words: ["Databricks does not tell the state of a served entity"],
    meaning: "Azure or Databricks refuses what a release asks.",
    remedy: "Give the identity the roles that docs/runbooks/release.md lists.",
  },
  "no-entra-token": {
    exit: "fault",
    words: ["Entra gives no token for ", "there is no token of Entra for "],
    meaning: "Neither the job's identity nor the login of az gives a token.",
    remedy:
      "Log in with az login; in CI set AZURE_CLIENT_ID and AZURE_TENANT_ID, and AZURE_FEDERATED_TOKEN_FILE or, in GitHub Actions, id-token: write.",
  },
  "pull-request-refused": {
    exit: "fault",
    words: ["github does not open a pull request"],
    meaning: "GitHub does not open or update the pull request that proposes a release.",
    remedy: "Give the job pull-requests: write, and let Actions create pull requests in the repository's settings.",
  },
};
