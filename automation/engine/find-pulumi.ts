import { PulumiCommand } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";

/** The Pulumi CLI on PATH. Throws AutomationError where it is missing or older than the SDK works with. */
export async function findPulumi(): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.get();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const missing = /ENOENT|not found/.test(reason);
    throw new AutomationError(
      "fault",
      missing ? "the Pulumi CLI is not on PATH" : `the Pulumi CLI cannot be used: ${reason}`,
      {
        hint: "install it as https://www.pulumi.com/docs/install/ says, or rehearse without it: --target rehearsal",
        cause,
      },
    );
  }
}
