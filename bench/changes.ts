import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { affectedProjects } from "../automation/changes/affected-projects";
import { git } from "../automation/ports/git";
import { gitSnapshot } from "../automation/ports/git-snapshot";
import { DEFAULT_SETTINGS } from "../automation/settings/settings-schema";
import { findProjects } from "../automation/workspace/find-projects";
import { median } from "./cpu-seconds";

const root = join(__dirname, "..");

/** The size of the repository, and what of it is programs. */
const FILES = 50_000;
const PROJECTS = 20;
const MODULES = 25;
const SHARED = 100;
const RUNS = 7;
const TARGET_MS = 300;

/**
 * Prints how long it takes to find the projects of a repository of 50,000 files and to decide which of them changed, and
 * the same as a ratio to `git status`, which looks at every file too.
 */
export async function benchChanges(): Promise<void> {
  const repository = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-bench-")));
  try {
    const base = makeRepository(repository);
    const figures = { status: [] as number[], changes: [] as number[] };
    let cpu = 0;
    for (let run = 0; run <= RUNS; run++) {
      const status = await timed(() => gitStatus(repository));
      const before = cpuMs();
      const changes = await timed(() => decide(repository, base));
      // The first run warms the caches of the disk, of git and of esbuild's own process.
      if (run === 0) continue;
      cpu += cpuMs() - before;
      figures.status.push(status);
      figures.changes.push(changes);
    }
    // What else runs on the machine only adds to a figure: the fastest run is the nearest to what the work takes.
    const [status, changes] = [Math.min(...figures.status), Math.min(...figures.changes)];
    const told = changes <= TARGET_MS ? "met" : "missed";
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    process.stdout.write(
      `git status, ${FILES} files               fastest ${ms(status)}, median ${ms(median(figures.status))}\n` +
        `change detection, ${PROJECTS} projects of them  fastest ${ms(changes)}, median ${ms(median(figures.changes))}` +
        `, CPU ${ms(cpu / RUNS)}  ratio ${(changes / status).toFixed(2)}  target ${TARGET_MS} ms: ${told}\n`,
    );
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

async function decide(repository: string, base: string): Promise<void> {
  const seen = gitSnapshot(git, repository);
  const projects = await findProjects(repository, seen);
  const bases = new Map(projects.map(({ name }) => [name, { kind: "commit", commit: base } as const]));
  const question = { root: repository, projects, environment: "dev", settings: DEFAULT_SETTINGS, bases };
  const affected = (await affectedProjects(seen, question)).filter(({ reasons }) => reasons.length > 0);
  const names = affected.map(({ project }) => project.name).join();
  if (names !== "p3,p7") throw new Error(`p3 and p7 have changed, the decision names ${names || "none"}`);
}

function gitStatus(repository: string): void {
  run(repository, "status", "--porcelain=v2", "-z", "--untracked-files=all");
}

/** CPU of this process and all that it started, in milliseconds, to the hundredth of a second; Linux only. */
function cpuMs(): number {
  const ticks = readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    let stat: string;
    try {
      stat = readFileSync(`/proc/${name}/stat`, "utf8");
    } catch {
      return [];
    }
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const own = Number(name) === process.pid;
    if (!own && fields[1] !== process.pid) return [];
    // utime and stime, and of children that have ended cutime and cstime.
    return [fields.slice(11, own ? 15 : 13).reduce((sum, value) => sum + value, 0)];
  });
  return ticks.reduce((sum, value) => sum + value, 0) * 10;
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Makes the repository, commits it, and changes a module of p3 and the settings of p7; answers the first commit. */
function makeRepository(repository: string): string {
  const write = (path: string, content: string) => {
    const file = join(repository, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  write("package.json", readFileSync(join(root, "package.json"), "utf8"));
  write("package-lock.json", readFileSync(join(root, "package-lock.json"), "utf8"));
  for (let i = 0; i < SHARED; i++) {
    const next = i + 1 < SHARED ? `import { value as next } from "./s${i + 1}";\n` : "const next = 0;\n";
    write(`shared/s${i}.ts`, `${next}export const value = next + ${i};\n`);
  }
  for (let p = 0; p < PROJECTS; p++) {
    write(`stacks/p${p}/Pulumi.yaml`, `name: p${p}\nmain: index.ts\nruntime: nodejs\n`);
    write(`stacks/p${p}/Pulumi.dev.yaml`, "config: {}\n");
    for (let m = 0; m < MODULES; m++) {
      write(
        `stacks/p${p}/m${m}.ts`,
        `import { z } from "zod";\nimport { value } from "../../shared/s${m}";\nexport const m = z.number().parse(value);\n`,
      );
    }
    const imports = Array.from({ length: MODULES }, (_, m) => `export { m as m${m} } from "./m${m}";\n`);
    write(`stacks/p${p}/index.ts`, `import "@pulumi/pulumi";\n${imports.join("")}`);
  }
  const others = FILES - 2 - SHARED - PROJECTS * (MODULES + 3);
  for (let i = 0; i < others; i++) write(`services/s${i % 97}/d${i % 41}/f${i}.${i % 3 === 0 ? "py" : "ts"}`, `${i}\n`);
  run(repository, "init", "--quiet");
  const commit = (message: string) => {
    run(repository, "add", "--all");
    run(
      repository,
      "-c",
      "user.name=a",
      "-c",
      "user.email=a@b",
      "-c",
      "gc.auto=0",
      "commit",
      "--quiet",
      "--message",
      message,
    );
    return run(repository, "rev-parse", "HEAD").trim();
  };
  const base = commit("base");
  write("stacks/p3/m5.ts", "export const m = 5;\n");
  write("stacks/p7/Pulumi.dev.yaml", "config: { a: 1 }\n");
  commit("change");
  return base;
}

function run(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
  return stdout;
}
