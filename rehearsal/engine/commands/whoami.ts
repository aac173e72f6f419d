import { userInfo } from "node:os";
import type { CommandContext } from "../session/command-context";
import { backendLocation } from "../settings/backend-url";
import { findProject } from "../settings/project-file";
import { jsonOutput } from "./json-output";

/** `whoami`: prints the name of the user, and with `--json` the URL of the backend too. */
export async function whoami(context: CommandContext, options: { json: boolean }): Promise<void> {
  const project = await findProject(context.cwd);
  const { url } = backendLocation(context.env, project?.backendUrl, context.cwd);
  const user = userInfo().username;
  context.out(options.json ? jsonOutput({ user, url }) : `${user}\n`);
}
