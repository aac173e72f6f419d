import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { consumedSection } from "./consumed-section";
import { outputsContractVersion } from "./outputs";
import { outputsSchema, type PlainOutputs } from "./outputs-schema";

/** Where outputs are read: a `pulumi.StackReference`, or what answers like one. */
export type OutputSource = Pick<pulumi.StackReference, "name" | "getOutput">;

type Section = Exclude<keyof PlainOutputs, "secretParts">;

/** The names of those members of a section that an environment need not have. */
type OptionalPart<Name extends Section> = {
  [Part in keyof PlainOutputs[Name]]-?: undefined extends PlainOutputs[Name][Part] ? Part : never;
}[keyof PlainOutputs[Name]] &
  string;

/** The outputs of an environment in another project. Each is read, and checked, when it is asked for. */
export interface ConsumedOutputs {
  /** The version of the contract that the environment was brought up with. */
  readonly contractVersion: pulumi.Output<number>;
  readonly organization: pulumi.Output<PlainOutputs["organization"]>;
  readonly environment: pulumi.Output<PlainOutputs["environment"]>;
  readonly aws: pulumi.Output<PlainOutputs["aws"]>;
  readonly azure: pulumi.Output<PlainOutputs["azure"]>;
  readonly databricks: pulumi.Output<PlainOutputs["databricks"]>;
  readonly github: pulumi.Output<PlainOutputs["github"]>;
  /** A secret. */
  readonly ciSecrets: pulumi.Output<PlainOutputs["ciSecrets"]>;
  /** A secret. */
  readonly mlflowAdminPassword: pulumi.Output<PlainOutputs["mlflowAdminPassword"]>;
  /** A part that not every environment has, such as `part("databricks", "artifacts")`; an error where this one has it not. */
  part<Name extends Section, Part extends OptionalPart<Name>>(
    section: Name,
    part: Part,
  ): pulumi.Output<NonNullable<PlainOutputs[Name][Part]>>;
}

/** An environment does not have an output that this project reads, or has it in another form. */
export class OutputsContractError extends pulumi.RunError {
  constructor(message: string) {
    super(message);
    this.name = "OutputsContractError";
  }
}

/**
 * The outputs of an environment's stack, typed, from a reference to it. What the environment keeps as a secret stays one.
 * An output that is asked for and is missing, or is of another type than this version of the contract has it, fails the
 * program with an OutputsContractError that names both stacks and the contract's version on both sides; what nobody asks
 * for is not looked at. `consumer` is who reads, for errors.
 * @see https://www.pulumi.com/docs/iac/concepts/stacks/#stackreferences
 */
export function environmentOutputs(
  reference: OutputSource,
  consumer = `${pulumi.getProject()}/${pulumi.getStack()}`,
): ConsumedOutputs {
  const version = reference.getOutput("contractVersion");
  const read = <Name extends Section, Value = PlainOutputs[Name]>(name: Name, part?: string): pulumi.Output<Value> => {
    // Apart from the other outputs, so that only what is secret becomes one.
    const told = pulumi.all([reference.getOutput(name), reference.name, version]);
    const section = told.apply(([value, stack, theirs]) => ({
      value: value as unknown,
      check: (whole: unknown) => {
        const fault = faultOf(name, whole) ?? lackOf(name, whole, part);
        if (fault !== undefined) throw contractError(`${fault.path} ${fault.problem}`, { stack, theirs, consumer });
      },
    }));
    const source = { section, parts: reference.getOutput("secretParts") };
    return consumedSection<Value>(name, source, part === undefined ? [] : [part]);
  };
  return {
    contractVersion: version.apply((value) => value as number),
    get organization() {
      return read("organization");
    },
    get environment() {
      return read("environment");
    },
    get aws() {
      return read("aws");
    },
    get azure() {
      return read("azure");
    },
    get databricks() {
      return read("databricks");
    },
    get github() {
      return read("github");
    },
    get ciSecrets() {
      return read("ciSecrets");
    },
    get mlflowAdminPassword() {
      return read("mlflowAdminPassword");
    },
    part: (section, part) => read(section, part),
  };
}

/** What is wrong with an output; values are not told, they may be secrets. */
function faultOf(name: Section, value: unknown): { readonly path: string; readonly problem: string } | undefined {
  if (value === undefined || value === null) return { path: name, problem: "is missing" };
  const { error } = (outputsSchema[name] as z.ZodType).safeParse(value);
  const [issue] = error?.issues ?? [];
  if (!issue) return undefined;
  const path = [name, ...issue.path].map(String).join(".");
  const wanted = issue.code === "invalid_type" ? issue.expected : "as the contract has it";
  const found = valueAt(value, issue.path);
  if (found === undefined) return { path, problem: "is missing" };
  return { path, problem: `is ${kindOf(found)} and should be ${wanted}` };
}

/** That a part is missing which not every environment has. */
function lackOf(name: Section, whole: unknown, part: string | undefined): ReturnType<typeof faultOf> {
  if (part === undefined || valueAt(whole, [part]) !== undefined) return undefined;
  return { path: `${name}.${part}`, problem: "is missing" };
}

interface Parties {
  readonly stack: string;
  readonly theirs: unknown;
  readonly consumer: string;
}

function contractError(problem: string, { stack, theirs, consumer }: Parties): OutputsContractError {
  const version = typeof theirs === "number" ? String(theirs) : "unknown";
  const next =
    theirs === outputsContractVersion
      ? `switch the part on in the configuration of ${stack}, or do not read it`
      : typeof theirs === "number" && theirs > outputsContractVersion
        ? `install in ${consumer} the version of trunkline that ${stack} is brought up with`
        : `bring ${stack} up with the version of trunkline that ${consumer} uses`;
  return new OutputsContractError(
    `the output ${problem} in stack ${stack}, whose contract version is ${version}; ${consumer} reads it by contract version ${outputsContractVersion}; ${next}`,
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
