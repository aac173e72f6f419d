import { approveVerb } from "./approve";
import { bootstrapVerb } from "./bootstrap";
import { cancelVerb } from "./cancel";
import { ciAccessVerb } from "./ci-access";
import { ciVerb } from "./ci";
import { completionVerb } from "./completion";
import { configImportEnvVerb } from "./config-import-env";
import { destroyVerb } from "./destroy";
import { matrixVerb } from "./matrix";
import { doctorVerb } from "./doctor";
import { driftVerb } from "./drift";
import { explainVerb } from "./explain";
import { initVerb } from "./init";
import { graphVerb } from "./graph";
import { kubeconfigVerb } from "./kubeconfig";
import { loginVerb } from "./login";
import { mlprojectListVerb } from "./mlproject-list";
import { mlprojectLogsVerb } from "./mlproject-logs";
import { mlprojectRemoveVerb } from "./mlproject-remove";
import { mlprojectRunVerb } from "./mlproject-run";
import { mlprojectStopVerb } from "./mlproject-stop";
import { mlprojectUploadVerb } from "./mlproject-upload";
import { outputsVerb } from "./outputs";
import { previewVerb } from "./preview";
import { refreshVerb } from "./refresh";
import { releaseStatusVerb } from "./release-status";
import { releaseDeployVerb } from "./release-deploy";
import { releaseTestVerb } from "./release-test";
import { releaseShiftVerb } from "./release-shift";
import { releasePromoteVerb } from "./release-promote";
import { releaseProposeVerb } from "./release-propose";
import { releaseRollbackVerb } from "./release-rollback";
import { releaseAbortVerb } from "./release-abort";
import { rehearseVerb } from "./rehearse";
import { reportVerb } from "./report";
import { statusVerb } from "./status";
import { rotateVerb } from "./rotate";
import { upgradeVerb } from "./upgrade";
import { upVerb } from "./up";
import type { VerbDefinition } from "./verb-definition";

/** The verbs of the CLI, in the order of its help. */
export const VERBS: readonly VerbDefinition[] = [
  rehearseVerb,
  statusVerb,
  matrixVerb,
  previewVerb,
  upVerb,
  approveVerb,
  refreshVerb,
  driftVerb,
  destroyVerb,
  outputsVerb,
  reportVerb,
  graphVerb,
  rotateVerb,
  releaseStatusVerb,
  releaseDeployVerb,
  releaseTestVerb,
  releaseShiftVerb,
  releasePromoteVerb,
  releaseRollbackVerb,
  releaseAbortVerb,
  releaseProposeVerb,
  configImportEnvVerb,
  doctorVerb,
  ciAccessVerb,
  cancelVerb,
  bootstrapVerb,
  ciVerb,
  loginVerb,
  explainVerb,
  initVerb,
  upgradeVerb,
  completionVerb,
  mlprojectUploadVerb,
  mlprojectRunVerb,
  mlprojectListVerb,
  mlprojectLogsVerb,
  mlprojectStopVerb,
  mlprojectRemoveVerb,
  kubeconfigVerb,
];
