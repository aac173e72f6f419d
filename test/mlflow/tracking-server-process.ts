import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { basicAuthConfig } from "../../components/mlflow/basic-auth-config";
import {
  AUTH_FILE,
  migrationCommand,
  trackingServerArguments,
  trackingServerEnvironment,
  type TrackingServerSettings,
} from "../../components/mlflow/tracking-server-command";

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Name of the administrator of the server. */
const ADMIN = "admin";

/** A real tracking server, started as the component starts it, on databases and artifacts in a temporary folder. */
export class TrackingServerProcess {
  private readonly root = mkdtempSync(join(tmpdir(), "trunkline-mlflow-"));
  private readonly password = "p%ss w:rd/@#";
  private server: ChildProcess | undefined;
  private log = "";

  private constructor(
    private readonly bin: string,
    readonly settings: TrackingServerSettings,
  ) {}

  /** Migrates an empty database and starts the server; ready when it answers. */
  static async start(bin: string, settings: Omit<TrackingServerSettings, "port" | "artifactsDestination">) {
    const port = await freePort();
    const server = new TrackingServerProcess(bin, { ...settings, port, artifactsDestination: "" });
    Object.assign(server.settings, { artifactsDestination: join(server.root, "artifacts") });
    try {
      await server.up();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get address(): string {
    return `http://127.0.0.1:${this.settings.port}`;
  }

  /** The environment of a client that may do everything. */
  get clientEnvironment(): Record<string, string> {
    return {
      MLFLOW_TRACKING_URI: this.address,
      MLFLOW_TRACKING_USERNAME: ADMIN,
      MLFLOW_TRACKING_PASSWORD: this.password,
    };
  }

  /** Asks for a path, with a `Host` header and, unless told otherwise, as the administrator. */
  ask(path: string, host: string, credentials: string | undefined = `${ADMIN}:${this.password}`): Promise<Answer> {
    return new Promise((done, fail) => {
      const headers = { Host: host, ...(credentials && { Authorization: `Basic ${btoa(credentials)}` }) };
      request({ host: "127.0.0.1", port: this.settings.port, path, headers }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.once("end", () => done({ status: response.statusCode ?? 0, body }));
      })
        .once("error", fail)
        .end();
    });
  }

  /** Runs a program of the environment as a client of the server, in a folder. */
  async client(cwd: string, program: string, args: readonly string[]): Promise<string> {
    const env = { ...this.environment(), ...this.clientEnvironment };
    const { stdout, stderr } = await promisify(execFile)(join(this.bin, program), [...args], {
      cwd,
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout + stderr;
  }

  async stop(): Promise<void> {
    if (this.server && this.server.exitCode === null && this.server.signalCode === null) {
      const ended = once(this.server, "exit");
      // The workers are children of the server: the whole group ends.
      process.kill(-this.server.pid!, "SIGTERM");
      await Promise.race([ended, wait(20_000)]);
      if (this.server.exitCode === null && this.server.signalCode === null) process.kill(-this.server.pid!, "SIGKILL");
    }
    rmSync(this.root, { recursive: true, force: true });
  }

  private async up(): Promise<void> {
    const auth = join(this.root, AUTH_FILE);
    const databaseUri = `sqlite:///${join(this.root, "auth.db")}`;
    mkdirSync(join(this.root, "home"));
    writeFileSync(auth, basicAuthConfig({ databaseUri, adminUsername: ADMIN, defaultPermission: "READ" }));
    chmodSync(auth, 0o600);
    const [command = "", ...args] = migrationCommand();
    await promisify(execFile)(join(this.bin, command), args, { env: this.environment(), cwd: this.root });
    this.server = spawn(join(this.bin, "mlflow"), trackingServerArguments(this.settings), {
      cwd: this.root,
      env: { ...this.environment(), MLFLOW_AUTH_CONFIG_PATH: auth },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [this.server.stdout, this.server.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.log += text));
    }
    await this.healthy();
  }

  private async healthy(): Promise<void> {
    for (;;) {
      if (this.server?.exitCode !== null) throw new Error(`the tracking server ended:\n${this.log}`);
      const answer = await this.ask("/health", "127.0.0.1").catch(() => undefined);
      if (answer?.status === 200) return;
      await wait(250);
    }
  }

  /** The component's environment, its folders and its secrets replaced by local ones. */
  private environment(): Record<string, string> {
    return {
      PATH: `${this.bin}:${process.env.PATH ?? ""}`,
      ...trackingServerEnvironment(),
      HOME: join(this.root, "home"),
      MLFLOW_BACKEND_STORE_URI: `sqlite:///${join(this.root, "mlflow.db")}`,
      MLFLOW_FLASK_SERVER_SECRET_KEY: "only-for-this-test",
      MLFLOW_AUTH_ADMIN_PASSWORD: this.password,
    };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
