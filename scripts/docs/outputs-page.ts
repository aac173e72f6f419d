import { join } from "node:path";
import { outputsContractVersion } from "../../components/outputs";
import { declarationsOf, type Declared, type DeclaredMember } from "./declarations";
import { code, GENERATED, table } from "./markdown";

/** docs/reference/outputs.md: what an environment exports for other projects, by path. */
export function outputsPage(root: string): string {
  const declared = declarationsOf(join(root, "components/outputs.ts"));
  const environment = declared.find(({ name }) => name === "EnvironmentOutputs");
  if (environment === undefined) throw new Error("components/outputs.ts has no EnvironmentOutputs");
  return [
    "# Outputs",
    "",
    GENERATED,
    "",
    `What other projects read from the stack of an environment: version ${outputsContractVersion} of the contract. A part that`,
    "an environment does not have is absent.",
    "",
    ...table(["Output", "Type", "What it is"], rows("", environment.members, declared)),
  ].join("\n");
}

function rows(path: string, members: readonly DeclaredMember[], declared: readonly Declared[]): string[][] {
  return members.flatMap((member) => {
    const { name, type, optional, doc } = member;
    const here = path === "" ? name : `${path}.${name}`;
    const inner = member.members.length > 0 ? member.members : declared.find((one) => one.name === type)?.members;
    const shown = inner ? "section" : type.replaceAll("pulumi.", "").replace(/^Output<(.*)>$/, "$1");
    return [
      [code(`${here}${optional ? "?" : ""}`), inner ? shown : code(shown), doc],
      ...rows(here, inner ?? [], declared),
    ];
  });
}
