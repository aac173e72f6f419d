/**
 * A text in which nothing is a command to the CI system that reads the log: GitHub Actions takes a line that begins with
 * `::` for one, and older runners and Azure Pipelines take `##[` and `##vso[` wherever they stand.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, "$1: ").replace(/#(?=#(?:vso)?\[)/gi, "# ");
}
