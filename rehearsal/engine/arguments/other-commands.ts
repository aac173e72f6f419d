import type { Command } from "commander";
import { ENGINE_VERSION } from "../backend/manifest";
import { cancel } from "../commands/cancel";
import { jsonOutput } from "../commands/json-output";
import { whoami } from "../commands/whoami";
import { EngineError } from "../engine-error";
import { done, withGlobalFlags, withStackFlag, type ChooseVerb } from "./verb";

/** Adds `whoami`, `version`, `cancel`, `org ...` and `plugin ls`. */
export function addOtherCommands(program: Command, choose: ChooseVerb): void {
  const verb = (usage: string) => withGlobalFlags(program.command(usage));
  verb("whoami")
    .option("-j, --json", "print JSON", false)
    .action((flags: { json: boolean }) => choose(done((context) => whoami(context, flags))));
  verb("version").action(() => choose(done(async (context) => context.out(`${ENGINE_VERSION}\n`))));
  withStackFlag(verb("cancel [name]"))
    .option("-y, --yes", "do not ask", false)
    .action((name: string | undefined, { stack, yes }: { stack?: string; yes: boolean }) =>
      choose(done((context) => cancel(context, { stack: name ?? stack, yes }))),
    );

  const org = program.command("org").description("manage the default organization");
  const noOrganizations = () =>
    choose(async () => {
      throw new EngineError(
        "a file:// backend has no organizations, only 'organization'; there is no default to get or set",
      );
    });
  withGlobalFlags(org.command("get-default")).action(noOrganizations);
  withGlobalFlags(org.command("set-default <name>")).action(noOrganizations);

  const plugin = program.command("plugin").description("manage plugins");
  withGlobalFlags(plugin.command("ls"))
    .option("-j, --json", "print JSON", false)
    .action(({ json }: { json: boolean }) =>
      // Providers are part of the engine: there are no plugins.
      choose(done(async (context) => context.out(json ? jsonOutput([]) : "TOTAL plugin cache size: 0 B\n"))),
    );
}
