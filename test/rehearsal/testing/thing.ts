import * as pulumi from "@pulumi/pulumi";
import { MemoryProvider, type MemoryProviderOptions } from "../../../rehearsal/testing/memory-provider";

export const THING = "acme:index:Thing";

/** A resource as the SDK of a provider would define it. */
export class Thing extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly size: pulumi.Output<number | undefined>;

  constructor(name: string, args: pulumi.Inputs = {}, opts?: pulumi.CustomResourceOptions) {
    super(THING, name, { arn: undefined, size: undefined, ...args }, opts);
  }
}

/** Provider `acme`, in which a change of `region` replaces a Thing. */
export function acme(more: MemoryProviderOptions = {}): MemoryProvider {
  return new MemoryProvider("acme", {
    ...more,
    types: {
      ...more.types,
      [THING]: { outputs: { arn: ({ id }) => `arn:${id}` }, replaceOn: ["region"], ...more.types?.[THING] },
    },
  });
}
