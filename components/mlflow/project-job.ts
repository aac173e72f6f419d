import type { batch, core } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";

/** What every Job that runs a project has. */
export interface ProjectJobArgs {
  readonly namespaceName: pulumi.Input<string>;
  readonly serviceAccountName: pulumi.Input<string>;
  /** Claim to the share with the projects. */
  readonly claimName: pulumi.Input<string>;
  /** Reference of the image, with its tag. */
  readonly image: pulumi.Input<string>;
  /** Address of the tracking server inside the cluster. */
  readonly trackingUri: string;
  readonly adminUsername: string;
  /** Secret with the administrator's password. */
  readonly credentialsSecretName: pulumi.Input<string>;
}

/** Labels of the Jobs that run projects, and of their pods. */
export const projectJobLabels = {
  "app.kubernetes.io/name": "mlflow-project",
  "app.kubernetes.io/managed-by": "trunkline",
} as const;

/** Where a run finds the projects of the share. */
const projectsDirectory = "/projects";

const user = 10001;
const day = 24 * 60 * 60;

/**
 * The Job that runs a project, but for its name and the arguments of `mlflow`. It is tried once, since a second try would
 * be a second run in MLflow; it may take a day, and the cluster removes it three days after its end.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/.
 */
export function projectJob(args: ProjectJobArgs): pulumi.Output<batch.v1.Job> {
  const template = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { namespace: args.namespaceName, labels: { ...projectJobLabels } },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: day,
      ttlSecondsAfterFinished: 3 * day,
      template: { metadata: { labels: { ...projectJobLabels } }, spec: projectPod(args) },
    },
  };
  return pulumi.output(template) as pulumi.Output<batch.v1.Job>;
}

function projectPod(args: ProjectJobArgs): core.v1.PodSpec {
  const { claimName, serviceAccountName } = args;
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    restartPolicy: "Never",
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [projectContainer(args)],
    volumes: [
      { name: "projects", persistentVolumeClaim: { claimName, readOnly: true } },
      { name: "scratch", emptyDir: { sizeLimit: "20Gi" } },
    ],
  };
}

function projectContainer(args: ProjectJobArgs): core.v1.Container {
  const { image, trackingUri, adminUsername, credentialsSecretName } = args;
  return {
    name: "project",
    image,
    env: [
      { name: "HOME", value: "/tmp" },
      { name: "MLFLOW_DISABLE_TELEMETRY", value: "true" },
      { name: "MLFLOW_TRACKING_URI", value: trackingUri },
      { name: "MLFLOW_TRACKING_USERNAME", value: adminUsername },
      {
        name: "MLFLOW_TRACKING_PASSWORD",
        valueFrom: { secretKeyRef: { name: credentialsSecretName, key: "MLFLOW_AUTH_ADMIN_PASSWORD" } },
      },
      // Where the project comes from is not in a repository, and the image has no git.
      { name: "GIT_PYTHON_REFRESH", value: "quiet" },
    ],
    volumeMounts: [
      { name: "projects", mountPath: projectsDirectory, readOnly: true },
      { name: "scratch", mountPath: "/tmp" },
    ],
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "4Gi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}
