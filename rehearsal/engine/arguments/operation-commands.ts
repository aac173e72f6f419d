import { Option, type Command } from "commander";
import type { OperateOptions } from "../commands/operate";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { operationRequest, type OperationFlags } from "./operation-flags";
import type { OperationKind } from "./operation-request";
import { collect, parseBoolean, parsePositive } from "./option-values";
import { withGlobalFlags, withStackFlag, type ChooseVerb } from "./verb";

/** Carries an operation out and answers the exit code. */
export type Operate = (context: CommandContext, options: OperateOptions) => Promise<number>;

/** What the Automation API has an option for and the CLI's own command has no flag for, with the CLI's version in mind. */
const NO_FLAGS: Readonly<Record<OperationKind, readonly string[]>> = {
  up: [],
  preview: [],
  refresh: ["--show-secrets"],
  destroy: ["--show-secrets", "--exclude-dependents"],
};

/** Adds `up`, `preview`, `refresh` and `destroy`. */
export function addOperationCommands(program: Command, choose: ChooseVerb, operate: Operate): void {
  const operation = (kind: OperationKind) =>
    withOperationFlags(program.command(kind), kind).action((flags: OperationFlags) => {
      refuseTogether(flags);
      const { stack, configFile, remove = false } = flags;
      const request = operationRequest(kind, flags);
      choose((context) => operate(context, { stack, configFile, request, remove }));
    });

  withConsentFlags(withChangeFlags(operation("up").alias("update")))
    .option("--plan <path>", "the plan to keep to")
    .option("--continue-on-error", "go on after a failure");
  withChangeFlags(operation("preview").alias("pre")).option("--save-plan <path>", "where to write the plan");
  withConsentFlags(operation("refresh"))
    .option("--preview-only", "change nothing")
    .option("--expect-no-changes", "fail where anything changed")
    .option("--clear-pending-creates", "forget creations that were under way");
  withConsentFlags(operation("destroy"))
    .option("--preview-only", "change nothing")
    .option("-r, --refresh", "refresh the state first")
    .option("--exclude-protected", "leave protected resources alone")
    .option("--continue-on-error", "go on after a failure")
    .option("--remove", "remove the stack afterwards");
}

function withOperationFlags(command: Command, kind: OperationKind): Command {
  const unlessRefused = (flag: string, description: string): Option =>
    NO_FLAGS[kind].includes(flag) ? refusedFlag(flag) : new Option(flag, description);
  return withStackFlag(withGlobalFlags(command))
    .option("--config-file <path>", "the configuration file to use")
    .option("--client <address>", "the language runtime of an inline program")
    .option("--exec-kind <kind>", "who starts the operation")
    .option("--exec-agent <agent>", "the user agent of the Automation API")
    .option("--event-log <target>", "where events go: tcp://host:port, or a file")
    .option("-m, --message <text>", "kept in the history")
    .option("-t, --target <urn>", "a resource to confine the operation to; may be repeated", collect, [])
    .option("-x, --exclude <urn>", "a resource to leave alone; may be repeated", collect, [])
    .option("--target-dependents", "targets bring their dependents")
    .addOption(unlessRefused("--exclude-dependents", "excluded resources bring their dependents"))
    .option("-p, --parallel <n>", "resource operations at once", parsePositive)
    .addOption(unlessRefused("--show-secrets", "secrets in clear"))
    .option("--suppress-outputs", "leave the outputs out")
    .option("--suppress-progress", "leave the progress out")
    .option("--diff", "show changes as a rich diff")
    .addOption(new Option("--run-program [boolean]", "run the program").argParser(parseBoolean).preset("true"));
}

/** A flag that the CLI refuses, in its words: the Automation API passes it on all the same. */
function refusedFlag(flag: string): Option {
  const refuse = (): never => {
    throw new EngineError(`unknown flag: ${flag}`);
  };
  return new Option(flag).hideHelp().preset("").argParser(refuse);
}

/** Refuses flags that exclude each other, in the CLI's words. */
function refuseTogether({ target, exclude, excludeProtected }: OperationFlags): void {
  if (target.length > 0 && excludeProtected) {
    throw new EngineError("you cannot specify --target and --exclude-protected");
  }
  if (target.length === 0 || exclude.length === 0) return;
  throw new EngineError(
    "if any flags in the group [target exclude] are set none of the others can be; [exclude target] were all set",
  );
}

/** What `up` and `preview` have in common. */
function withChangeFlags(command: Command): Command {
  return command
    .option("--expect-no-changes", "fail where anything changes")
    .option("-r, --refresh", "refresh the state first")
    .option("--replace <urn>", "a resource to replace; may be repeated", collect, []);
}

/** What the operations take that a person would be asked about. */
function withConsentFlags(command: Command): Command {
  return command
    .option("-y, --yes", "accepted: the engine never asks")
    .option("-f, --skip-preview", "accepted: a preview is an operation of its own");
}
