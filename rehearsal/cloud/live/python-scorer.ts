import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type Scorer, ScoringError, type ScorerRequest } from "./scorer";

/** Lines of the log that are remembered. */
const LOG_LINES = 500;

/**
 * Runs a scoring script as Azure's inference server does: `init()` once, then `run(raw_data)` for each request. One line of
 * JSON goes in for each request, and one comes out; what the script prints goes to the log.
 */
const BRIDGE = `
import importlib.util, json, os, sys, traceback
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
def answer(message):
    text = json.dumps(message)
    answers.write(text + "\\n")
    answers.flush()
try:
    spec = importlib.util.spec_from_file_location("score", sys.argv[1])
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.init()
except BaseException as error:
    traceback.print_exc()
    answer({"failed": f"{type(error).__name__}: {error}"})
    sys.exit(1)
answer({"ready": True})
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer({"id": request["id"], "result": script.run(request["data"])})
    except Exception as error:
        traceback.print_exc()
        answer({"id": request["id"], "error": f"{type(error).__name__}: {error}"})
`;

interface Answer {
  readonly ready?: boolean;
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly failed?: string;
}

interface Waiting {
  resolve(result: string): void;
  reject(error: ScoringError): void;
}

/** Starts a scoring script in a process of its own, with the folder of its model as Azure names it. */
export async function pythonScorer(python: string, script: string, request: ScorerRequest): Promise<Scorer> {
  const home = await mkdtemp(join(tmpdir(), "trunkline-scoring-"));
  const modelDir = join(home, "azureml-models", ...request.model.split(":"));
  await mkdir(modelDir, { recursive: true });
  const env = { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" };
  const child = spawn(python, ["-c", BRIDGE, script], {
    cwd: dirname(script),
    env: { ...env, ...request.environment, AZUREML_MODEL_DIR: modelDir },
  });
  return new PythonScorer(child, home);
}

class PythonScorer implements Scorer {
  readonly ready: Promise<void>;
  readonly log: string[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private last = 0;
  private over: ScoringError | undefined;

  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly home: string,
  ) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      this.log.push(line);
      if (this.log.length > LOG_LINES) this.log.shift();
    });
    let start!: { resolve(this: void): void; reject(this: void, error: ScoringError): void };
    this.ready = new Promise<void>((resolve, reject) => (start = { resolve, reject }));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const answer = JSON.parse(line) as Answer;
      if (answer.ready) start.resolve();
      else if (answer.failed !== undefined) start.reject(new ScoringError(answer.failed));
      else this.settle(answer);
    });
    this.ended = new Promise<void>((end) => {
      const over = (message: string): void => {
        this.over = new ScoringError(message);
        start.reject(this.over);
        for (const waiting of this.waiting.values()) waiting.reject(this.over);
        this.waiting.clear();
        end();
      };
      child.once("error", (error) => over(`the scoring process did not start: ${error.message}`));
      child.once("close", (code, signal) => over(`the scoring process ended with ${signal ?? `code ${code}`}`));
    });
    // Whoever waits for it is told; where nobody does, nothing is lost.
    this.ready.catch(() => {});
    // Writing to a process that has ended is told by its end.
    child.stdin.on("error", () => {});
  }

  score(data: string): Promise<string> {
    if (this.over) return Promise.reject(this.over);
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.stdin.write(`${JSON.stringify({ id, data })}\n`);
    });
  }

  async close(): Promise<void> {
    this.child.stdin.end();
    // A script that is at work for longer than that is not waited for.
    const late = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await this.ended;
    clearTimeout(late);
    await rm(this.home, { recursive: true, force: true });
  }

  private settle({ id, result, error }: Answer): void {
    const waiting = this.waiting.get(id ?? 0);
    this.waiting.delete(id ?? 0);
    if (error !== undefined) waiting?.reject(new ScoringError(error));
    else waiting?.resolve(JSON.stringify(result ?? null));
  }
}

/** Whether a Python can be started by this name. */
export async function pythonRuns(python: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(python, ["--version"], { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}
