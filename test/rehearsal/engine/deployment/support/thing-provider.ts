import { PartialFailure } from "../../../../../rehearsal/engine/provider/partial-failure";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  InvokeRequest,
  InvokeResult,
  Provider,
  ProviderFeatures,
  ReadRequest,
  ReadResult,
  UpdateRequest,
  UpdateResult,
} from "../../../../../rehearsal/engine/provider/provider";
import { propertiesEqual } from "../../../../../rehearsal/engine/values/property-equality";
import type { PropertyMap } from "../../../../../rehearsal/engine/values/property-value";
import { unwrapSecretsOf } from "../../../../../rehearsal/engine/values/secret-value";

type Method = "check" | "diff" | "create" | "update" | "read" | "delete";

/** What a test puts in the place of a call about one resource; it may go on with the provider's own. */
type Override = (request: never, own: () => Promise<unknown>) => unknown;

/**
 * A provider in memory: package `tst`, any type. A change of `rep` needs a replacement, of `Unique` resources with the
 * deletion first. `fail: true` lets a creation or an update fail, `unready: true` lets it end as a partial failure.
 */
export class ThingProvider implements Provider {
  readonly name = "tst";
  readonly version = "1.0.0";
  /** What exists, by id. */
  readonly cloud = new Map<string, PropertyMap>();
  /** The calls that change or read something, as "create a". */
  readonly calls: string[] = [];
  /** How many changing calls ran at once, at most. */
  busiest = 0;
  features: ProviderFeatures = { acceptSecrets: true, acceptResources: true, supportsPreview: true };
  diffConfig?: Provider["diffConfig"];
  checkConfig?: Provider["checkConfig"];
  cancel?: Provider["cancel"];
  private readonly overrides = new Map<string, Override>();
  private made = 0;
  private busy = 0;
  private gathering:
    { readonly count: number; readonly reached: Promise<void>; readonly release: () => void } | undefined;

  /** Lets `override` answer the calls about a resource of that name. */
  on(method: Method, name: string, override: Override): this {
    this.overrides.set(`${method} ${name}`, override);
    return this;
  }

  /** Takes back what `on` did. */
  off(method: Method, name: string): this {
    this.overrides.delete(`${method} ${name}`);
    return this;
  }

  /** Lets changing calls wait until so many of them run at once, and counts anew how many do. */
  gather(count: number): void {
    let release!: () => void;
    const reached = new Promise<void>((resolve) => (release = resolve));
    this.gathering = { count, reached, release };
    this.busiest = 0;
  }

  async configure(_config: PropertyMap): Promise<ProviderFeatures> {
    return this.features;
  }

  check(request: CheckRequest): Promise<CheckResult> {
    return this.answer("check", request, async () => {
      const reason = request.newInputs.invalid;
      const failures = typeof reason === "string" ? [{ property: "invalid", reason }] : [];
      return { inputs: request.newInputs, failures };
    });
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    return this.answer("diff", request, async () => {
      const olds = unwrapSecretsOf(request.oldInputs);
      const news = unwrapSecretsOf(request.newInputs);
      const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
      const changedKeys = keys.filter((key) => !propertiesEqual(olds[key], news[key]));
      const replaceKeys = changedKeys.filter((key) => key === "rep");
      return {
        changes: changedKeys.length > 0 ? "some" : "none",
        changedKeys,
        replaceKeys,
        deleteBeforeReplace: replaceKeys.length > 0 && request.type.endsWith(":Unique"),
      };
    });
  }

  create(request: CreateRequest): Promise<CreateResult> {
    if (request.preview) return Promise.resolve({ id: "", outputs: { ...request.inputs } });
    return this.answer("create", request, () =>
      this.work(async () => {
        const plain = unwrapSecretsOf(request.inputs);
        if (plain.fail) throw new Error(`create of ${request.name} refused`);
        const id = `${request.name}-${++this.made}`;
        this.cloud.set(id, plain);
        if (plain.unready) throw new PartialFailure("not ready", id, request.inputs, [`${request.name} is not ready`]);
        return { id, outputs: { ...request.inputs } };
      }),
    );
  }

  update(request: UpdateRequest): Promise<UpdateResult> {
    if (request.preview) return Promise.resolve({ outputs: { ...request.newInputs } });
    return this.answer("update", request, () =>
      this.work(async () => {
        const plain = unwrapSecretsOf(request.newInputs);
        if (plain.fail) throw new Error(`update of ${request.name} refused`);
        this.cloud.set(request.id, plain);
        if (plain.unready) {
          const reasons = [`${request.name} is not ready`];
          throw new PartialFailure("not ready", request.id, request.newInputs, reasons);
        }
        return { outputs: { ...request.newInputs } };
      }),
    );
  }

  read(request: ReadRequest): Promise<ReadResult | undefined> {
    return this.answer("read", request, async () => {
      const found = this.cloud.get(request.id);
      return found && { id: request.id, inputs: found, outputs: found };
    });
  }

  delete(request: DeleteRequest): Promise<void> {
    return this.answer("delete", request, () =>
      this.work(async () => {
        this.cloud.delete(request.id);
      }),
    );
  }

  async invoke({ token, args }: InvokeRequest): Promise<InvokeResult> {
    this.calls.push(`invoke ${token}`);
    return { outputs: args };
  }

  private async answer<T>(method: Method, request: { readonly name: string }, own: () => Promise<T>): Promise<T> {
    const call = `${method} ${request.name}`;
    if (method !== "check" && method !== "diff") this.calls.push(call);
    const override = this.overrides.get(call);
    return (override ? await override(request as never, own) : await own()) as T;
  }

  private async work<T>(task: () => Promise<T>): Promise<T> {
    this.busiest = Math.max(this.busiest, ++this.busy);
    try {
      if (this.gathering && this.busiest >= this.gathering.count) this.gathering.release();
      await this.gathering?.reached;
      // Those that are one too many get a chance to show.
      if (this.gathering) await new Promise((resolve) => setTimeout(resolve, 5));
      return await task();
    } finally {
      this.busy--;
    }
  }
}
