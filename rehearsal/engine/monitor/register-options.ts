import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";
import { Alias as AliasProto } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Alias } from "../deployment/goal";
import type { CustomTimeouts } from "../state/deployment-file";

/** The options of a registration in the form in which transforms see and change them. */
export function optionsOf(request: RegisterResourceRequest, provider: string): TransformResourceOptions {
  const options = new TransformResourceOptions();
  options.setImport(request.getImportid());
  options.setDependsOnList(request.getDependenciesList());
  if (request.hasProtect()) options.setProtect(request.getProtect()!);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setReplacementTrigger(request.getReplacementTrigger());
  options.setVersion(request.getVersion());
  options.setAliasesList([...request.getAliasurnsList().map(urnAlias), ...request.getAliasesList()]);
  options.setProvider(provider);
  request.getProvidersMap().forEach((reference, name) => options.getProvidersMap().set(name, reference));
  options.setHideDiffList(request.getHidediffsList());
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete()!);
  options.setDeletedWith(request.getDeletedwith());
  options.setReplaceWithList(request.getReplaceWithList());
  // Some SDKs say "true" without saying that they say anything.
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  return options;
}

/** A former identity as the program gave it. */
export function aliasOf(message: AliasMessage, properSpecs: boolean): Alias {
  const spec = message.getSpec();
  if (!spec) return { urn: message.getUrn() };
  const parent = spec.getParenturn();
  const { noParent, parentUrn } = properSpecs
    ? { noParent: spec.getNoparent(), parentUrn: parent }
    : nodeParent(spec.getParentCase(), spec.getNoparent(), parent);
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: parentUrn,
    noParent,
  };
}

/**
 * Older Node.js SDKs wrote "no parent" as an empty parent, and "the same parent" as none.
 * @see https://github.com/pulumi/pulumi/issues/13490
 */
function nodeParent(
  given: AliasProto.Spec.ParentCase,
  noParent: boolean,
  parentUrn: string,
): { noParent: boolean; parentUrn: string } {
  const { PARENT_NOT_SET, NOPARENT } = AliasProto.Spec.ParentCase;
  if (given === PARENT_NOT_SET) return { noParent: true, parentUrn: "" };
  if (given === NOPARENT) return { noParent: false, parentUrn: "" };
  return { noParent: noParent || parentUrn === "", parentUrn };
}

function urnAlias(urn: string): AliasMessage {
  const alias = new AliasProto();
  alias.setUrn(urn);
  return alias;
}

/** Timeouts in seconds; throws an Error for a duration that cannot be read. */
export function timeoutsOf(timeouts: RegisterResourceRequest.CustomTimeouts | undefined): CustomTimeouts {
  if (!timeouts) return {};
  const result: CustomTimeouts = {};
  const given = {
    create: timeouts.getCreate(),
    update: timeouts.getUpdate(),
    delete: timeouts.getDelete(),
    read: timeouts.getRead(),
  };
  for (const kind of ["create", "update", "delete", "read"] as const) {
    if (given[kind]) result[kind] = secondsOf(given[kind]);
  }
  return result;
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== duration) {
    throw new Error(`unable to parse customTimeout Value ${duration}`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit!]!, 0);
}
