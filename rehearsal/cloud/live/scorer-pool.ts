import { join } from "node:path";
import { builtInScorer } from "./built-in-scorer";
import type { LiveSlot } from "./live-endpoint";
import { pythonRuns, pythonScorer } from "./python-scorer";
import type { Scorer } from "./scorer";

/** What scoring scripts are run with. */
export interface ScorerPoolOptions {
  /** Folder of the scoring script. @default the sample script's own copy, without Python */
  readonly scripts?: string;
  /** @default "python3" */
  readonly python?: string;
}

interface Entry {
  /** Whether the deployment that it was made for is there, and as it was then. */
  readonly isThere: () => boolean;
  readonly scorer: Promise<Scorer>;
  users: number;
}

/** A scorer that is in use; it stays as long as it is, also when its deployment goes. */
export interface ScorerLease {
  readonly scorer: Promise<Scorer>;
  release(): void;
}

/** The scorers of the deployments that there are: one each, made when it is first needed, and gone after its deployment. */
export class ScorerPool {
  private readonly entries = new Map<string, Entry>();
  private readonly closing = new Set<Promise<void>>();
  private pythonFound: Promise<boolean> | undefined;

  constructor(
    private readonly options: ScorerPoolOptions,
    private readonly spoken: (scorer: Scorer) => Scorer = (scorer) => scorer,
  ) {}

  /** The scorer of a deployment as it is now: another model gets another one. */
  lease(slot: LiveSlot, isThere: () => boolean): ScorerLease {
    this.retire();
    let entry = this.entries.get(slot.key);
    if (entry === undefined) this.entries.set(slot.key, (entry = this.start(slot, isThere)));
    entry.users += 1;
    const used = entry;
    return {
      scorer: used.scorer,
      release: () => {
        used.users -= 1;
        this.retire();
      },
    };
  }

  /** What the scorer of a deployment has written; nothing where it was never needed. */
  async log({ key }: LiveSlot): Promise<readonly string[]> {
    const scorer = await this.entries.get(key)?.scorer.catch(() => undefined);
    return scorer?.log ?? [];
  }

  async close(): Promise<void> {
    for (const [key, entry] of this.entries) this.end(key, entry);
    await Promise.all(this.closing);
  }

  private start({ key, model, script, environment }: LiveSlot, isThere: () => boolean): Entry {
    const request = { model, environment };
    const { scripts, python = "python3" } = this.options;
    const make = async (): Promise<Scorer> => {
      if (scripts === undefined) return builtInScorer(request);
      this.pythonFound ??= pythonRuns(python);
      if (!(await this.pythonFound)) return builtInScorer(request);
      return pythonScorer(python, join(scripts, script), request);
    };
    const scorer = make().then(this.spoken);
    const entry = { isThere, scorer, users: 0 };
    // A container that crashes is started again by the next request.
    scorer.then(
      ({ ready }) => ready.catch(() => this.end(key, entry)),
      () => this.entries.delete(key),
    );
    return entry;
  }

  /** Ends the scorers of deployments that are gone or changed, once nobody uses them. */
  private retire(): void {
    for (const [key, entry] of this.entries) {
      if (entry.users === 0 && !entry.isThere()) this.end(key, entry);
    }
  }

  private end(key: string, entry: Entry): void {
    if (this.entries.get(key) === entry) this.entries.delete(key);
    const closed = entry.scorer.then(
      (scorer) => scorer.close(),
      () => {},
    );
    this.closing.add(closed);
    void closed.finally(() => this.closing.delete(closed));
  }
}
