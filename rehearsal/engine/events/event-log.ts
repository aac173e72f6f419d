import { appendFile } from "node:fs/promises";
import * as grpc from "@grpc/grpc-js";
import { EventsService } from "@pulumi/pulumi/proto/events_grpc_pb";
import { CHANNEL_OPTIONS } from "../monitor/monitor-server";
import type { EngineEvent } from "./engine-event";

/** Receives the events of an operation as they happen. */
export interface EventLog {
  write(event: EngineEvent): void;
  /** Waits until everything that was written has arrived. */
  close(): Promise<void>;
}

/** Opens the log that `--event-log` names: `tcp://host:port` for a stream, anything else for a file of JSON lines. */
export function openEventLog(target: string | undefined): EventLog | undefined {
  if (target === undefined) return undefined;
  return target.startsWith("tcp://") ? new EventStream(target.slice("tcp://".length)) : new EventFile(target);
}

/** Field 1 of the message `EventRequest`, a text. */
const EVENT_FIELD = 0x0a;

class EventStream implements EventLog {
  private readonly client: grpc.Client;
  private readonly stream: grpc.ClientWritableStream<string>;
  private readonly ended: Promise<void>;

  constructor(address: string) {
    this.client = new grpc.Client(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
    let settle!: () => void;
    this.ended = new Promise((resolve) => (settle = resolve));
    // A listener that went away must not fail the operation that it listened to.
    const { path, responseDeserialize } = EventsService.streamEvents;
    this.stream = this.client.makeClientStreamRequest(path, eventRequest, responseDeserialize, settle);
    this.stream.on("error", settle);
  }

  write(event: EngineEvent): void {
    this.stream.write(JSON.stringify(event));
  }

  async close(): Promise<void> {
    this.stream.end();
    await this.ended;
    this.client.close();
  }
}

/** The bytes of an `EventRequest`: protobuf's own JavaScript ends the process where a text is longer than 112 MB. */
function eventRequest(event: string): Buffer {
  const length: number[] = [];
  let rest = Buffer.byteLength(event);
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.of(EVENT_FIELD, ...length, rest), Buffer.from(event)]);
}

class EventFile implements EventLog {
  private written: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  write(event: EngineEvent): void {
    const line = `${JSON.stringify(event)}\n`;
    this.written = this.written.then(() => appendFile(this.path, line));
  }

  async close(): Promise<void> {
    await this.written;
  }
}
