/**
 * What an engine's command said of its failure: the `error:` lines of its standard error. The Automation API hands over
 * all output in one message, headed by its own exit code.
 */
export function failureText(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  const [, stderr = message] = /\n stderr: ([\s\S]*?)(?:\n err\?:|$)/.exec(message) ?? [];
  const lines = stderr.replace(/^Command failed with exit code[^\n]*\n?/, "").split("\n");
  const first = lines.findIndex((line) => line.startsWith("error: "));
  const told = first < 0 ? lines : lines.slice(first);
  return (
    told
      .join("\n")
      .replace(/^error: /, "")
      .trim() || message
  );
}
