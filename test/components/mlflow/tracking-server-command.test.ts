import assert from "node:assert/strict";
import fc from "fast-check";
import { allowedHosts, clusterAddress } from "../../../components/mlflow/allowed-hosts";
import { basicAuthConfig } from "../../../components/mlflow/basic-auth-config";
import { databaseUri } from "../../../components/mlflow/database-uri";
import {
  migrationCommand,
  SECRET_VARIABLES,
  trackingServerArguments,
  trackingServerEnvironment,
} from "../../../components/mlflow/tracking-server-command";

describe("the address of a tracking server", () => {
  const address = { service: "mlflow", namespace: "ml", port: 5000 };

  it("is allowed under every name of the cluster's DNS, with and without the port", () => {
    assert.deepEqual(allowedHosts(address), [
      ...["mlflow", "mlflow:5000", "mlflow.ml", "mlflow.ml:5000", "mlflow.ml.svc", "mlflow.ml.svc:5000"],
      ...["mlflow.ml.svc.cluster.local", "mlflow.ml.svc.cluster.local:5000"],
      ...["localhost", "localhost:5000", "127.0.0.1", "127.0.0.1:5000"],
    ]);
  });

  it("is allowed under the ingress's host without a port, as browsers send it", () => {
    assert.equal(allowedHosts({ ...address, outsideUri: "https://mlflow.example.org" }).at(-1), "mlflow.example.org");
  });

  it("has the host that the server allows", () => {
    const { host } = new URL(clusterAddress(address));
    assert.ok(allowedHosts(address).includes(host));
  });
});

describe("the URI of a database", () => {
  const address = { driver: "postgresql+psycopg2", host: "db.example.org", port: 5432, database: "mlflow" } as const;

  it("demands TLS and a certificate that is checked, unless told otherwise", () => {
    assert.equal(
      databaseUri({ ...address, user: "mlflow", password: "secret", tls: true }),
      "postgresql+psycopg2://mlflow:secret@db.example.org:5432/mlflow?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt",
    );
    assert.equal(
      databaseUri({ ...address, driver: "mysql+pymysql", port: 3306, user: "mlflow", password: "secret", tls: false }),
      "mysql+pymysql://mlflow:secret@db.example.org:3306/mlflow",
    );
  });

  it("gives user and password back, whatever characters they have", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (user, password) => {
        const uri = databaseUri({ ...address, user, password, tls: true });
        const [, givenUser = "", givenPassword = ""] =
          /^[^:]+:\/\/([^:@/?#]+):([^:@/?#]+)@db\.example\.org:5432\//.exec(uri) ?? [];
        assert.deepEqual([decodeURIComponent(givenUser), decodeURIComponent(givenPassword)], [user, password]);
      }),
    );
  });
});

describe("the command line of a tracking server", () => {
  const settings = {
    service: "mlflow",
    namespace: "ml",
    port: 5000,
    artifactsDestination: "wasbs://a@b.blob.core.windows.net/mlflow",
  };

  it("has authentication on, artifacts through the server, and its hosts", () => {
    assert.deepEqual(trackingServerArguments({ ...settings, outsideUri: "https://mlflow.example.org", workers: 2 }), [
      "server",
      "--host=0.0.0.0",
      "--port=5000",
      "--workers=2",
      "--app-name=basic-auth",
      "--serve-artifacts",
      "--artifacts-destination=wasbs://a@b.blob.core.windows.net/mlflow",
      `--allowed-hosts=${allowedHosts({ ...settings, outsideUri: "https://mlflow.example.org" }).join(",")}`,
      "--cors-allowed-origins=https://mlflow.example.org",
    ]);
  });

  it("leaves the database and every secret to the environment", () => {
    const told = [...trackingServerArguments(settings), ...migrationCommand()].join(" ");
    assert.doesNotMatch(told, /backend-store-uri|:\/\/[^ ]*:[^ ]*@/);
    for (const name of SECRET_VARIABLES) assert.ok(!(name in trackingServerEnvironment()), name);
  });
});

describe("the configuration of the authentication", () => {
  it("doubles percent signs, which stand for interpolations there", () => {
    const config = basicAuthConfig({
      databaseUri: "postgresql://u:p%40ss@h/d",
      adminUsername: "admin",
      defaultPermission: "READ",
    });
    assert.match(config, /^database_uri = postgresql:\/\/u:p%%40ss@h\/d$/m);
    assert.match(config, /^default_permission = READ$/m);
  });
});
