import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { CheckFailure, CheckResult, DiffResult, InvokeResult, PropertyDiffKind } from "../provider/provider";
import { toStruct } from "../values/struct-codec";

const CHANGES = {
  none: rpc.DiffResponse.DiffChanges.DIFF_NONE,
  some: rpc.DiffResponse.DiffChanges.DIFF_SOME,
  unknown: rpc.DiffResponse.DiffChanges.DIFF_UNKNOWN,
} as const;

const KINDS: Readonly<Record<PropertyDiffKind, rpc.PropertyDiff.Kind>> = {
  add: rpc.PropertyDiff.Kind.ADD,
  "add-replace": rpc.PropertyDiff.Kind.ADD_REPLACE,
  delete: rpc.PropertyDiff.Kind.DELETE,
  "delete-replace": rpc.PropertyDiff.Kind.DELETE_REPLACE,
  update: rpc.PropertyDiff.Kind.UPDATE,
  "update-replace": rpc.PropertyDiff.Kind.UPDATE_REPLACE,
};

/** The answer to Check and CheckConfig. */
export function checkResponse({ inputs, failures = [] }: CheckResult): rpc.CheckResponse {
  const response = new rpc.CheckResponse();
  response.setInputs(toStruct(inputs));
  response.setFailuresList(failures.map(checkFailure));
  return response;
}

/** The answer to Diff and DiffConfig. */
export function diffResponse(diff: DiffResult): rpc.DiffResponse {
  const response = new rpc.DiffResponse();
  response.setChanges(CHANGES[diff.changes]);
  response.setReplacesList([...(diff.replaceKeys ?? [])]);
  response.setStablesList([...(diff.stableKeys ?? [])]);
  response.setDiffsList([...(diff.changedKeys ?? [])]);
  response.setDeletebeforereplace(diff.deleteBeforeReplace ?? false);
  response.setHasdetaileddiff(diff.detailedDiff !== undefined);
  for (const [path, { kind, inputDiff }] of Object.entries(diff.detailedDiff ?? {})) {
    const difference = new rpc.PropertyDiff();
    difference.setKind(KINDS[kind]);
    difference.setInputdiff(inputDiff);
    response.getDetaileddiffMap().set(path, difference);
  }
  return response;
}

/** Fills in the answer to Invoke or Call. */
export function withResult<T extends rpc.InvokeResponse | rpc.CallResponse>(response: T, result: InvokeResult): T {
  response.setReturn(toStruct(result.outputs));
  response.setFailuresList((result.failures ?? []).map(checkFailure));
  return response;
}

function checkFailure({ property, reason }: CheckFailure): rpc.CheckFailure {
  const failure = new rpc.CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}
