import type { Terminal } from "../ports/terminal";
import { nameOf, type OperationMessage } from "./operation-tree";
import { shortType } from "./render-tree";

/** The messages of an operation, errors last, so that they stand nearest to the prompt; each names its resource. */
export function renderMessages(messages: readonly OperationMessage[], terminal: Terminal): string[] {
  const isError = ({ severity }: OperationMessage) => severity === "error";
  const ordered = [...messages.filter((message) => !isError(message)), ...messages.filter(isError)];
  return ordered.map(({ severity, urn, text }) => {
    const place = urn && !urn.includes("::pulumi:pulumi:Stack::") ? `${describe(urn)}: ` : "";
    if (severity === "error") return terminal.colours.red(`error: ${place}${text}`);
    if (severity === "warning") return terminal.colours.yellow(`warning: ${place}${text}`);
    return `${place}${text}`;
  });
}

function describe(urn: string): string {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  return `${shortType(type)} ${nameOf(urn)}`;
}
