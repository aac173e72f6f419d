import type { Command } from "commander";
import { configGet } from "../commands/config-get";
import { configList } from "../commands/config-list";
import { configRefresh } from "../commands/config-refresh";
import { configRm } from "../commands/config-rm";
import { configSet } from "../commands/config-set";
import { configSetAll } from "../commands/config-set-all";
import type { ConfigOptions } from "../commands/open-config";
import { collect } from "./option-values";
import { done, usageError, withGlobalFlags, withStackFlag, type ChooseVerb } from "./verb";

interface PathFlag extends ConfigOptions {
  readonly path: boolean;
}

/** Adds `config ...`. */
export function addConfigCommands(program: Command, choose: ChooseVerb): void {
  const config = withConfigFlags(program.command("config"))
    .description("manage configuration")
    .option("-j, --json", "print JSON", false)
    .option("--show-secrets", "secrets in clear", false)
    .action((flags: ConfigOptions & { json: boolean; showSecrets: boolean }) =>
      choose(done((context) => configList(context, flags))),
    );
  const verb = (usage: string) => withConfigFlags(config.command(usage));
  const withPath = (usage: string) => verb(usage).option("--path", "the key is a path", false);

  withPath("get <key>")
    .option("-j, --json", "print JSON", false)
    .action((key: string, flags: PathFlag & { json: boolean }) =>
      choose(done((context) => configGet(context, key, flags))),
    );
  withPath("set <key> [value]")
    .option("--secret", "encrypt the value", false)
    .option("--plaintext", "store the value in clear", false)
    .action((key: string, value: string | undefined, flags: PathFlag & { secret: boolean; plaintext: boolean }) => {
      if (flags.secret && flags.plaintext) throw usageError("only one of --secret and --plaintext may be given");
      choose(done((context) => configSet(context, key, value, flags)));
    });
  withPath("set-all")
    .option("--plaintext <key=value>", "a value in clear; may be repeated", collect, [])
    .option("--secret <key=value>", "a value to encrypt; may be repeated", collect, [])
    .option("--json <values>", "values in the form of `config --json`")
    .action((flags: PathFlag & { plaintext: string[]; secret: string[]; json?: string }) => {
      if (flags.json !== undefined && flags.plaintext.length + flags.secret.length > 0) {
        throw usageError("--json cannot be combined with --plaintext and --secret");
      }
      choose(done((context) => configSetAll(context, flags)));
    });
  withPath("rm <key>").action((key: string, flags: PathFlag) =>
    choose(done((context) => configRm(context, [key], flags))),
  );
  withPath("rm-all <keys...>").action((keys: string[], flags: PathFlag) =>
    choose(done((context) => configRm(context, keys, flags))),
  );
  verb("refresh")
    .option("-f, --force", "overwrite the file without a backup", false)
    .action((flags: ConfigOptions & { force: boolean }) => choose(done((context) => configRefresh(context, flags))));
}

function withConfigFlags(command: Command): Command {
  return withStackFlag(withGlobalFlags(command)).option("--config-file <path>", "the configuration file to use");
}
