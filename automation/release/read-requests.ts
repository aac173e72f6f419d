import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AutomationError } from "../errors";
import { parseExpectation, type Expectation } from "./expectation";

const REQUEST = ".request.json";
const EXPECTATION = ".expect.json";

/** A request that a new slot has to answer as expected. */
export interface TestCase {
  readonly name: string;
  /** What is sent, as the file has it. */
  readonly body: string;
  readonly expected: Expectation;
}

/**
 * Reads the cases of a folder: `NAME.request.json` is sent, `NAME.expect.json` says what has to come back. Throws a usage
 * error where there are none, where one of the two is missing, and for a file of another form: a test that checks nothing
 * would pass.
 */
export async function readRequests(directory: string): Promise<readonly TestCase[]> {
  const files = await readdir(directory).catch((cause: NodeJS.ErrnoException) => {
    throw new AutomationError("usage", `the folder of requests ${directory} cannot be read: ${cause.message}`, {
      hint: "name it: --requests DIR",
      cause,
    });
  });
  const named = (end: string) => files.filter((file) => file.endsWith(end)).map((file) => file.slice(0, -end.length));
  const [requests, expectations] = [named(REQUEST).sort(), named(EXPECTATION).sort()];
  const lone = [
    ...requests
      .filter((name) => !expectations.includes(name))
      .map((name) => `${name}${REQUEST} has no ${name}${EXPECTATION}`),
    ...expectations
      .filter((name) => !requests.includes(name))
      .map((name) => `${name}${EXPECTATION} has no ${name}${REQUEST}`),
  ];
  if (requests.length === 0 || lone.length > 0) {
    const what = lone.length > 0 ? lone.join("; ") : `it has no file that ends with ${REQUEST}`;
    throw new AutomationError("usage", `${directory}: ${what}`, {
      hint: `a case is two files, NAME${REQUEST} and NAME${EXPECTATION}`,
      errorCode: "request-files",
    });
  }
  return Promise.all(requests.map((name) => readCase(directory, name)));
}

async function readCase(directory: string, name: string): Promise<TestCase> {
  const file = join(directory, `${name}${REQUEST}`);
  const body = await readFile(file, "utf8");
  try {
    JSON.parse(body);
  } catch (cause) {
    throw new AutomationError("usage", `${file} is not JSON: ${(cause as Error).message}`, {
      hint: "correct it",
      cause,
    });
  }
  const expectation = join(directory, `${name}${EXPECTATION}`);
  return { name, body, expected: parseExpectation(await readFile(expectation, "utf8"), expectation) };
}
