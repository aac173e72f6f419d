/** Stack references that a program's text makes: the names of their projects, and whether one is computed. */
export interface DeclaredReferences {
  readonly projects: readonly string[];
  /** A reference names its project only when the program runs. */
  readonly computed: boolean;
}

const CALL = /new [\w$.]*\bStackReference\d*\(/g;

/** The first text or template after a call, or after the `name` of its arguments. */
const TEXT = /^\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/;
const NAMED = /^[^;]{0,300}?\{[^;]{0,200}?\bname:\s*/;

/**
 * Finds the stack references of a program in its text, which has to be without comments and types: what is between the
 * slashes of `organization/project/stack`, where that is written out.
 * @see https://www.pulumi.com/docs/iac/concepts/stacks/#stackreferences
 */
export function declaredReferences(text: string): DeclaredReferences {
  const projects = new Set<string>();
  let computed = false;
  for (const call of text.matchAll(CALL)) {
    const args = text.slice(call.index + call[0].length, call.index + call[0].length + 1_000);
    const named = NAMED.exec(args);
    const texts = [textAt(args), ...(named ? [textAt(args.slice(named[0].length))] : [])];
    const project = texts.map(projectOf).find((name) => name !== undefined);
    if (project === undefined) computed = true;
    else projects.add(project);
  }
  return { projects: [...projects].sort(), computed };
}

function textAt(args: string): string | undefined {
  const [, double, single, template] = TEXT.exec(args) ?? [];
  return double ?? single ?? template;
}

/** The project of `organization/project/stack`; what a template fills in is anything but a slash. */
function projectOf(name: string | undefined): string | undefined {
  const parts = name?.replace(/\$\{[^}]*\}/g, "\0").split("/");
  const project = parts?.length === 3 ? parts[1] : undefined;
  return project === undefined || project === "" || project.includes("\0") ? undefined : project;
}
