/** Why a project is to be brought up. */
export type Reason =
  /** It is not known what was deployed, or what has changed since. */
  | { readonly kind: "base"; readonly text: string }
  /** A file that its program imports. */
  | { readonly kind: "program"; readonly path: string }
  /** `Pulumi.yaml`, or the settings of the environment. */
  | { readonly kind: "config"; readonly path: string }
  /** A file that decides what imports mean: `package.json`, `tsconfig.json`. */
  | { readonly kind: "manifest"; readonly path: string }
  /** Packages of the lockfile that its program reaches. */
  | { readonly kind: "packages"; readonly path: string; readonly names: readonly string[] }
  /** A file that it is declared to read. */
  | { readonly kind: "artifact"; readonly path: string; readonly glob: string }
  /** The settings of the pipeline. */
  | { readonly kind: "settings"; readonly path: string }
  /** A file of which nobody says what it is for. */
  | { readonly kind: "unknown"; readonly path: string }
  /** Its program cannot be read, or not all of it. */
  | { readonly kind: "unreadable"; readonly text: string }
  /** A project that it depends on is brought up, and may get other outputs. */
  | { readonly kind: "upstream"; readonly project: string };

/** Packages that are named before the rest is counted. */
const NAMED = 3;

/** A reason as a phrase. */
export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case "base":
    case "unreadable":
      return reason.text;
    case "program":
      return `its program imports ${reason.path}`;
    case "config":
      return `it is configured by ${reason.path}`;
    case "manifest":
      return `${reason.path} decides what its imports mean`;
    case "packages": {
      const { names, path } = reason;
      const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
      return `its program reaches ${names.slice(0, NAMED).join(", ")}${more} in ${path}`;
    }
    case "artifact":
      return `it is declared to read ${reason.path} (${reason.glob})`;
    case "settings":
      return `${reason.path} says how the pipeline works`;
    case "unknown":
      return `nobody says what ${reason.path} is for`;
    case "upstream":
      return `it depends on ${reason.project}, which is brought up`;
  }
}
