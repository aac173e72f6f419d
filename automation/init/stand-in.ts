import { createHash } from "node:crypto";
import { Scalar } from "yaml";

/** Stands at the end of each line of a configuration that its owner has to replace. */
export const STAND_IN = "stand-in:";

/** A value of the right form that is nobody's, marked with what has to stand there. */
export function standIn<T extends string | number>(value: T, words: string): Scalar<T> {
  const scalar = new Scalar(value);
  scalar.comment = ` ${STAND_IN} ${words}`;
  return scalar;
}

/** A UUID of nobody, the same for the same words. */
export function standInId(environment: string, words: string): Scalar<string> {
  const digits = createHash("sha256").update(`${environment} ${words}`).digest("hex");
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
  return standIn([...parts, digits.slice(20, 32)].join("-"), words);
}

/** How many values of a configuration are stand-ins. */
export function countStandIns(text: string): number {
  return text.split("\n").filter((line) => line.includes(`# ${STAND_IN}`)).length;
}
