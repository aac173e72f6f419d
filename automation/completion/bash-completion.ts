import { firstWords, groups, type Completed, type CompletedVerb } from "./completion-model";

/** A script that completes the command line in bash 3.2 and newer. */
export function bashCompletion(verbs: readonly CompletedVerb[]): string {
  const inGroups = groups(verbs);
  return `# bash completion of trunkline: eval "$(trunkline completion bash)"
_trunkline() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" verb="" word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$verb" in
      "") case "$word" in -*) ;; *) verb="$word" ;; esac ;;
${[...inGroups.keys()].map((group) => `      ${group}) case "$word" in -*) ;; *) verb="${group} $word" ;; esac ;;\n`).join("")}    esac
  done
  case "$verb $prev" in
${verbs.flatMap(optionValues).join("\n")}
  esac
  case "$verb" in
    "") COMPREPLY=($(compgen -W "${firstWords(verbs).join(" ")} --help --version" -- "$cur")) ;;
${[...inGroups].map(([group, inner]) => `    ${group}) COMPREPLY=($(compgen -W "${inner.map(({ words }) => words[1]).join(" ")}" -- "$cur")) ;;`).join("\n")}
${verbs.map(verbCase).join("\n")}
  esac
}
complete -F _trunkline trunkline
`;
}

function optionValues({ words, options }: CompletedVerb): string[] {
  return options.flatMap(({ name, value }) => {
    const generated = generator(value);
    return generated === undefined ? [] : [`    "${words.join(" ")} ${name}") ${generated} return ;;`];
  });
}

function verbCase({ words, options, argument }: CompletedVerb): string {
  const names = options.map(({ name }) => name);
  const own = argument.kind === "words" ? argument.words : [];
  const files = argument.kind === "anything" || argument.kind === "file" ? "-o default " : "";
  return `    "${words.join(" ")}") COMPREPLY=($(compgen ${files}-W "${[...own, ...names].join(" ")}" -- "$cur")) ;;`;
}

function generator(value: Completed): string | undefined {
  switch (value.kind) {
    case "nothing":
      return undefined;
    case "words":
      return `COMPREPLY=($(compgen -W "${value.words.join(" ")}" -- "$cur"));`;
    case "directory":
      return 'COMPREPLY=($(compgen -d -- "$cur"));';
    case "file":
      return 'COMPREPLY=($(compgen -f -- "$cur"));';
    case "anything":
      return "";
  }
}
