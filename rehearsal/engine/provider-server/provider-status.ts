import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { asError } from "../deployment/as-error";
import { PartialFailure } from "../provider/partial-failure";
import { toStruct } from "../values/struct-codec";

/** A call that cannot be answered, with its gRPC status code. */
export class CallRefused extends Error {
  override readonly name = "CallRefused";

  constructor(
    readonly code: grpc.status,
    message: string,
  ) {
    super(message);
  }
}

/**
 * What a call fails with. A PartialFailure carries what there is of the resource, as the detail ErrorResourceInitFailed;
 * other errors of a provider have the code UNKNOWN, by which the CLI knows that the resource's state is not known.
 */
export function callFailure(thrown: unknown): Partial<grpc.StatusObject> {
  if (thrown instanceof CallRefused) return { code: thrown.code, details: thrown.message };
  const error = asError(thrown);
  const failure = { code: grpc.status.UNKNOWN, details: error.message };
  return error instanceof PartialFailure ? { ...failure, metadata: initializationDetail(error) } : failure;
}

/** @see https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto */
function initializationDetail(error: PartialFailure): grpc.Metadata {
  const detail = new ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(toStruct(error.outputs));
  detail.setReasonsList([...error.reasons]);
  if (error.inputs) detail.setInputs(toStruct(error.inputs));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(error.message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
