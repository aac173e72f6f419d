/** Arguments for Node that a program asks for, as far as a bundled one needs them. */
export type NodeArguments =
  | { readonly kind: "bundle"; readonly rest: readonly string[] }
  | { readonly kind: "unbundled"; readonly reason: string };

/** Ways to load tsx, which a bundle does not need. */
const TSX = /^(?:tsx|tsx\/(?:cjs|esm)(?:\/api)?)$/;

const PRELOADS = ["--import", "--require", "-r", "--loader", "--experimental-loader"];

/** Splits off what only serves to compile TypeScript; other modules to load first need the program as it is. */
export function nodeArgumentsForBundle(nodeArgs: readonly string[]): NodeArguments {
  const rest: string[] = [];
  const queue = [...nodeArgs];
  for (let argument = queue.shift(); argument !== undefined; argument = queue.shift()) {
    const [flag = "", inline] = argument.split("=", 2);
    if (!PRELOADS.includes(flag)) {
      rest.push(argument);
      continue;
    }
    const preloaded = inline ?? queue.shift() ?? "";
    if (!TSX.test(preloaded)) return { kind: "unbundled", reason: `Pulumi.yaml loads ${preloaded} before it` };
  }
  return { kind: "bundle", rest };
}
