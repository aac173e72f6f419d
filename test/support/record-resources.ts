import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** One registered resource, as the engine would see it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Record<string, unknown>;
  readonly custom: boolean;
  /** URN of the parent; empty for a resource of the stack itself. */
  readonly parent: string;
  /** Reference of the explicit provider, `urn::id`; empty for the default one. */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly dependencies: readonly string[];
  /** References of the providers that a component hands to its children, by package. */
  readonly providers: Readonly<Record<string, string>>;
}

/** How to run the code whose resources are recorded. */
export interface RecordOptions {
  /** Run as a preview of resources that do not exist yet: ids and computed outputs are unknown. @default false */
  readonly preview?: boolean;
  readonly stack?: string;
  /** Answers to lookups, by token. @default a lookup fails */
  readonly lookups?: Readonly<Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>>;
}

/** What was registered, in the order of registration, and what `build` returned. */
export interface Recording<Result> {
  readonly result: Result;
  readonly registrations: readonly Registration[];
}

/**
 * Runs `build` under Pulumi's mocks and returns every resource that it registers, children of children included,
 * once all of them are there. Computed outputs are made up from type and name, so that they are the same each time.
 */
export async function recordResources<Result>(
  build: () => Result,
  { preview = false, stack = "dev", lookups = {} }: RecordOptions = {},
): Promise<Recording<Result>> {
  const registrations: Registration[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => ({
        id: custom && !preview ? `${name}-id` : undefined,
        state: preview
          ? { ...(inputs as object) }
          : {
              ...computedOutputs(type, name, inputs),
              ...(inputs as object),
              ...completedOutputs(type, name),
            },
      }),
      call: ({ token, inputs }) => {
        const lookup = lookups[token];
        if (lookup === undefined) {
          throw new Error(`no answer to the lookup ${token}`);
        }
        return lookup(inputs as Record<string, unknown>);
      },
    },
    "trunkline",
    stack,
    preview,
  );
  spyOnMonitor(pulumi.runtime.getMonitor() as unknown as MockMonitor, registrations);
  const result = build();
  await settled(registrations);
  return { result, registrations };
}

/** What a test compares of a registration: everything but parents and providers, which rules look after. */
export interface Summary {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  /** Options that differ from Pulumi's defaults. */
  readonly options?: { readonly protect?: true; readonly retainOnDelete?: true };
}

/** The custom resources of a recording by name, without providers. */
export function summaries(registrations: readonly Registration[]): Record<string, Summary> {
  return Object.fromEntries(
    registrations
      .filter(({ type, custom }) => custom && !type.startsWith("pulumi:providers:"))
      .map(({ name, type, inputs, protect, retainOnDelete }) => {
        const options = { ...(protect && { protect }), ...(retainOnDelete && { retainOnDelete }) };
        return [name, { type, inputs, ...(Object.keys(options).length > 0 && { options }) }];
      }),
  );
}

// Under mocks everything that follows a registration is a chain of promises, which end before the next turn of the
// event loop: a few turns without a new registration mean that no apply is going to make one.
async function settled(registrations: readonly unknown[]): Promise<void> {
  let quiet = 0;
  while (quiet < 5) {
    const before = registrations.length;
    await new Promise(setImmediate);
    quiet = registrations.length === before ? quiet + 1 : 0;
  }
}

/** The value of an output, once it is known; for tests of updates, where everything is. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(output).apply(resolve);
  });
}

/** Outputs that the cloud would compute and that components pass on. */
function computedOutputs(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const [vendor = ""] = type.split(":");
  if (vendor === "aws" || vendor === "github") return { arn: `arn:aws:${vendor}:::${name}`, keyId: `${name}-key-id` };
  // In Azure the output `name` is what the input of a longer name says.
  const named = ["endpointName", "containerName", "accountName", "resourceName", "vaultName", "resourceGroupName"].find(
    (key) => key in inputs,
  );
  return {
    name: named ? inputs[named] : name,
    principalId: `${name}-principal-id`,
    clientId: `${name}-client-id`,
    objectId: `${name}-object-id`,
    applicationId: `${name}-application-id`,
    value: `${name}-value`,
    secret: `${name}-value`,
    startDate: madeAt(name),
    createTime: madeAt(name),
  };
}

/** Of two secrets the one called b is the newer one. */
function madeAt(name: string): string {
  return name.endsWith("-b") ? "2026-02-01T00:00:00Z" : "2026-01-01T00:00:00Z";
}

// The mocks hand on neither parents nor options: the request to the monitor has them.
function spyOnMonitor(monitor: MockMonitor, registrations: Registration[]): void {
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, callback) => {
    await register(request, (error: any, response: any) => {
      if (response !== undefined && request.getType() !== "pulumi:pulumi:Stack") {
        registrations.push({
          type: request.getType(),
          name: request.getName(),
          urn: response.getUrn(),
          inputs: request.getObject()?.toJavaScript() ?? {},
          custom: request.getCustom(),
          parent: request.getParent(),
          provider: request.getProvider(),
          protect: request.getProtect(),
          retainOnDelete: request.getRetainondelete(),
          dependencies: request.getDependenciesList(),
          providers: Object.fromEntries(request.getProvidersMap().getEntryList()),
        });
      }
      callback(error, response);
    });
  };
}

/** Outputs that the cloud completes what the input of the same name says with. */
function completedOutputs(type: string, name: string): Record<string, unknown> {
  if (type !== "azure-native:containerservice:ManagedCluster") return {};
  return {
    oidcIssuerProfile: { enabled: true, issuerURL: `https://${name}.example.org/` },
    identityProfile: { kubeletidentity: { objectId: `${name}-kubelet-id` } },
  };
}
