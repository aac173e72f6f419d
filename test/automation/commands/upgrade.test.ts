import assert from "node:assert/strict";
import { digestOf, RECORD_FILE } from "../../../automation/init/init-record";
import { InitRepository, written } from "../../support/init-repository";

describe("trunkline upgrade", () => {
  it("writes anew what nobody changed, shows what somebody changed, and asks once about a version", async () => {
    const one = new InitRepository();
    try {
      await one.init();
      // As an older version left them: other texts, of which the record knows.
      const record = JSON.parse(one.read(RECORD_FILE));
      for (const path of ["trunkline.yaml", "index.ts", "tsconfig.json"]) {
        one.write(path, "older\n");
        record.files[path] = digestOf("older\n");
      }
      one.write("index.ts", "older, and edited\n");
      one.write("Pulumi.dev.yaml", `${one.read("Pulumi.dev.yaml")}# mine\n`);
      one.write(RECORD_FILE, JSON.stringify({ ...record, version: "0.0.1" }));
      one.commit();
      const first = written(await one.upgrade());
      assert.deepEqual([first.written, first.kept], [["trunkline.yaml", "tsconfig.json"], ["index.ts"]]);
      assert.match(one.notes.join("\n"), /-older, and edited/);
      assert.match(one.read("Pulumi.dev.yaml"), /# mine/);
      one.commit();
      const second = written(await one.upgrade());
      assert.deepEqual([second.written, second.kept], [[], []]);
      assert.equal(one.read("index.ts"), "older, and edited\n");
    } finally {
      one.remove();
    }
  });

  it("fails where init has never been", async () => {
    const one = new InitRepository();
    await assert.rejects(one.upgrade(), { code: "usage", hint: "begin with trunkline init" });
    one.remove();
  });
});
