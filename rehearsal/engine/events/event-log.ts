import { appendFile } from "node:fs/promises";
import * as grpc from "@grpc/grpc-js";
import { EventsClient } from "@pulumi/pulumi/proto/events_grpc_pb";
import { EventRequest } from "@pulumi/pulumi/proto/events_pb";
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

class EventStream implements EventLog {
  private readonly client: EventsClient;
  private readonly stream: grpc.ClientWritableStream<EventRequest>;
  private readonly ended: Promise<void>;

  constructor(address: string) {
    this.client = new EventsClient(address, grpc.credentials.createInsecure());
    let settle!: () => void;
    this.ended = new Promise((resolve) => (settle = resolve));
    // A listener that went away must not fail the operation that it listened to.
    this.stream = this.client.streamEvents(settle);
    this.stream.on("error", settle);
  }

  write(event: EngineEvent): void {
    const request = new EventRequest();
    request.setEvent(JSON.stringify(event));
    this.stream.write(request);
  }

  async close(): Promise<void> {
    this.stream.end();
    await this.ended;
    this.client.close();
  }
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
