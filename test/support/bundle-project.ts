import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { approve, type ApproveOptions } from "../../automation/commands/approve";
import { deployBundle, type DeployBundleOptions } from "../../automation/bundle/deploy-bundle";
import { preview, type PreviewOptions } from "../../automation/commands/preview";
import type { VerbDeps } from "../../automation/commands/verb";
import { openEngine } from "../../automation/engine/open-engine";
import { processGatePorts, type GatePorts } from "../../automation/gate/gate-ports";
import { ciHost } from "../../automation/ports/ci-host";
import { git } from "../../automation/ports/git";
import { owners } from "../../automation/ports/owners";
import { SecretRegister } from "../../automation/report/secret-register";
import { CliProject } from "./cli-project";
import { GitRepository } from "./git-repository";

/** What tests change of the ports of the gate, and of the event. */
export interface Surroundings {
  readonly gate?: Partial<GatePorts>;
  readonly env?: Readonly<Record<string, string>>;
  /** Is called when an operation of a verb has ended, but for its last. */
  readonly ended?: () => void;
}

/** A project in a git repository of its own, with the verbs of the SDK on it; nothing of the process is CI's. */
export class BundleProject {
  readonly files: CliProject;
  readonly repository: GitRepository;

  constructor(files: Readonly<Record<string, string>>, branch = "main") {
    this.files = new CliProject(files);
    this.repository = new GitRepository(this.files.root, branch);
    this.repository.commit({ ".gitignore": "node_modules\n.trunkline\n*.bundle\n*.approval\nkeys\n" }, "begin");
  }

  path(path: string): string {
    return this.files.path(path);
  }

  preview(options: Partial<PreviewOptions> = {}, surroundings: Surroundings = {}) {
    return preview(this.deps(surroundings), { ...this.options, ...options });
  }

  up(options: Partial<DeployBundleOptions> & { readonly bundle: string }, surroundings: Surroundings = {}) {
    return deployBundle(this.deps(surroundings), { ...this.options, ...options });
  }

  approve(options: ApproveOptions, surroundings: Surroundings = {}) {
    return approve(this.deps(surroundings), options);
  }

  /** Makes an SSH key in the project's folder `keys`; answers the path of its private half, and its public half. */
  key(name: string): { readonly file: string; readonly line: string } {
    const file = join(this.path("keys"), name);
    this.files.write("keys/.keep", "");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]);
    return { file, line: this.files.read(`keys/${name}.pub`).trim() };
  }

  /** Everything that the rehearsal knows: the state with its history, and the cloud. */
  rehearsal(): Record<string, string> {
    const root = this.path(".trunkline/rehearsal");
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
    return Object.fromEntries(paths.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
  }

  /** Puts back what `rehearsal` told. */
  restore(files: Readonly<Record<string, string>>): void {
    rmSync(this.path(".trunkline/rehearsal"), { recursive: true });
    for (const [path, content] of Object.entries(files)) this.files.write(`.trunkline/rehearsal/${path}`, content);
  }

  remove(): void {
    this.files.remove();
  }

  private get options() {
    return { cwd: this.files.root, target: "rehearsal", env: "dev" } as const;
  }

  private deps({ gate, env = {}, ended = () => undefined }: Surroundings): VerbDeps {
    const silent = { ended: () => undefined, stop: () => undefined };
    return {
      git,
      env,
      openEngine,
      owners: owners(),
      host: ciHost({}, () => undefined),
      secrets: new SecretRegister(),
      note: () => undefined,
      gate: { ...processGatePorts({ CI: "true" }), ...gate },
      signal: new AbortController().signal,
      now: () => performance.now(),
      watch: () => silent,
      opened: () => undefined,
      ended,
    };
  }
}
