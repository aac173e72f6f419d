import { EngineError } from "../engine-error";

/** Which stack is meant: the `file://` backend has one organisation, called `organization`. */
export interface StackReference {
  readonly project: string;
  readonly name: string;
  /** `organization/<project>/<stack>` */
  readonly qualifiedName: string;
}

const ORGANIZATION = "organization";
const LONGEST_NAME = 100;

/** Makes the reference of a stack from names that were checked before. */
export function stackReference(project: string, name: string): StackReference {
  return { project, name, qualifiedName: `${ORGANIZATION}/${project}/${name}` };
}

/**
 * Reads `<stack>`, `organization/<stack>` or `organization/<project>/<stack>`. Throws EngineError for other forms,
 * another organisation, and names that the CLI refuses.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/store.go
 */
export function parseStackReference(text: string, currentProject: string | undefined): StackReference {
  const parts = text.split("/");
  const name = parts.at(-1) ?? "";
  const organization = parts.length > 1 ? parts[0] : ORGANIZATION;
  const project = parts.length === 3 ? parts[1] : currentProject;
  if (parts.length > 3) {
    throw new EngineError(
      `stack name '${text}' has too many parts; allowed are <stack>, organization/<stack> and organization/<project>/<stack>`,
    );
  }
  if (organization !== ORGANIZATION) {
    throw new EngineError(`organization name must be '${ORGANIZATION}', got '${organization}' in '${text}'`);
  }
  if (!project) {
    throw new EngineError(
      "no Pulumi.yaml project file found; either run this command from a directory containing a Pulumi project, " +
        "or pass the fully qualified stack name (organization/project/stack)",
    );
  }
  checkProjectName(project);
  checkStackName(name);
  return stackReference(project, name);
}

/** How the CLI calls a stack: by its bare name within its own project, else by its qualified one. */
export function displayName(reference: StackReference, currentProject: string | undefined): string {
  return reference.project === currentProject ? reference.name : reference.qualifiedName;
}

/** Throws EngineError unless the name has 1 to 100 letters, digits, hyphens, underscores and periods. */
export function checkStackName(name: string): void {
  checkName("stack", name);
  // A path of the state directory is made of the name.
  if (name === "." || name === "..") throw new EngineError(`a stack name may not be '${name}'`);
}

/** Throws EngineError unless the name follows the rule of stack names, which holds for projects too. */
export function checkProjectName(name: string): void {
  checkName("project", name);
}

function checkName(what: "stack" | "project", name: string): void {
  if (name === "") throw new EngineError(`a ${what} name may not be empty`);
  if (name.length > LONGEST_NAME) {
    throw new EngineError(`a ${what} name cannot exceed ${LONGEST_NAME} characters, got ${name.length}`);
  }
  const position = name.search(/[^A-Za-z0-9_.-]/);
  if (position >= 0) {
    throw new EngineError(
      `a ${what} name may only contain alphanumeric, hyphens, underscores, or periods: ` +
        `invalid character '${name[position]}' at position ${position}`,
    );
  }
}
