import * as grpc from "@grpc/grpc-js";
import { asError } from "../deployment/as-error";
import { ShutDownError } from "./program-source";

/** The status by which a call fails that threw something. */
export function callStatus(thrown: unknown): { code: grpc.status; details: string } {
  const error = asError(thrown);
  // The SDK takes "unavailable" as the engine's wish to stop, and adds no error of its own.
  const code = error instanceof ShutDownError ? grpc.status.UNAVAILABLE : codeOf(error);
  return { code, details: error.message };
}

/** What a client of gRPC makes of that status. */
export function callError(thrown: unknown): grpc.ServiceError {
  const { code, details } = callStatus(thrown);
  return Object.assign(new Error(`${code} ${grpc.status[code]}: ${details}`), {
    code,
    details,
    metadata: new grpc.Metadata(),
  });
}

function codeOf(error: Error): grpc.status {
  return "code" in error && typeof error.code === "number" ? error.code : grpc.status.UNKNOWN;
}
