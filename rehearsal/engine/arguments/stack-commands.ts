import type { Command } from "commander";
import { stackExport } from "../commands/stack-export";
import { stackHistory } from "../commands/stack-history";
import { stackImport } from "../commands/stack-import";
import { stackInit } from "../commands/stack-init";
import { stackLs } from "../commands/stack-ls";
import { stackOutput } from "../commands/stack-output";
import { stackRename } from "../commands/stack-rename";
import { stackRm } from "../commands/stack-rm";
import { stackSelect } from "../commands/stack-select";
import { stackTagGet, stackTagLs, stackTagRm, stackTagSet } from "../commands/stack-tag";
import { parsePositive } from "./option-values";
import { done, usageError, withGlobalFlags, withStackFlag, type ChooseVerb } from "./verb";

/** Adds `stack ...`. */
export function addStackCommands(program: Command, choose: ChooseVerb): void {
  const stack = program.command("stack").description("manage stacks");
  const verb = (usage: string) => withGlobalFlags(stack.command(usage));
  const onStack = (usage: string) => withStackFlag(verb(usage));

  withStackFlag(verb("init [name]"))
    .option("--secrets-provider <provider>", "passphrase or default")
    .option("--no-select", "leave the selection as it is")
    .action((operand: string | undefined, { stack: flag, secretsProvider, select }: InitFlags) => {
      const name = oneName(operand, flag);
      choose(done((context) => stackInit(context, { name, secretsProvider, select })));
    });
  onStack("select [name]")
    .option("-c, --create", "make the stack if there is none", false)
    .option("--secrets-provider <provider>", "passphrase or default")
    .action((operand: string | undefined, { stack: flag, create, secretsProvider }: SelectFlags) => {
      const name = oneName(operand, flag);
      choose(done((context) => stackSelect(context, { name, create, secretsProvider })));
    });
  verb("ls")
    .option("-j, --json", "print JSON", false)
    .option("-a, --all", "stacks of all projects", false)
    .action(({ json, all }: { json: boolean; all: boolean }) =>
      choose(done((context) => stackLs(context, { json, all }))),
    );
  onStack("rm [name]")
    .option("-y, --yes", "do not ask", false)
    .option("-f, --force", "forget resources that there still are", false)
    .option("--preserve-config", "keep the configuration file", false)
    .option("--remove-backups", "remove the backups too", false)
    .action((operand: string | undefined, { stack: flag, ...flags }: RmFlags) => {
      const name = operand === undefined && flag === undefined ? undefined : oneName(operand, flag);
      choose(done((context) => stackRm(context, { name, ...flags })));
    });
  onStack("rename <new-name>").action((newName: string, { stack: name }: StackFlag) =>
    choose(done((context) => stackRename(context, { stack: name, newName }))),
  );
  onStack("export")
    .option("--show-secrets", "secrets in clear", false)
    .option("--file <path>", "write to a file")
    .action((flags: StackFlag & { showSecrets: boolean; file?: string }) =>
      choose(done((context) => stackExport(context, flags))),
    );
  onStack("import")
    .requiredOption("--file <path>", "the deployment to import")
    .option("-f, --force", "import in spite of errors", false)
    .action((flags: StackFlag & { file: string; force: boolean }) =>
      choose(done((context) => stackImport(context, flags))),
    );
  onStack("output [property]")
    .option("-j, --json", "print JSON", false)
    .option("--show-secrets", "secrets in clear", false)
    .action((property: string | undefined, flags: StackFlag & { json: boolean; showSecrets: boolean }) =>
      choose(done((context) => stackOutput(context, { ...flags, property }))),
    );
  onStack("history")
    .option("-j, --json", "print JSON", false)
    .option("--show-secrets", "secrets in clear", false)
    .option("--page-size <n>", "entries on a page", parsePositive)
    .option("--page <n>", "which page", parsePositive)
    .action((flags: StackFlag & { json: boolean; showSecrets: boolean; pageSize?: number; page?: number }) =>
      choose(done((context) => stackHistory(context, flags))),
    );
  addTagCommands(stack, choose);
}

function addTagCommands(stack: Command, choose: ChooseVerb): void {
  const tag = stack.command("tag").description("manage the tags of a stack");
  const verb = (usage: string) => withStackFlag(withGlobalFlags(tag.command(usage)));
  verb("get <name>").action((name: string, flags: StackFlag) =>
    choose(done((context) => stackTagGet(context, name, flags))),
  );
  verb("set <name> <value>").action((name: string, value: string, flags: StackFlag) =>
    choose(done((context) => stackTagSet(context, name, value, flags))),
  );
  verb("rm <name>").action((name: string, flags: StackFlag) =>
    choose(done((context) => stackTagRm(context, name, flags))),
  );
  verb("ls")
    .option("-j, --json", "print JSON", false)
    .action((flags: StackFlag & { json: boolean }) => choose(done((context) => stackTagLs(context, flags))));
}

interface StackFlag {
  readonly stack?: string;
}

interface InitFlags extends StackFlag {
  readonly secretsProvider?: string;
  readonly select: boolean;
}

interface SelectFlags extends StackFlag {
  readonly create: boolean;
  readonly secretsProvider?: string;
}

interface RmFlags extends StackFlag {
  readonly yes: boolean;
  readonly force: boolean;
  readonly preserveConfig: boolean;
  readonly removeBackups: boolean;
}

/** A stack is named as an operand or by `--stack`. */
function oneName(operand: string | undefined, flag: string | undefined): string {
  if (operand !== undefined && flag !== undefined) {
    throw usageError("only one of --stack or argument stack name may be specified, not both");
  }
  const name = operand ?? flag;
  if (name === undefined) throw usageError("no stack name given, use --stack to specify a stack name");
  return name;
}
