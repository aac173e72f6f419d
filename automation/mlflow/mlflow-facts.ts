import type { OutputMap } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { AutomationError } from "../errors";
import type { EnvironmentName } from "../stack/stack-for-branch";

const text = z.string().min(1);

/** The Job that the platform computed: what is read here is checked, the rest goes to the cluster as it is. */
const jobTemplate = z.looseObject({
  apiVersion: text,
  kind: z.literal("Job"),
  metadata: z.looseObject({ namespace: text, labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z
          .array(
            z.looseObject({
              name: text,
              image: text,
              volumeMounts: z.array(z.looseObject({ name: text, mountPath: text })),
            }),
          )
          .length(1),
        volumes: z.array(z.looseObject({ name: text })),
      }),
    }),
  }),
});

const platform = z.looseObject({
  trackingUri: text,
  cluster: z.looseObject({ name: text, kubeconfig: text }),
  projects: z.looseObject({ namespace: text, shareAccount: text, share: text, jobTemplate }),
});

/** An environment's MLflow platform, as its outputs tell it. */
export type MlflowFacts = z.infer<typeof platform>;

/** The Job of a run, but for its name and the arguments of `mlflow`. */
export type JobTemplate = z.infer<typeof jobTemplate>;

/**
 * The MLflow platform among an environment's outputs. Refuses where there is none, or where the last update was of a
 * version of this package that did not tell what is needed.
 */
export function mlflowFacts(outputs: OutputMap, environment: EnvironmentName): MlflowFacts {
  const { mlflow } = (outputs.azure?.value ?? {}) as { mlflow?: unknown };
  if (mlflow === undefined) {
    throw new AutomationError("refused", `environment ${environment} has no MLflow platform`, {
      hint: "configure azure.mlflow, bring the environment up, and try again",
    });
  }
  const { data, error } = platform.safeParse(mlflow);
  if (data !== undefined) return data;
  const missing = error.issues.map(({ path }) => ["azure.mlflow", ...path].join("."));
  throw new AutomationError("refused", `the outputs of ${environment} lack ${[...new Set(missing)].join(", ")}`, {
    hint: "bring the environment up with this version of trunkline, and try again",
  });
}

/** The administrator's password, which is masked wherever a run should print it. */
export function mlflowSecrets(outputs: OutputMap): readonly string[] {
  const password: unknown = outputs.mlflowAdminPassword?.value;
  return typeof password === "string" ? [password] : [];
}
