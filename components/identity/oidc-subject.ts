/** Form of the `sub` claim in a token of GitHub Actions. */
export type SubjectFormat = "named" | "immutable";

/** The repository that a token speaks for. */
export interface SubjectRepository {
  /** `owner/name`, in the case that GitHub shows. */
  readonly fullName: string;
  readonly ownerId: number;
  readonly id: number;
  /** Forms to trust. GitHub sends one of them, which one depends on the repository's age and settings. @default both */
  readonly subjectFormats?: readonly SubjectFormat[];
}

/** What a job runs for, as far as the `sub` claim says. A job that names an environment says only that. */
export type SubjectContext =
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "branch"; readonly name: string }
  | { readonly kind: "pull_request" };

/**
 * The `sub` claims that GitHub sends for one kind of job, one for each form to trust, to be compared letter by letter.
 * See https://docs.github.com/en/actions/reference/security/oidc.
 */
export function oidcSubjects(repository: SubjectRepository, context: SubjectContext): string[] {
  const [owner = "", name = ""] = repository.fullName.split("/");
  const prefixes: Record<SubjectFormat, string> = {
    named: `repo:${owner}/${name}`,
    immutable: `repo:${owner}@${repository.ownerId}/${name}@${repository.id}`,
  };
  const formats = repository.subjectFormats ?? (["named", "immutable"] as const);
  return formats.map((format) => `${prefixes[format]}:${contextClaim(context)}`);
}

function contextClaim(context: SubjectContext): string {
  switch (context.kind) {
    case "environment":
      return `environment:${context.name.replaceAll(":", "%3A")}`;
    case "branch":
      return `ref:refs/heads/${context.name.replaceAll(":", "%3A")}`;
    case "pull_request":
      return "pull_request";
  }
}
