import { createHash } from "node:crypto";

/** Text files from which an image is built, by their path; one of them is the `Dockerfile`. */
export type BuildContext = Readonly<Record<string, string>>;

/** A tag that depends on every file of the context and on nothing else: the first 16 hexadecimal digits of a SHA-256. */
export function contextTag(context: BuildContext): string {
  const digest = createHash("sha256");
  for (const path of Object.keys(context).sort()) {
    digest.update(JSON.stringify([path, context[path]]));
  }
  return digest.digest("hex").slice(0, 16);
}

/**
 * A task of a container registry, as YAML in base64, that writes the files of the context and builds and pushes the
 * image: nothing has to be uploaded first. Throws an Error for a context without a Dockerfile or with a path outside it.
 * See https://learn.microsoft.com/azure/container-registry/container-registry-tasks-reference-yaml.
 */
export function buildTask(image: string, context: BuildContext): string {
  if (!("Dockerfile" in context)) {
    throw new Error(
      `the build context of ${image} has no Dockerfile, it has ${Object.keys(context).sort().join(", ")}`,
    );
  }
  const files = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  const writes = files.map(([path, content]) => {
    if (!/^(?!.*(?:^|\/)\.\.(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/.test(path)) {
      throw new Error(
        `the build context of ${image} has the path ${JSON.stringify(path)}, allowed are relative paths of letters, digits and any of _.-/`,
      );
    }
    const folder = path.includes("/") ? `mkdir -p context/${path.slice(0, path.lastIndexOf("/"))} && ` : "";
    return `${folder}echo ${Buffer.from(content).toString("base64")} | base64 -d > context/${path}`;
  });
  const task = {
    version: "v1.1.0",
    steps: [
      { id: "write", cmd: `bash -c '${["mkdir -p context", ...writes].join(" && ")}'` },
      { id: "build", build: `-t $Registry/${image} -f context/Dockerfile context`, when: ["write"] },
      { id: "push", push: [`$Registry/${image}`], when: ["build"] },
    ],
  };
  return Buffer.from(JSON.stringify(task)).toString("base64");
}
