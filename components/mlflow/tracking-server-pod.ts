import type { core } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import {
  AUTH_DIRECTORY,
  AUTH_FILE,
  migrationCommand,
  SECRET_VARIABLES,
  trackingServerArguments,
  trackingServerEnvironment,
} from "./tracking-server-command";
import type { ServiceAddress } from "./allowed-hosts";

/** What the pods of a tracking server are made of. */
export interface TrackingServerPodArgs {
  readonly address: ServiceAddress;
  readonly image: pulumi.Input<string>;
  readonly artifactsDestination: pulumi.Output<string>;
  readonly serviceAccountName: pulumi.Input<string>;
  /** Secret with the environment variables and the configuration of the authentication. */
  readonly secretName: pulumi.Input<string>;
  readonly workers: number;
  readonly resources: { readonly cpu: string; readonly memory: string };
}

/** The secret's key for the configuration of the authentication. */
export const AUTH_KEY = "basic-auth-config";

const user = 10001;

/** The pod of the server. */
export function trackingServerPod(args: TrackingServerPodArgs): core.v1.PodSpec {
  const { address } = args;
  const probe = { httpGet: { path: "/health", port: "http" } };
  return {
    ...podOf(args),
    containers: [
      {
        ...containerOf(args),
        name: "server",
        args: args.artifactsDestination.apply((artifactsDestination) =>
          trackingServerArguments({ ...address, artifactsDestination, workers: args.workers }),
        ),
        ports: [{ name: "http", containerPort: address.port }],
        // The first start loads MLflow in each worker; the database is up to date by then.
        startupProbe: { ...probe, periodSeconds: 5, failureThreshold: 60 },
        readinessProbe: { ...probe, periodSeconds: 10, timeoutSeconds: 5 },
        livenessProbe: { ...probe, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
      },
    ],
  };
}

/** The pod that brings the database's schema up to date. */
export function migrationPod(args: TrackingServerPodArgs): core.v1.PodSpec {
  return {
    ...podOf(args),
    restartPolicy: "Never",
    containers: [{ ...containerOf(args), name: "migrate", command: migrationCommand() }],
  };
}

function podOf({ serviceAccountName, secretName }: TrackingServerPodArgs): Omit<core.v1.PodSpec, "containers"> {
  return {
    serviceAccountName,
    // The identity's own token is mounted by its webhook; the API server is not asked for anything.
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumes: [
      { name: "scratch", emptyDir: { sizeLimit: "10Gi" } },
      { name: "auth", secret: { secretName, defaultMode: 0o440, items: [{ key: AUTH_KEY, path: AUTH_FILE }] } },
    ],
  };
}

function containerOf({ image, secretName, resources }: TrackingServerPodArgs): Omit<core.v1.Container, "name"> {
  return {
    image,
    env: [
      ...Object.entries(trackingServerEnvironment()).map(([name, value]) => ({ name, value })),
      ...SECRET_VARIABLES.map((name) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key: name } } })),
    ],
    volumeMounts: [
      // Uploads pass through here on their way to the storage.
      { name: "scratch", mountPath: "/tmp" },
      { name: "auth", mountPath: AUTH_DIRECTORY, readOnly: true },
    ],
    resources: { requests: { ...resources }, limits: { memory: resources.memory } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}
