/** What is done to a resource. A replacement is one change: never an update, a create beside a delete, or nothing. */
export const CHANGE_ACTIONS = ["create", "update", "replace", "delete", "import", "read", "refresh"] as const;

/** What is done to a resource. */
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

/** What an operation does to one resource, or would do. */
export interface Change {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly action: ChangeAction;
  /** Data is lost where such a resource is deleted or replaced. */
  readonly stateful: boolean;
  /** Marked in the program, so that a deletion is refused. */
  readonly protected: boolean;
  /** Sorted by path. */
  readonly properties: readonly PropertyChange[];
}

/** How one property of a resource changes. */
export interface PropertyChange {
  /** As the engine writes it: `tags.owner`, `rules[0].days`, `labels["a.b"]`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  /** The resource is replaced because of it. */
  readonly replaces: boolean;
  /** A value holds a secret, which is masked. */
  readonly secret: boolean;
  /** Absent where there was none. */
  readonly old?: unknown;
  /** Absent where there will be none. */
  readonly new?: unknown;
  /** Of a value that holds a secret: its digest with the bundle's salt, by which one can tell whether it moved. */
  readonly oldDigest?: string;
  readonly newDigest?: string;
  /** A provider makes the new value up, anew at each preview; the plan holds what it is made from. */
  readonly generated?: true;
  /** Of a difference to the cloud: why `trunkline.yaml` allows it. */
  readonly allowed?: string;
}
