import type { ApprovalProvider, ApprovalVerdict } from "./approval-provider";
import type { Reason } from "./decision";

/** Asks the person at the terminal. */
export interface PromptPort {
  /** Who sits there; undefined where nobody can be asked. */
  person(): Promise<string | undefined>;
  /** The answer to a question, without the end of its line; undefined where there came none. */
  ask(question: string): Promise<string | undefined>;
}

export interface PromptApprovalOptions {
  readonly name: string;
  /** What is about to happen, for the person to read. */
  readonly summary: readonly string[];
  /** Whether who wrote the commit may approve it. */
  readonly byAuthor: boolean;
}

/** The approval of the person at the terminal, who is asked once and writes the stack's name. */
export function promptApproval(prompt: PromptPort, options: PromptApprovalOptions): ApprovalProvider {
  let answered: ApprovalVerdict | undefined;
  return {
    name: options.name,
    async check({ stack, digest, authors }): Promise<ApprovalVerdict> {
      if (answered) return answered;
      const person = await prompt.person();
      if (person === undefined) {
        return {
          approvals: [],
          rejected: [reason("approval-unavailable", "nobody can be asked here")],
          pending: false,
        };
      }
      if (!options.byAuthor && authors.some((author) => author.toLowerCase() === person.toLowerCase())) {
        const rejected = [reason("approval-author", `${person} wrote what is to be approved`)];
        return { approvals: [], rejected, pending: false };
      }
      const question = [...options.summary, `bundle ${digest}`, `Write ${stack} to apply it: `].join("\n");
      const given = await prompt.ask(question);
      answered =
        given?.trim() === stack
          ? { approvals: [{ by: person, acknowledged: [] }], rejected: [], pending: false }
          : {
              approvals: [],
              rejected: [],
              fatal: reason("approval-declined", `${person} did not write ${stack}`),
              pending: false,
            };
      return answered;
    },
  };
}

function reason(code: Reason["code"], message: string): Reason {
  return { code, message, hint: "have another person approve it: trunkline approve --bundle FILE" };
}
