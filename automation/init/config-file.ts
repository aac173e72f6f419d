import { Document, isMap, isScalar } from "yaml";
import { configNamespace, parseEnvironmentConfig } from "../../components/environment-config";
import { ENVIRONMENTS, type EnvironmentName } from "../stack/stack-for-branch";
import type { InitAnswers } from "./init-answers";
import { mergeSections } from "./merge-sections";
import { standIn, standInId } from "./stand-in";
import { SYSTEMS, type InitSystem, type SystemContext } from "./systems";

/** The branches that deploy to each environment, as the built-in rules have them. */
const BRANCHES: Readonly<Record<EnvironmentName, string>> = { dev: "feature/**", tst: "develop", prd: "main" };

const HEAD = (schema: string) => ` yaml-language-server: $schema=${schema}
 Values with the comment "stand-in" are nobody's: replace them before the first update of a real cloud.`;

/** The text of an environment's `Pulumi.<env>.yaml`, which the program accepts. Throws EnvironmentConfigError where it would not. */
export function configFile(environment: EnvironmentName, answers: InitAnswers): string {
  const sections = sectionsOf(environment, answers);
  const document = new Document({
    config: {
      "pulumi:disable-default-providers": ["*"],
      ...Object.fromEntries(Object.entries(sections).map(([key, value]) => [`${configNamespace}:${key}`, value])),
    },
  });
  const up = answers.directory === "" ? "" : "../".repeat(answers.directory.split("/").length);
  document.commentBefore = HEAD(`${up}node_modules/trunkline/docs/config.schema.json`);
  noteDefaultProviders(document);
  const plain = document.toJS() as { config: Record<string, unknown> };
  const prefix = `${configNamespace}:`;
  const raw = Object.entries(plain.config).filter(([key]) => key.startsWith(prefix));
  parseEnvironmentConfig(environment, Object.fromEntries(raw.map(([key, value]) => [key.slice(prefix.length), value])));
  return document.toString({ lineWidth: 0 });
}

function sectionsOf(environment: EnvironmentName, answers: InitAnswers): Record<string, unknown> {
  const { organization, repository, state, systems, ci } = answers;
  const federated = ci === "github";
  const context: SystemContext = { environment, organization, federated };
  const base = {
    organization,
    repository: {
      fullName: repository,
      ownerId: standIn(1, "owner.id of api.github.com/repos/{owner}/{name}"),
      id: standIn(1, "id of api.github.com/repos/{owner}/{name}"),
    },
  };
  const chosen = systems.map((name) => (SYSTEMS[name] as InitSystem).config(context));
  const needed = mergeSections([state === "aws" ? { aws: { state: {} } } : { azure: { state: {} } }, ...chosen]);
  return mergeSections([
    base,
    ...("aws" in needed ? [{ aws: awsAccount(context) }] : []),
    ...("azure" in needed ? [{ azure: azureSubscription(context) }] : []),
    needed,
    ...(federated ? [{ github: governance(environment) }] : []),
  ]);
}

function awsAccount({ environment, federated }: SystemContext): Record<string, unknown> {
  const digit = String(ENVIRONMENTS.indexOf(environment) + 1);
  const policy = "arn:aws:iam::aws:policy/PowerUserAccess";
  return {
    accountId: standIn(digit.repeat(12), `the AWS account of ${environment}`),
    region: "us-east-1",
    ...(federated && { identity: { oidcProvider: { create: {} }, writePolicyArns: [policy] } }),
  };
}

function azureSubscription({ environment, federated }: SystemContext): Record<string, unknown> {
  return {
    subscriptionId: standInId(environment, `the Azure subscription of ${environment}`),
    tenantId: standInId("all", "your tenant (directory)"),
    location: "westeurope",
    ...(federated && { identity: { roles: ["Contributor"], previewRoles: ["Reader"] } }),
  };
}

function governance(environment: EnvironmentName): Record<string, unknown> {
  const branch = BRANCHES[environment];
  return {
    deploymentBranches: [branch],
    ...(environment === "prd" && { reviewers: { teams: [standIn(1, "the team that approves, by its number")] } }),
    ...(environment !== "dev" && { branchProtection: { [branch]: { requiredStatusChecks: ["preview"] } } }),
  };
}

function noteDefaultProviders(document: Document): void {
  const config = document.get("config");
  const [first] = isMap(config) ? config.items : [];
  if (isScalar(first?.key)) {
    first.key.commentBefore = " Every resource names its provider; one that does not is refused.";
  }
}
