import { CliProject } from "../support/cli-project";

const program = (bucket: string, before: string, tags: string) => `import { Provider } from "@pulumi/aws/provider";
import { Bucket } from "@pulumi/aws/s3/bucket";
import * as pulumi from "@pulumi/pulumi";
const provider = new Provider("aws", { region: "us-east-1", allowedAccountIds: ["111111111111"] });
${before}
export const bucket = new Bucket("bucket", { bucket: "${bucket}", tags: ${tags} }, { provider }).bucket;
`;

const project = (name: string) =>
  `name: ${name}\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n`;

/** The simulated cloud has the accounts that some project is configured with. */
const SETTINGS = 'config:\n  trunkline:aws: { accountId: "111111111111", region: us-east-1 }\n';

/** A workspace of two projects, of which \`app\` reads an output of \`network\`. */
export function twoStacks(): CliProject {
  return new CliProject({
    "package.json": '{ "name": "sample", "version": "1.0.0" }',
    "trunkline.yaml": "projects:\n  app: { dependsOn: [network] }\n",
    "network/Pulumi.yaml": project("network"),
    "network/Pulumi.dev.yaml": SETTINGS,
    "network/index.ts": program("acme-network", "", "{}"),
    "app/Pulumi.yaml": project("app"),
    "app/Pulumi.dev.yaml": SETTINGS,
    "app/index.ts": program(
      "acme-app",
      'const network = new pulumi.StackReference("organization/network/dev").requireOutput("bucket");',
      "{ network }",
    ),
  });
}
