import { menu } from "../cli";
import { bashCompletion } from "../completion/bash-completion";
import { completionModel, type CompletedVerb } from "../completion/completion-model";
import { fishCompletion } from "../completion/fish-completion";
import { zshCompletion } from "../completion/zsh-completion";
import type { Shell } from "../verbs/completion";
import type { VerbDeps } from "./verb";

const SCRIPTS: Readonly<Record<Shell, (verbs: readonly CompletedVerb[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** A shell, and the script that completes this command line in it. */
export interface CompletionResult {
  readonly shell: Shell;
  readonly script: string;
}

/** Makes the script that completes this very command line, with all its verbs, options and values, in a shell. */
export async function completion(_deps: VerbDeps, { shell }: { readonly shell: Shell }): Promise<CompletionResult> {
  return { shell, script: SCRIPTS[shell](completionModel(menu("0.0.0", async () => {}))) };
}
