import type { GateDecision } from "../gate/decision";
import type { Terminal } from "../ports/terminal";

/** Why a gate is not open: each reason with what to do next. */
export function renderDecision({ kind, reasons }: GateDecision, { colours }: Terminal): string[] {
  const title = kind === "waiting" ? "the gate waits for an approval" : "the gate is closed";
  return [
    colours.bold(`${title}; nothing was changed`),
    ...reasons.flatMap(({ code, message, hint }) => [
      `  ${colours.red(code)}: ${message}`,
      `  ${colours.dim(`next: ${hint}`)}`,
    ]),
  ];
}
