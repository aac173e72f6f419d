import type { ErrorCodes } from "./error-code";

/** Errors of MLflow's projects, of the file share and of the cluster. */
export const mlflowCodes: ErrorCodes = {
  "no-mlflow-platform": {
    exit: "refused",
    words: [" has no MLflow platform"],
    meaning: "The environment has no MLflow platform, so there is nothing to upload to and nothing to run on.",
    remedy: "Configure azure.mlflow in Pulumi.<env>.yaml and bring the environment up.",
  },
  "mlflow-outputs-too-old": {
    exit: "refused",
    words: ["the outputs of "],
    meaning: "The environment was last brought up by a version that did not tell what runs of projects need.",
    remedy: "Bring the environment up with this version.",
  },
  "not-a-project-name": {
    exit: "usage",
    words: [" is not the name of a project on the share"],
    meaning: "A project is one folder at the top of the share, and the name leads elsewhere.",
    remedy: "Use up to 63 letters, digits, dots, dashes and underscores, beginning with a letter or digit.",
  },
  "not-a-project": {
    exit: "usage",
    words: [" has no file ", " is no folder", " is neither a file nor a folder", " has more than "],
    meaning: "What was to be uploaded is not the folder of a project of MLflow.",
    remedy: "Name the folder that has the MLproject file, and take out of it what the message names.",
  },
  "link-in-project": {
    exit: "usage",
    words: [],
    meaning: "A project has a symbolic link that leads out of it, to a folder, or to nothing.",
    remedy: "Put the file itself into the project.",
  },
  "mlproject-invalid": {
    exit: "usage",
    words: [" is not an MLproject file: ", " is not YAML: "],
    meaning: "The MLproject file is not what MLflow reads.",
    remedy: "Correct what the message names; see https://mlflow.org/docs/latest/ml/projects/.",
  },
  "project-not-uploaded": {
    exit: "usage",
    words: ["there is no project "],
    meaning: "The share has no project of this name.",
    remedy: "Upload it with trunkline mlproject upload, or correct the name.",
  },
  "unknown-entry-point": {
    exit: "usage",
    words: [" has no entry point "],
    meaning: "The project's MLproject file has no entry point of this name. Nothing was created.",
    remedy: "Use one of those that the message lists.",
  },
  "parameters-do-not-fit": {
    exit: "usage",
    words: [" cannot run: ", " is no parameter", " was given twice"],
    meaning: "Parameters do not fit the entry point in the MLproject file. Nothing was created.",
    remedy: "Give each parameter once as -P name=value, by the names and types that the message lists.",
  },
  "not-a-run-name": {
    exit: "usage",
    words: [" cannot be the name of a run"],
    meaning: "Kubernetes takes no Job of this name.",
    remedy: "Use up to 63 lower-case letters, digits and dashes, or leave --run-name out.",
  },
  "run-name-taken": {
    exit: "refused",
    words: ["a run of this name exists already"],
    meaning: "The cluster has a run of this name, whether or not it has ended. Nothing was created.",
    remedy: "Give another name, leave --run-name out, or remove that run.",
  },
  "unknown-run": {
    exit: "usage",
    words: ["no run is called "],
    meaning: "The cluster knows no run of this name; ended ones are removed after three days.",
    remedy: "Look for the name with trunkline mlproject list.",
  },
  "run-never-started": {
    exit: "fault",
    words: [],
    meaning:
      "The pod of a run did not start, for the reason and with the events that the message has. The run was removed.",
    remedy: "Take the cause away; bringing the environment up again mends a missing image, secret or claim.",
  },
  "run-has-no-log": {
    exit: "fault",
    words: [" has no log: "],
    meaning: "The run has not started yet, or its pod is gone.",
    remedy: "Wait until it runs; the log of a pod that is gone is lost.",
  },
  "run-not-ended": {
    exit: "refused",
    words: [" has not ended"],
    meaning: "A run that still goes on was to be removed.",
    remedy: "Stop it first with trunkline mlproject stop.",
  },
  "mlflow-not-installed": {
    exit: "refused",
    words: [],
    meaning:
      "The simulated cluster refused a run: it needs the mlflow of this machine, or something that the message names.",
    remedy: "Activate an environment with MLflow, or name its folder in TRUNKLINE_PYTHON_ENV.",
  },
  "share-refuses": {
    exit: "refused",
    words: [],
    meaning: "The file share takes no requests from this caller.",
    remedy: "Be in a group of azure.mlflow.runnerGroupObjectIds, and log in with az login.",
  },
  "share-does-not-answer": {
    exit: "fault",
    words: [],
    meaning: "The file share could not be reached, or answered with a fault.",
    remedy: "Check the network and that the environment is up, then try again: an upload goes on where it ended.",
  },
  "kubeconfig-exists": {
    exit: "refused",
    words: [" exists with another content"],
    meaning: "The file is there and is another kubeconfig. Nothing is merged, and nothing was written.",
    remedy: "Name another file with --file, or replace it with --force.",
  },
  "kubeconfig-unusable": {
    exit: "fault",
    words: ["the kubeconfig of the environment "],
    meaning: "The kubeconfig among the environment's outputs is not one with an exec login.",
    remedy: "Bring the environment up with this version.",
  },
  "simulated-cluster-not-asked": {
    exit: "usage",
    words: ["the cluster of a rehearsal cannot be asked"],
    meaning: "A login at a simulated cluster was to be checked, and there is no server to log in at.",
    remedy: "Leave --check out.",
  },
  "cluster-login-failed": {
    exit: "fault",
    words: [" gives no token: ", " answers no ExecCredential with a token"],
    meaning: "The program that logs in at the cluster did not give a token.",
    remedy: "Log in with az login; run the program by hand with the kubeconfig's arguments to see more.",
  },
  "cluster-login-missing": {
    exit: "fault",
    words: [],
    meaning: "The program that logs in at the cluster is not installed.",
    remedy: "Install it, for kubelogin see https://azure.github.io/kubelogin/install.html.",
  },
  "cluster-unreachable": {
    exit: "fault",
    words: [" cannot be reached: "],
    meaning: "The API server of the cluster did not answer.",
    remedy: "Check the network, and azure.mlflow.cluster.authorizedIpRanges.",
  },
  "cluster-refuses": {
    exit: "refused",
    words: ["the cluster refuses it"],
    meaning: "The cluster does not let the caller do this, or a quota is used up.",
    remedy: "Be in a group of azure.mlflow.runnerGroupObjectIds; stop or remove runs where it is the quota.",
  },
  "cluster-fault": {
    exit: "fault",
    words: ["the cluster answers "],
    meaning: "The API server answered with a fault.",
    remedy: "See what it says, and try again.",
  },
};
