import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EventsService } from "@pulumi/pulumi/proto/events_grpc_pb";
import type { EventRequest } from "@pulumi/pulumi/proto/events_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { openEventLog } from "../../../../rehearsal/engine/events/event-log";

describe("openEventLog", () => {
  it("opens nothing where no log is asked for", () => assert.equal(openEventLog(undefined), undefined));

  it("writes a file of JSON lines in order", async () => {
    const directory = await mkdtemp(join(tmpdir(), "trunkline-events-"));
    try {
      const log = openEventLog(join(directory, "log"))!;
      for (let sequence = 0; sequence < 50; sequence++) log.write({ sequence, timestamp: 1 });
      await log.close();
      const lines = (await readFile(join(directory, "log"), "utf8")).trim().split("\n");
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence),
        [...Array(50).keys()],
      );
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it("fails at its end for a file that cannot be written", async () => {
    const log = openEventLog("/nowhere/at/all/log")!;
    log.write({ sequence: 0, timestamp: 1 });
    await assert.rejects(log.close(), /ENOENT/);
  });

  it("streams to a listener, and waits until everything has arrived", async () => {
    const received: string[] = [];
    const server = new grpc.Server();
    server.addService(EventsService, {
      streamEvents: (call: grpc.ServerReadableStream<EventRequest, Empty>, done: grpc.sendUnaryData<Empty>) => {
        call.on("data", (request: EventRequest) => received.push(request.getEvent()));
        call.on("end", () => done(null, new Empty()));
      },
    });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    try {
      const log = openEventLog(`tcp://127.0.0.1:${port}`)!;
      log.write({ sequence: 0, timestamp: 1 });
      log.write({ sequence: 1, timestamp: 1 });
      await log.close();
      assert.deepEqual(
        received.map((text) => (JSON.parse(text) as { sequence: number }).sequence),
        [0, 1],
      );
    } finally {
      server.forceShutdown();
    }
  });

  it("lets an operation go on whose listener went away", async () => {
    const log = openEventLog("tcp://127.0.0.1:1")!;
    log.write({ sequence: 0, timestamp: 1 });
    await log.close();
  });
});
