import { positive, repeated } from "./option-parsers";
import { defineVerb } from "./verb-definition";

/** `trunkline approve` */
export const approveVerb = defineVerb({
  name: "approve",
  summary: "approve a bundle with an SSH key, for up to check",
  example: "trunkline approve --bundle prd.json --digest 3f2a9c0d41b7 --key ~/.ssh/id_ed25519 --as me@example.com",
  configure: (command) =>
    void command
      .requiredOption("--bundle <file>", "the bundle that was reviewed")
      .requiredOption("--digest <digest>", "its digest as it was reviewed, or 12 digits of it")
      .requiredOption("--key <file>", "a private SSH key, or a public one whose private key the agent has")
      .requiredOption("--as <principal>", "who approves, as the allowed-signers file calls them")
      .option(
        "--acknowledge <urn>",
        "a stateful resource that may be lost, or output:PATH of one that may break (repeatable)",
        repeated,
      )
      .option("--expires-in <hours>", "how long the approval counts (default: as long as the bundle)", positive(8760))
      .option("--out <file>", "where the approval is written", "approval.json"),
  load: async () => {
    const { approve } = await import("../commands/approve.js");
    const { presentApprove } = await import("../report/present-approve.js");
    return { run: approve, present: presentApprove };
  },
});
