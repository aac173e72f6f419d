import assert from "node:assert/strict";
import { configSecrets } from "../../../automation/stack/config-secrets";

describe("the secrets of a stack's configuration", () => {
  it("are its secure values and members, and nothing beside them", () => {
    const config = {
      "app:password": { secure: "v1:abc" },
      "app:region": "us-east-1",
      "app:database": {
        host: "db.example.com",
        password: { secure: "v1:def" },
        users: [{ key: { secure: "v1:ghi" } }],
      },
      "app:port": { secure: "v1:jkl" },
    };
    const decrypted = {
      "app:password": { value: "hunter2", secret: true },
      "app:region": { value: "us-east-1", secret: false },
      "app:database": {
        value: JSON.stringify({ host: "db.example.com", password: "s3cr3t", users: [{ key: 12345 }] }),
        secret: true,
      },
      "app:port": { value: "5432", secret: true },
      "other:key": { value: "elsewhere", secret: true },
    };
    assert.deepEqual(configSecrets({ config }, decrypted), ["hunter2", "s3cr3t", "12345", "5432"]);
  });

  it("are none without settings", () => {
    assert.deepEqual(configSecrets(undefined, { "app:a": { value: "b", secret: true } }), []);
  });
});
