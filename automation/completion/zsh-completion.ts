import { groups, type Completed, type CompletedVerb } from "./completion-model";

/** A script that completes the command line in zsh 5 and newer. */
export function zshCompletion(verbs: readonly CompletedVerb[]): string {
  const inGroups = groups(verbs);
  const plain = verbs.filter(({ words }) => words.length === 1);
  const first = [
    ...plain.map(({ words, summary }) => described(words[0]!, summary)),
    ...[...inGroups].map(([group, inner]) => described(group, inner.map(({ words }) => words[1]).join(", "))),
  ];
  return `#compdef trunkline
# zsh completion of trunkline: source <(trunkline completion zsh)
_trunkline() {
  local context state line
  local -a verbs
  if (( CURRENT == 2 )); then
    verbs=(${first.join(" ")})
    _describe verb verbs
    return
  fi
  case "$words[2]" in
${plain.map((verb) => `    ${verb.words[0]!})\n${argumentsOf(verb, "      ")}\n      ;;`).join("\n")}
${[...inGroups].map(groupCase).join("\n")}
  esac
}
compdef _trunkline trunkline
`;
}

function groupCase([group, inner]: readonly [string, readonly CompletedVerb[]]): string {
  const verbs = inner.map(({ words, summary }) => described(words[1]!, summary)).join(" ");
  const cases = inner.map((verb) => `        ${verb.words[1]!})\n${argumentsOf(verb, "          ")}\n          ;;`);
  return `    ${group})
      if (( CURRENT == 3 )); then
        verbs=(${verbs})
        _describe verb verbs
        return
      fi
      shift words; (( CURRENT-- ))
      case "$words[2]" in
${cases.join("\n")}
      esac
      ;;`;
}

/** The first word is the verb itself once it is shifted away. */
function argumentsOf({ options, argument }: CompletedVerb, indent: string): string {
  const specs = options.map(({ name, summary, value }) => {
    const rest = value.kind === "nothing" ? "" : `:value:${action(value)}`;
    return quoted(`*${name}[${summary.replace(/[[\]\\]/g, "\\$&").replaceAll(":", "\\:")}]${rest}`);
  });
  if (argument.kind !== "nothing") specs.push(quoted(`*:argument:${action(argument)}`));
  return `${indent}shift words; (( CURRENT-- ))\n${indent}_arguments ${specs.join(" ")}`;
}

function action(value: Completed): string {
  switch (value.kind) {
    case "words":
      return `(${value.words.join(" ")})`;
    case "directory":
      return "_files -/";
    case "file":
      return "_files";
    default:
      return " ";
  }
}

function described(word: string, summary: string): string {
  return quoted(`${word}:${summary.replaceAll(":", "\\:")}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
