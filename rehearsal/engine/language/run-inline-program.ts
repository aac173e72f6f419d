import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import { RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { BailError } from "../deployment/bail-error";
import { CHANNEL_OPTIONS } from "../monitor/monitor-server";
import type { ProgramContext } from "./program-context";
import type { RunningProgram } from "./running-program";

/** Has the language runtime at the address run its inline program against the engine. */
export function runInlineProgram(address: string, program: ProgramContext): RunningProgram {
  const client = new LanguageRuntimeClient(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
  let call: grpc.ClientUnaryCall | undefined;
  const ended = new Promise<void>((resolve, reject) => {
    call = client.run(requestOf(program), (error, response) => {
      if (error) reject(new Error(error.details || error.message, { cause: error }));
      else if (response.getBail()) reject(new BailError("run bailed"));
      else if (response.getError()) reject(new Error(`an unhandled error occurred: ${response.getError()}`));
      else resolve();
    });
  });
  return { ended: ended.finally(() => client.close()), kill: () => call?.cancel() };
}

function requestOf(program: ProgramContext): RunRequest {
  const request = new RunRequest();
  request.setProject(program.project);
  request.setStack(program.stack);
  request.setOrganization(program.organization);
  request.setPwd(program.directory);
  request.setProgram(".");
  request.setArgsList([program.monitorAddress]);
  request.setMonitorAddress(program.monitorAddress);
  request.setDryrun(program.dryRun);
  request.setParallel(program.parallel);
  for (const [key, { value, secret }] of program.config) {
    request.getConfigMap().set(key, value);
    if (secret) request.addConfigsecretkeys(key);
  }
  return request;
}
