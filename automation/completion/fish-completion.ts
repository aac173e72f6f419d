import { firstWords, groups, type CompletedVerb } from "./completion-model";

/** A script that completes the command line in fish 3 and newer. */
export function fishCompletion(verbs: readonly CompletedVerb[]): string {
  const none = `not __fish_seen_subcommand_from ${firstWords(verbs).join(" ")}`;
  const inGroups = groups(verbs);
  const plain = verbs.filter(({ words }) => words.length === 1);
  return [
    "# fish completion of trunkline: trunkline completion fish | source",
    "complete -c trunkline -f",
    `complete -c trunkline -n ${quoted(none)} -l help -d 'show help'`,
    `complete -c trunkline -n ${quoted(none)} -l version -d 'show the version'`,
    ...plain.map(
      ({ words, summary }) => `complete -c trunkline -n ${quoted(none)} -a ${words[0]!} -d ${quoted(summary)}`,
    ),
    ...[...inGroups].flatMap(([group, inner]) => [
      `complete -c trunkline -n ${quoted(none)} -a ${group}`,
      ...inner.map(({ words, summary }) => {
        const others = inner.map((verb) => verb.words[1]).join(" ");
        const within = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${others}`;
        return `complete -c trunkline -n ${quoted(within)} -a ${words[1]!} -d ${quoted(summary)}`;
      }),
    ]),
    ...verbs.flatMap(verbLines),
    "",
  ].join("\n");
}

function verbLines({ words, options, argument }: CompletedVerb): string[] {
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
  const start = `complete -c trunkline -n ${quoted(seen)}`;
  return [
    ...options.map(({ name, summary, value }) => {
      const follows =
        value.kind === "nothing"
          ? ""
          : value.kind === "words"
            ? ` -x -a ${quoted(value.words.join(" "))}`
            : value.kind === "directory"
              ? " -x -a '(__fish_complete_directories)'"
              : value.kind === "file"
                ? " -r -F"
                : " -x";
      return `${start} -l ${name.slice(2)}${follows} -d ${quoted(summary)}`;
    }),
    ...(argument.kind === "words" ? [`${start} -a ${quoted(argument.words.join(" "))}`] : []),
  ];
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
