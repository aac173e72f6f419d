import type { Command } from "commander";
import type { VerbDeps } from "../commands/verb";
import type { ClusterAccess } from "../ports/kubeconfig";
import { defineVerb } from "./verb-definition";

/** `trunkline kubeconfig` */
export const kubeconfigVerb = defineVerb({
  name: "kubeconfig",
  summary: "write the kubeconfig of an environment's cluster, which holds no credential, to a file of its owner",
  target: "cloud",
  example: "trunkline kubeconfig --env dev --check",
  configure: (command: Command) =>
    void command
      .option("--file <file>", "where to (default: .trunkline/kubeconfig-<environment> of the workspace)")
      .option("--force", "replace a file with another content; nothing is merged", false)
      .option("--check", "log in at the cluster first, and write nothing where that fails", false),
  load: async () => {
    const { kubeconfig } = await import("../commands/kubeconfig.js");
    const { presentKubeconfig } = await import("../report/present-kubeconfig.js");
    const { serverVersion } = await import("../ports/server-version.js");
    return {
      run: (deps: VerbDeps, options: Parameters<typeof kubeconfig>[1]) => {
        const client = {
          env: { ...process.env, ...deps.env },
          learned: (known: readonly string[]) => deps.secrets.add(known),
        };
        return kubeconfig(
          { ...deps, serverVersion: (access: ClusterAccess) => serverVersion(access, client) },
          options,
        );
      },
      present: presentKubeconfig,
    };
  },
});
