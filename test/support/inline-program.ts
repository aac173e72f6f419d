import { join } from "node:path";
import type { LocalWorkspaceOptions, PulumiCommand, PulumiFn } from "@pulumi/pulumi/automation";
import type { OpenEngine } from "../../automation/engine/engine-session";
import { openEngine } from "../../automation/engine/open-engine";
import { RELEASE_VARIABLE } from "../../automation/release/apply-step";
import { Environment, readEnvironmentConfig, readReleases, readScoringImage } from "../../components";

/**
 * Opens the engine of a rehearsal with this repository's program run in this process, in the place of a process for each
 * operation, which costs three times as much; everything else is what a verb has. The environment has no part beside
 * its endpoint.
 */
export const inlineEngine: OpenEngine = async (request) => {
  const session = await openEngine(request);
  let intent: string | undefined;
  const program: PulumiFn = async () => {
    const config = readEnvironmentConfig();
    const scoringImage = readScoringImage(join(request.projectDir, "artifacts/azure-ml/image"));
    const releases = await readReleases(config, intent);
    return { ...new Environment(config.environment, { ...config, scoringImage, releases }).outputs };
  };
  const pulumiCommand = told(session.workspace.pulumiCommand, (env) => (intent = env[RELEASE_VARIABLE]));
  const workspace: LocalWorkspaceOptions = { ...session.workspace, pulumiCommand, program };
  return { ...session, workspace };
};

type Run = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>>, ...rest: unknown[]) => unknown;

/** A command that tells the environment of each run before it begins, which a program of its own process would get. */
function told(
  command: PulumiCommand | undefined,
  tell: (env: Readonly<Record<string, string>>) => void,
): PulumiCommand {
  if (!command) throw new Error("the session has no engine");
  return new Proxy(command, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (name !== "run") return member;
      return (...[args, cwd, env, ...rest]: Parameters<Run>) => {
        tell(env);
        return (member as Run).call(target, args, cwd, env, ...rest);
      };
    },
  });
}
