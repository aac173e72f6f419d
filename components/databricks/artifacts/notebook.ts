import { isMap, LineCounter, parseDocument } from "yaml";
import type { ArtifactFault } from "./artifact-fault";
import { type ArtifactFile, base64Of, textOf } from "./artifact-file";
import type { NotebookFile } from "./artifact-set";
import { firstLine } from "./json-file";

/** Languages by the extension of the file, as Databricks exports notebooks. */
const languages = { py: "PYTHON", sql: "SQL", scala: "SCALA", r: "R" } as const;
const allowed = `a notebook that ends in .ipynb, ${Object.keys(languages)
  .map((extension) => `.${extension}`)
  .join(", ")}`;

/** The notebook of a file, or what is wrong with it. */
export function notebookOf(file: ArtifactFile): { value?: NotebookFile; faults: ArtifactFault[] } {
  const [, path = "", extension = ""] = /^notebooks\/(.*?)(?:\.([^./]*))?$/.exec(file.path) ?? [];
  const contentBase64 = base64Of(file);
  if (extension.toLowerCase() === "ipynb") {
    const faults = jupyterFaults(file);
    return faults.length > 0 ? { faults } : { value: { path, contentBase64, format: "JUPYTER" }, faults };
  }
  const language = Object.entries(languages).find(([known]) => known === extension.toLowerCase())?.[1];
  if (language === undefined) {
    const problem = extension === "" ? "has no language" : `is in an unknown language, .${extension}`;
    return { faults: [{ file: file.path, problem, allowed }] };
  }
  return { value: { path, contentBase64, format: "SOURCE", language }, faults: [] };
}

/** What Databricks would refuse of a Jupyter notebook: it is JSON with a list of cells. */
function jupyterFaults(file: ArtifactFile): ArtifactFault[] {
  const lines = new LineCounter();
  const { errors, contents } = parseDocument(textOf(file), { schema: "json", lineCounter: lines });
  const [error] = errors;
  const problem = error
    ? firstLine(error.message)
    : isMap(contents) && contents.has("cells")
      ? undefined
      : "has no cells";
  if (problem === undefined) return [];
  const { line, col: column } = lines.linePos(error?.pos[0] ?? 0);
  return [{ file: file.path, position: { line, column }, problem, allowed: "a notebook of Jupyter: JSON with cells" }];
}
