import { randomInt } from "node:crypto";
import type { PropertyMap } from "../../../engine/values/property-value";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const NUMERIC = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** A random text with as many characters of each kind as the inputs of RandomString or RandomPassword ask for. */
export function randomText(inputs: PropertyMap): string {
  const special =
    typeof inputs.overrideSpecial === "string" && inputs.overrideSpecial !== "" ? inputs.overrideSpecial : SPECIAL;
  const kinds: [string, unknown, unknown][] = [
    [LOWER, inputs.lower, inputs.minLower],
    [LOWER.toUpperCase(), inputs.upper, inputs.minUpper],
    [NUMERIC, inputs.numeric, inputs.minNumeric],
    [special, inputs.special, inputs.minSpecial],
  ];
  const pick = (from: string): string => from[randomInt(from.length)]!;
  const characters = kinds.flatMap(([from, , least]) => Array.from({ length: Number(least ?? 0) }, () => pick(from)));
  const all = kinds.flatMap(([from, wanted]) => (wanted === false ? [] : [from])).join("");
  while (characters.length < Number(inputs.length)) characters.push(pick(all));
  return shuffled(characters).join("");
}

function shuffled(characters: string[]): string[] {
  const result = [...characters];
  for (let i = result.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
