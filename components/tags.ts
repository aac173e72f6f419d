/** What the common tags say about a resource. */
export interface TagSubject {
  readonly organization: string;
  readonly environment: string;
  /** `owner/name` of the repository whose program declares the resource. */
  readonly repository: string;
  /** Further tags of the config; they cannot replace the common ones. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** The tags that every resource of an environment carries, so that its owner and its source can be found from a bill. */
export function commonTags({ organization, environment, repository, extra = {} }: TagSubject): Record<string, string> {
  return { ...extra, organization, environment, repository, "managed-by": "trunkline" };
}

/** Keys that {@link commonTags} sets itself. */
export const commonTagKeys: readonly string[] = ["organization", "environment", "repository", "managed-by"];
