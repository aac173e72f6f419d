import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePosition, StackTrace } from "@pulumi/pulumi/proto/source_pb";

/** Where in the project a resource is made, as the state has it. */
export interface SourcePlace {
  readonly sourcePosition: string | undefined;
  readonly stackTrace: readonly { sourcePosition: string }[] | undefined;
}

/** The place that a request of the program names, with paths relative to the project. */
export function sourcePlace(
  projectRoot: string,
  request: { getSourceposition(): SourcePosition | undefined; getStacktrace(): StackTrace | undefined },
): SourcePlace {
  const frames = request.getStacktrace()?.getFramesList();
  return {
    sourcePosition: positionOf(projectRoot, request.getSourceposition()),
    stackTrace: frames?.map((frame) => ({ sourcePosition: positionOf(projectRoot, frame.getPc()) ?? "" })),
  };
}

function positionOf(projectRoot: string, position: SourcePosition | undefined): string | undefined {
  if (!position?.getUri().startsWith("file://")) return undefined;
  const column = position.getColumn() ? `,${position.getColumn()}` : "";
  try {
    const path = relative(projectRoot, fileURLToPath(position.getUri())).split("\\").join("/");
    return `project:///${path}#${position.getLine()}${column}`;
  } catch {
    // A place that is no file of this machine helps nobody.
    return undefined;
  }
}
