import { join } from "node:path";
import type { PropertyMap } from "../../engine/values/property-value";
import type { CloudResource } from "../cloud-resource";
import { asText } from "../schema/property-schema";
import type { WorldView } from "../world";
import { builtInScorer } from "./built-in-scorer";
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
  readonly deployment: CloudResource;
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
    private readonly world: WorldView,
    private readonly options: ScorerPoolOptions,
  ) {}

  /** The scorer of a deployment as it is now: another model gets another one. */
  lease(deployment: CloudResource, model: string): ScorerLease {
    this.retire();
    const key = keyOf(deployment);
    let entry = this.entries.get(key);
    if (entry === undefined) this.entries.set(key, (entry = this.start(key, deployment, model)));
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
  async log(deployment: CloudResource): Promise<readonly string[]> {
    const scorer = await this.entries.get(keyOf(deployment))?.scorer.catch(() => undefined);
    return scorer?.log ?? [];
  }

  async close(): Promise<void> {
    for (const [key, entry] of this.entries) this.end(key, entry);
    await Promise.all(this.closing);
  }

  private start(key: string, deployment: CloudResource, model: string): Entry {
    const { codeConfiguration, environmentVariables } = deployment.inputs.properties as PropertyMap;
    const { scoringScript = "score.py" } = (codeConfiguration ?? {}) as { scoringScript?: string };
    const request = { model, environment: (environmentVariables ?? {}) as Record<string, string> };
    const { scripts, python = "python3" } = this.options;
    const make = async (): Promise<Scorer> => {
      if (scripts === undefined) return builtInScorer(request);
      this.pythonFound ??= pythonRuns(python);
      if (!(await this.pythonFound)) return builtInScorer(request);
      return pythonScorer(python, join(scripts, scoringScript), request);
    };
    const scorer = make();
    const entry = { deployment, scorer, users: 0 };
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
      const { scope, type, id } = entry.deployment;
      const now = this.world.get(scope, type, id);
      if (entry.users === 0 && (now === undefined || keyOf(now) !== key)) this.end(key, entry);
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

/** What a scorer depends on: its deployment's life, model, environment and code. */
function keyOf({ id, createdAt, inputs }: CloudResource): string {
  const { model, environmentId, codeConfiguration, environmentVariables } = inputs.properties as PropertyMap;
  return JSON.stringify([id, createdAt, asText(model), environmentId, codeConfiguration, environmentVariables]);
}
