import type { CreateResult, FindInterruptedRequest } from "../../../../rehearsal/engine/provider/provider";
import { ThingProvider } from "../deployment/support/thing-provider";

/** Finds in memory what has a name and is not known, as the simulated cloud does by URN. */
export class FindingProvider extends ThingProvider {
  readonly asked: FindInterruptedRequest[] = [];

  async findInterrupted(request: FindInterruptedRequest): Promise<CreateResult | undefined> {
    this.asked.push(request);
    const found = [...this.cloud].find(([id]) => id.startsWith(`${request.name}-`) && !request.knownIds.includes(id));
    return found && { id: found[0], outputs: { ...found[1] } };
  }
}
