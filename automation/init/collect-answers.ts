import { basename } from "node:path";
import { AutomationError } from "../errors";
import type { Questions } from "../ports/questions";
import {
  acceptable,
  ANSWER_OPTIONS,
  answerFault,
  CI_SYSTEMS,
  type InitAnswers,
  initAnswersSchema,
  STATE_CLOUDS,
} from "./init-answers";
import { type SystemName, SYSTEM_NAMES, SYSTEMS } from "./systems";

/** Answers as options give them, unchecked. */
export type GivenAnswers = { readonly [Answer in keyof InitAnswers]?: unknown };

const STATE_TITLES = { aws: "AWS: an S3 bucket", azure: "Azure: a storage account without keys" } as const;
const CI_TITLES = { github: "GitHub Actions", azure: "Azure Pipelines" } as const;

/** What the repository itself suggests: its remote says whose it is, and which CI system it has. */
export function suggestedAnswers(root: string, origin: string | undefined): GivenAnswers {
  const [, owner, repository] = /[/:]([^/:\s]+)\/([^/\s]+?)(?:\.git)?\/?$/.exec(origin ?? "") ?? [];
  const azure = /dev\.azure\.com|visualstudio\.com/.test(origin ?? "");
  const organization = acceptable(owner ?? "");
  return {
    directory: "",
    name: basename(root).replace(/[^A-Za-z0-9_.-]+/g, "-"),
    ...(owner && repository && !azure && { repository: `${owner}/${repository}` }),
    ...(organization && !azure && { organization }),
    systems: [],
    ci: azure ? "azure" : "github",
  };
}

/**
 * The answers that options give; the others are asked for where somebody can be asked, else they are what is suggested.
 * Throws one usage error that names every option that is faulty or missing.
 */
export async function collectAnswers(
  given: GivenAnswers,
  suggested: GivenAnswers,
  questions: Questions | undefined,
): Promise<InitAnswers> {
  check(given, Object.keys(given) as (keyof InitAnswers)[]);
  const answers = questions
    ? await ask(given, suggested, questions)
    : { ...suggested, ...given, organization: given.organization ?? organizationOf(given) ?? suggested.organization };
  check(answers, Object.keys(ANSWER_OPTIONS) as (keyof InitAnswers)[]);
  return initAnswersSchema.parse(answers);
}

/** The organization that the owner of a repository suggests. */
function organizationOf({ repository }: GivenAnswers): string | undefined {
  return typeof repository === "string" ? acceptable(repository.split("/")[0] ?? "") : undefined;
}

async function ask(given: GivenAnswers, suggested: GivenAnswers, questions: Questions): Promise<GivenAnswers> {
  const text = async (answer: keyof InitAnswers, message: string, initial = suggested[answer]) =>
    given[answer] ??
    (await questions.input(message, (value) => answerFault(answer, value), initial as string | undefined));
  const titled = <T extends string>(titles: Readonly<Record<T, string>>) =>
    (Object.keys(titles) as T[]).map((value) => ({ value, name: titles[value] }));
  const repository = await text("repository", "Repository, as owner/name:");
  const organization = suggested.organization ?? organizationOf({ repository });
  return {
    directory: given.directory ?? suggested.directory,
    repository,
    organization: await text("organization", "Short name of the organization, with which names begin:", organization),
    name: await text("name", "Name of the Pulumi project:"),
    state: given.state ?? (await questions.select("Where is state kept?", titled(STATE_TITLES), suggested.state)),
    systems:
      given.systems ??
      (await questions.several(
        "What else is there?",
        SYSTEM_NAMES.map((value) => ({ value, name: SYSTEMS[value].title })),
        (suggested.systems ?? []) as readonly SystemName[],
      )),
    ci: given.ci ?? (await questions.select("What runs CI?", titled(CI_TITLES), suggested.ci)),
  };
}

function check(answers: GivenAnswers, names: readonly (keyof InitAnswers)[]): void {
  const faults = names.flatMap((name) => {
    if (answers[name] === undefined) return [`${ANSWER_OPTIONS[name]} is missing`];
    const fault = answerFault(name, answers[name]);
    return fault === undefined ? [] : [`${ANSWER_OPTIONS[name]}: ${fault}`];
  });
  if (faults.length === 0) return;
  throw new AutomationError("usage", `init cannot begin:\n${faults.map((fault) => `  ${fault}`).join("\n")}`, {
    hint: `for example: trunkline init --repository owner/name --state ${STATE_CLOUDS.join("|")} --ci ${CI_SYSTEMS.join("|")}`,
  });
}
