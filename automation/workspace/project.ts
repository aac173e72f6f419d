/** A Pulumi project of the workspace; with an environment it is a stack. */
export interface Project {
  /** Its name in `Pulumi.yaml`. */
  readonly name: string;
  /** The directory of its `Pulumi.yaml`, absolute. */
  readonly directory: string;
  /** The same from the workspace's root, with `/`; `.` for the root itself. */
  readonly path: string;
}
