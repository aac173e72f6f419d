import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A token that the login of `az` gives for a resource; undefined where there is no such login. */
export async function azureCliToken(resource: string): Promise<string | undefined> {
  const args = ["account", "get-access-token", "--resource", resource, "--query", "accessToken", "--output", "tsv"];
  try {
    return (await promisify(execFile)("az", args)).stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
