import type { InitAnswers } from "./init-answers";

/** Texts of this package that go into another repository as they are. */
export interface PackagedFiles {
  /** The text of a file of this package, by its path from the package's root. */
  read(path: string): string;
}

const PERMISSIONS = `    permissions:
      contents: read
      actions: read
      pull-requests: write
      id-token: write
`;

const PIPELINE = `# A pull request is previewed, a push is planned and applied behind the gate of trunkline.yaml.
name: trunkline

on:
  pull_request:
    branches: [main, develop, "feature/**"]
  push:
    branches: [main, develop, "feature/**"]

permissions: {}

jobs:
  deploy:
    uses: ./.github/workflows/trunkline-deploy.yml
${PERMISSIONS}
  # The check that branch protection asks for by this name.
  preview:
    needs: deploy
    if: always()
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    steps:
      - env:
          RESULT: \${{ needs.deploy.result }}
        run: test "$RESULT" = success
`;

const DRIFT = `# Compares what is in the cloud with what was applied, for the environment of the branch that this runs on.
name: trunkline-drift

on:
  workflow_dispatch:

permissions: {}

jobs:
  drift:
    uses: ./.github/workflows/trunkline-deploy.yml
${PERMISSIONS}    with:
      drift: true
`;

const SCHEDULED = `# A schedule runs on the default branch only, and an environment lets only its own branches in: drift is looked for on each
# branch that an environment is deployed from.
name: trunkline-scheduled

on:
  schedule:
    - cron: "17 4 * * *"
  workflow_dispatch:

permissions: {}

jobs:
  start:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      actions: write
    strategy:
      fail-fast: false
      matrix:
        branch: [develop, main]
    steps:
      - env:
          GH_TOKEN: \${{ github.token }}
          BRANCH: \${{ matrix.branch }}
        run: gh workflow run trunkline-drift.yml --repo "$GITHUB_REPOSITORY" --ref "$BRANCH"
`;

const AZURE_FILES = ["azure-pipelines.yml", "azure-pipelines/environment.yml", "azure-pipelines/trunkline.yml"];

/** This package's own pipeline builds it first; elsewhere it is installed. */
function withoutBuild(text: string): string {
  return text.replace(/^ +build: npm run build\n/gm, "");
}

/** The files of the CI system, by path from the repository's root. */
export function pipelineFiles({ ci }: InitAnswers, packaged: PackagedFiles): Record<string, string> {
  if (ci === "azure") {
    return Object.fromEntries(AZURE_FILES.map((path) => [path, withoutBuild(packaged.read(path))]));
  }
  return {
    ".github/workflows/trunkline.yml": PIPELINE,
    ".github/workflows/trunkline-deploy.yml": packaged.read(".github/workflows/deploy.yml"),
    ".github/workflows/trunkline-drift.yml": DRIFT,
    ".github/workflows/trunkline-scheduled.yml": SCHEDULED,
  };
}

/** The text of `trunkline.yaml`. */
export function settingsFile({ name, directory, ci }: InitAnswers): string {
  const folder = directory === "" ? "" : `${directory}/`;
  const reviewer = ci === "github" ? "a reviewer of its GitHub environment" : "whoever has to approve its stage";
  return `# yaml-language-server: $schema=node_modules/trunkline/docs/trunkline.schema.json
# main deploys to prd, develop to tst, feature/** to dev: trunkline status prints the whole decision.
projects:
  ${JSON.stringify(name)}:
    # What the program reads without importing it.
    artifacts:
      - ${folder}artifacts/**
gate:
  # prd is applied once ${reviewer}, or the person at the terminal, approves.
  prd:
    - from: ${ci === "github" ? "environment" : "stage"}
    - from: prompt
`;
}
