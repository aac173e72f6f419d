import { LocalWorkspace, type PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import type { OperationRequest } from "../../../rehearsal/engine/arguments/operation-request";
import { newManifest } from "../../../rehearsal/engine/backend/manifest";
import type { RunOperation } from "../../../rehearsal/engine/commands/operate";
import { embeddedEngine } from "../../../rehearsal/engine/embedded-engine";
import type { ResourceState } from "../../../rehearsal/engine/state/deployment-file";
import { SIGNATURE_KEY, SIGNATURES, type PropertyValue } from "../../../rehearsal/engine/values/property-value";
import { projectDirectory, type ProjectDirectory } from "./project-directory";

/** The Automation API on the embedded engine, in a directory of its own, with an operation that the test gives. */
export interface AutomationHarness {
  readonly directory: ProjectDirectory;
  /** What operations were asked for, in order. */
  readonly requests: OperationRequest[];
  /** What an operation does. @default saves three resources */
  operation: RunOperation;
  readonly command: PulumiCommand;
  /** Selects a stack of an inline program, or makes it. */
  open(stackName?: string): Promise<Stack>;
  /** Runs a command line; the environment replaces the directory's own. */
  run(args: string[], env?: Record<string, string>): Promise<{ stdout: string }>;
  /** The stack's checkpoint. */
  readonly checkpoint: string;
}

/** Makes a harness; the test removes its directory. */
export async function automationHarness(): Promise<AutomationHarness> {
  const directory = await projectDirectory();
  const requests: OperationRequest[] = [];
  const command = embeddedEngine({
    providers: () => undefined,
    runOperation: async (context, session, request, dependencies) => {
      requests.push(request);
      return await harness.operation(context, session, request, dependencies);
    },
  });
  const harness: AutomationHarness = {
    directory,
    requests,
    operation: saveThree,
    command,
    open: (stackName = "dev") =>
      LocalWorkspace.createOrSelectStack(
        { stackName, projectName: "demo", program: async () => undefined },
        {
          workDir: directory.root,
          pulumiCommand: command,
          envVars: directory.env,
          projectSettings: { name: "demo", runtime: "nodejs", backend: { url: `file://${directory.root}/state` } },
        },
      ),
    run: (args, env = directory.env) => (command as unknown as Runnable).run(args, directory.root, env),
    checkpoint: `${directory.root}/state/.pulumi/stacks/demo/dev.json`,
  };
  return harness;
}

/** `run` is internal to the SDK. */
interface Runnable {
  run(args: string[], cwd: string, env: Record<string, string>): Promise<{ stdout: string }>;
}

/** A secret as it is within the engine. */
export const secret = (value: PropertyValue) => ({ [SIGNATURE_KEY]: SIGNATURES.secret, value });

/** Saves what a program would have made: a stack resource, a component and a child of it, under the stack's lock. */
const saveThree: RunOperation = async (_context, session, request) => {
  const lock = await session.lock();
  try {
    const prefix = `urn:pulumi:${session.stackName}::demo::`;
    const root = `${prefix}pulumi:pulumi:Stack::demo-${session.stackName}`;
    const group = `${prefix}app:index:Group::g`;
    const outputs = { plain: "p", hidden: secret("s"), deep: { x: secret(1) } };
    const child = `${prefix}app:index:Group$sim:index:Thing::b`;
    const inputs = { pw: secret({ deep: ["s"] }) };
    const resources: ResourceState[] = [
      { urn: root, custom: false, type: "pulumi:pulumi:Stack", outputs },
      { urn: group, custom: false, type: "app:index:Group", parent: root },
      { urn: child, custom: true, id: "b-1", type: "sim:index:Thing", parent: group, inputs },
    ];
    await session.save({ manifest: newManifest(), resources });
    await session.record({
      kind: "update",
      startTime: 1,
      endTime: 2,
      message: request.message,
      environment: { "exec.kind": request.execKind },
      result: "succeeded",
      resourceChanges: { create: resources.length },
    });
    return 0;
  } finally {
    await lock.release();
  }
};
