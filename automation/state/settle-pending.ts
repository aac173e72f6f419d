import { isDeepStrictEqual } from "node:util";
import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import type { OperationReport } from "../stack/run-operation";
import { expectedId } from "./expected-id";

/** What is looked at of a resource in a deployment. */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly delete?: boolean;
}

interface State {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly resource: StateResource; readonly type: string }[];
}

/**
 * Settles creations that a killed engine had begun and that a refresh leaves pending, as the CLI's does. Where the inputs
 * fix the only id that the resource can have, it is put into the state with that id, and a refresh reads it: what is there
 * stays, and what its vendor says is not there is gone from the state again, proven absent.
 *
 * Throws a refusal, before anything is changed, where the vendor makes the id of one of them, so that nobody can tell; and
 * one, with what was found out of the state again, where what is there has other values than were asked for: it is not
 * what that creation made. The state cannot be put back as it was, since `pulumi stack import` drops pending operations.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/cmd/pulumi/stack/stack_import.go
 */
export async function settlePendingCreations(stack: Stack, refresh: () => Promise<OperationReport>): Promise<void> {
  const before = await stack.exportStack();
  const state = stateOf(before);
  const pending = (state.pending_operations ?? []).filter(({ type }) => type === "creating");
  if (pending.length === 0) return;
  const guesses = pending.map(({ resource }) => ({ resource, id: idOf(resource, state) }));
  const untold = guesses.filter(({ id }) => id === undefined).map(({ resource }) => resource.urn);
  if (untold.length > 0) {
    throw new AutomationError("refused", `nobody can tell what became of interrupted creations: ${untold.join(", ")}`, {
      hint:
        "look in the cloud; for what is there run pulumi refresh --import-pending-creates URN --import-pending-creates ID, " +
        "where nothing is pulumi refresh --clear-pending-creates, and resume again",
    });
  }
  await stack.importStack({ ...before, deployment: withGuesses(state, guesses) });
  const { result, fault } = await refresh();
  if (result !== "succeeded") {
    throw new AutomationError(
      "fault",
      `the refresh that looks for interrupted creations ${result}${fault ? `: ${fault}` : ""}`,
      {
        hint: "correct the cause and resume again: nothing is lost, the next refresh looks for them",
      },
    );
  }
  const after = await stack.exportStack();
  const foreign = guesses
    .filter(({ resource }) => contradicts(resource, stateOf(after)))
    .map(({ resource }) => resource.urn);
  if (foreign.length === 0) return;
  const { resources = [], ...rest } = stateOf(after);
  const own = resources.filter(({ urn, delete: replaced }) => replaced === true || !foreign.includes(urn));
  await stack.importStack({ ...after, deployment: { ...rest, resources: own } });
  throw new AutomationError(
    "refused",
    `what has the ids of interrupted creations was not made by them: ${foreign.join(", ")}`,
    {
      hint: "it has other values than were asked for; import it with pulumi import, or rename or remove it, and resume again",
    },
  );
}

function stateOf({ deployment }: Deployment): State {
  return (deployment ?? {}) as State;
}

function idOf({ type, inputs = {}, provider, urn }: StateResource, { resources = [] }: State): string | undefined {
  const settings = resources.find((other) => `${other.urn}::${other.id}` === provider)?.inputs ?? {};
  const id = expectedId(type, inputs, settings);
  // Another resource has it: a replacement cannot have the id of what it replaces.
  return resources.some((other) => other.type === type && other.id === id && other.urn === urn) ? undefined : id;
}

/** The state as if the creations had come to their end; what they were to replace is left to be deleted. */
function withGuesses(state: State, guesses: readonly { resource: StateResource; id?: string }[]): State {
  const made = new Set(guesses.map(({ resource }) => resource.urn));
  const resources = (state.resources ?? []).map((resource) =>
    made.has(resource.urn) ? { ...resource, delete: true } : resource,
  );
  return {
    ...state,
    resources: [...resources, ...guesses.map(({ resource, id }) => ({ ...resource, id }))],
    pending_operations: (state.pending_operations ?? []).filter(({ type }) => type !== "creating"),
  };
}

/** Whether what was found has another value somewhere than the creation asked for; what is missing may not be set yet. */
function contradicts({ urn, inputs: asked = {} }: StateResource, { resources = [] }: State): boolean {
  const found = resources.find((resource) => resource.urn === urn && !resource.delete)?.inputs;
  if (!found) return false;
  return Object.entries(asked).some(([name, value]) => {
    const own = found[name];
    if (name.startsWith("__") || own === undefined || own === null || isEmpty(own)) return false;
    return !isDeepStrictEqual(own, value);
  });
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
