import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { AutomationError } from "../errors";
import { schemaFaults } from "../settings/schema-faults";

const schema = z.object(
  {
    name: z.string({ error: "a name, such as name: web" }).min(1, { error: "a name, such as name: web" }),
    main: z.string({ error: "the path of the program" }).optional(),
    runtime: z.union([z.string(), z.object({ name: z.string(), options: z.looseObject({}).optional() })]).optional(),
    stackConfigDir: z.string().optional(),
    backend: z.object({ url: z.string().optional() }).nullish(),
  },
  { error: "an object with the name of the project" },
);

/** What the pipeline reads of a `Pulumi.yaml`. */
export interface ProjectFile {
  readonly name: string;
  /** The program, from the project's directory. */
  readonly main?: string;
  readonly runtime: string;
  /** Modules that Node loads before the program, by name. */
  readonly preloaded: readonly string[];
  /** The folder of `Pulumi.<env>.yaml`, from the project's directory. */
  readonly configDirectory: string;
  /** Where state lies, if the project says so. */
  readonly backend?: string;
}

/** Reads a `Pulumi.yaml`. Throws a usage error where it cannot be read or has no name. */
export function readProjectFile(file: string): ProjectFile {
  const refuse = (problem: string, cause?: unknown) =>
    new AutomationError("usage", `${file} ${problem}`, {
      hint: "correct the file",
      cause,
      errorCode: "project-file-faulty",
    });
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8")) ?? {};
  } catch (cause) {
    throw refuse(`cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    throw refuse(`lacks what it should hold: ${schemaFaults(content, parsed.error.issues, "it").join("; ")}`);
  }
  const { name, main, runtime = "nodejs", stackConfigDir, backend } = parsed.data;
  const options = typeof runtime === "string" ? {} : (runtime.options ?? {});
  return {
    name,
    ...(main === undefined ? {} : { main }),
    runtime: typeof runtime === "string" ? runtime : runtime.name,
    preloaded: preloaded(options["nodeargs"]),
    configDirectory: stackConfigDir ?? ".",
    ...(backend?.url ? { backend: backend.url } : {}),
  };
}

/** The modules of `--import tsx -r other`. */
function preloaded(nodeargs: unknown): string[] {
  const text = typeof nodeargs === "string" ? nodeargs : "";
  return [...text.matchAll(/(?:--import|--require|--loader|-r)(?:\s+|=)(\S+)/g)].map(([, name = ""]) => name);
}
