/** A Pulumi project that runs through tsx. */
export function projectFile(name: string): string {
  return `name: ${name}\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n`;
}

/** A workspace of two projects that share a module; `web` reads an output of `network`. */
export const WORKSPACE_FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "workspace", "version": "1.0.0", "private": true }',
  ".gitignore": "node_modules\n",
  "shared/size.ts": "export const size = 2;\n",
  "network/Pulumi.yaml": projectFile("network"),
  "network/Pulumi.dev.yaml": "config: {}\n",
  "network/index.ts": `import { RandomPet } from "@pulumi/random/randomPet";
import { size } from "../shared/size";
export const network = new RandomPet("network", { length: size }).id;
`,
  "web/Pulumi.yaml": projectFile("web"),
  "web/Pulumi.dev.yaml": "config: {}\n",
  "web/index.ts": `import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";
const other = new pulumi.StackReference(\`organization/network/\${pulumi.getStack()}\`);
const prefix = other.requireOutput("network") as pulumi.Output<string>;
export const web = new RandomPet("web", { prefix }).id;
`,
};
