import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterAccess, type ClusterAccess } from "../../automation/ports/kubeconfig";
import { KubernetesClient } from "../../automation/ports/kubernetes-client";
import { execKubeconfig } from "../../components/mlflow/exec-kubeconfig";
import { LOOPBACK } from "./loopback-certificate";

type Handler = (request: IncomingMessage & { body: string }, response: ServerResponse) => void;

/** A stand-in for the API server of a cluster, and for the program that logs in there. */
export class ApiServerStandIn {
  readonly root = mkdtempSync(join(tmpdir(), "trunkline-kubernetes-"));
  /** What was asked: method, path and credential. */
  readonly asked: string[] = [];
  /** Texts that the client said are secret. */
  readonly secrets: string[] = [];
  handler: Handler = (_, response) => this.answer(response, 200, {});
  private readonly server: Server;

  private constructor() {
    this.server = createServer({ cert: LOOPBACK.certificate, key: LOOPBACK.key }, (request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        this.asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
        this.handler(Object.assign(request, { body }), response);
      });
    });
    this.login(
      `echo '{"kind":"ExecCredential","status":{"token":"canary-1"}}'; ` +
        `echo "$@" > "${this.root}/args"; echo "$KUBERNETES_EXEC_INFO" > "${this.root}/info"`,
    );
  }

  static async start(): Promise<ApiServerStandIn> {
    const standIn = new ApiServerStandIn();
    await new Promise<void>((listening) => standIn.server.listen(0, "127.0.0.1", listening));
    return standIn;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** What the program that logs in does. */
  login(script: string): void {
    writeFileSync(join(this.root, "kubelogin"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.root, "kubelogin"), 0o755);
  }

  answer(response: ServerResponse, status: number, body: object): void {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }

  /** The kubeconfig that the platform computes for this server. */
  get kubeconfig(): string {
    const server = `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const certificateAuthorityData = Buffer.from(LOOPBACK.certificate).toString("base64");
    return execKubeconfig({ name: "acme", server, certificateAuthorityData }, "azurecli");
  }

  client(access: ClusterAccess = clusterAccess(this.kubeconfig)): KubernetesClient {
    return new KubernetesClient(access, this.options);
  }

  get options() {
    return {
      env: { PATH: `${this.root}:/usr/bin:/bin` },
      learned: (known: readonly string[]) => void this.secrets.push(...known),
      pause: async () => undefined,
    };
  }
}
