import { writeFileSync } from "node:fs";
import http2 from "node:http2";
import { connect } from "node:net";

/** What the guard answers a program that asks whether it may go on. */
export interface GuardAnswer {
  readonly go: boolean;
  /** Whether it may end without having registered anything. */
  readonly mayBeEmpty: boolean;
}

/** How a program is told whom to ask; by `GUARD_VARIABLE`, as JSON. */
export interface GuardAddress {
  readonly socket: string;
  /** A file that is written where the program was stopped because it registered nothing. */
  readonly emptied: string;
  /** The part of NODE_OPTIONS by which this code is loaded, which processes of the program's own do not inherit. */
  readonly option: string;
}

/** The environment variable by which a program is told of its guard. */
export const GUARD_VARIABLE = "TRUNKLINE_GUARD";

/** The exit code of a program that was stopped. */
const STOPPED = 37;

/**
 * Holds a Pulumi program before it registers anything, until the guard says that it may go on: by then the engine holds the
 * stack's lock. In any other process it does nothing. Ends the process where the answer is no, or where none comes.
 */
export async function guardProgram(): Promise<void> {
  const told = process.env[GUARD_VARIABLE];
  // By this argument the SDK's `cmd/run` is told of the engine: no other process of a program has it.
  if (told === undefined || !process.argv.includes("--monitor")) return;
  const address = JSON.parse(told) as GuardAddress;
  delete process.env[GUARD_VARIABLE];
  process.env.NODE_OPTIONS = (process.env.NODE_OPTIONS ?? "").replace(address.option, "").trim();
  const answer = await ask(address.socket);
  if (!answer?.go) process.exit(STOPPED);
  if (!answer.mayBeEmpty) stopEmptyProgram(address.emptied);
}

function ask(socket: string): Promise<GuardAnswer | undefined> {
  return new Promise((resolve) => {
    let text = "";
    connect(socket)
      .setEncoding("utf8")
      .on("data", (part: string) => (text += part))
      .on("error", () => resolve(undefined))
      .on("close", () => {
        try {
          resolve(JSON.parse(text) as GuardAnswer);
        } catch {
          resolve(undefined);
        }
      });
  });
}

/**
 * Ends the program where it is about to say that it is done and has registered nothing but the stack: the engine would
 * delete everything. The calls are counted where they leave the process, whichever SDK makes them.
 */
function stopEmptyProgram(emptied: string): void {
  let registrations = 0;
  const stopIfEmpty = () => {
    // The first registration is the stack's own.
    if (registrations > 1) return;
    writeFileSync(emptied, "");
    process.exit(STOPPED);
  };
  const original = http2.connect.bind(http2) as (...args: unknown[]) => http2.ClientHttp2Session;
  const watched = (...args: unknown[]): http2.ClientHttp2Session => {
    const session = original(...args);
    const request = session.request.bind(session);
    session.request = (headers, options) => {
      const path = (headers as Readonly<Record<string, unknown>> | undefined)?.[":path"];
      if (path === "/pulumirpc.ResourceMonitor/RegisterResource") registrations++;
      if (path === "/pulumirpc.ResourceMonitor/ReadResource") registrations++;
      if (path === "/pulumirpc.ResourceMonitor/SignalAndWaitForShutdown") stopIfEmpty();
      return request(headers, options);
    };
    return session;
  };
  Object.assign(http2, { connect: watched });
  // An SDK that does not signal its end says it by ending.
  process.once("exit", (code) => {
    if (code === 0) stopIfEmpty();
  });
}
