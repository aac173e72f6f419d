import assert from "node:assert/strict";
import { azureFileShare } from "../../../automation/ports/azure-file-share";
import { ShareStandIn } from "../../support/share-stand-in";

describe("a file share of Azure", function () {
  this.timeout(60_000);
  let standIn: ShareStandIn;
  let secrets: string[];
  beforeEach(async () => {
    standIn = await ShareStandIn.start("mlflow-projects");
    secrets = [];
  });
  afterEach(() => standIn.stop());

  const share = (env: Record<string, string> = { AZURE_STORAGE_ACCESS_TOKEN: "canary-storage", PATH: "" }) =>
    azureFileShare({
      ...{ account: "acmeprj", share: "mlflow-projects", env, httpClient: standIn.httpClient },
      learned: (known) => void secrets.push(...known),
    });

  it("is written with a token, the intent of a backup and no key", async () => {
    await share().write("sample/MLproject", Buffer.from("name: a"));
    assert.deepEqual([...new Set(secrets)], ["canary-storage"]);
    for (const { headers } of standIn.requests) {
      assert.equal(headers.authorization, "Bearer canary-storage");
      assert.equal(headers["x-ms-file-request-intent"], "backup");
      assert.equal(headers["x-host"], "acmeprj.file.core.windows.net");
    }
  });

  it("gives back what was written, with its folders, and tells each file's size and etag", async () => {
    const at = share();
    const big = Buffer.alloc(9 * 1024 * 1024, "0123456789");
    const etags = [
      await at.write("sample/src/deep/big.bin", big),
      await at.write("sample/empty", Buffer.alloc(0)),
      await at.write("sample/ümlaut 1%.py", Buffer.from("ü")),
    ];
    assert.deepEqual(await at.read("sample/src/deep/big.bin"), big);
    assert.deepEqual(
      [...(await at.list("sample"))].sort((a, b) => (a.path < b.path ? -1 : 1)),
      [
        { path: "sample/empty", size: 0, etag: etags[1] },
        { path: "sample/src/deep/big.bin", size: big.length, etag: etags[0] },
        { path: "sample/ümlaut 1%.py", size: 2, etag: etags[2] },
      ],
    );
  });

  it("has the old content of a file or the new, whatever happens to an upload", async () => {
    const at = share();
    await at.write("a/x", Buffer.from("old"));
    standIn.refuse = ({ method }) => (method === "PUT range" ? [403, "AuthorizationFailure"] : undefined);
    await assert.rejects(at.write("a/x", Buffer.from("new")), { code: "refused" });
    standIn.refuse = () => undefined;
    assert.equal((await at.read("a/x"))?.toString(), "old");
    assert.deepEqual([...standIn.files.keys()], ["a/x"], "no temporary file is left");
    const before = await at.list("a");
    await at.write("a/x", Buffer.from("new"));
    assert.equal((await at.read("a/x"))?.toString(), "new");
    assert.notDeepEqual(await at.list("a"), before);
  });

  it("has nothing where there is no file and no folder, and forgets what was removed", async () => {
    const at = share();
    assert.equal(await at.read("none/MLproject"), undefined);
    assert.deepEqual(await at.list("none"), []);
    await at.write("a/x", Buffer.from("1"));
    await at.remove("a/x");
    await at.remove("a/x");
    assert.deepEqual(await at.list("a"), []);
  });

  it("fails for a caller without the role, and says which it is", async () => {
    standIn.refuse = () => [403, "AuthorizationPermissionMismatch"];
    await assert.rejects(share().list("a"), {
      code: "refused",
      message: "the share mlflow-projects of acmeprj answers 403: AuthorizationPermissionMismatch",
      hint: /Storage File Data Privileged Contributor/,
    });
  });

  it("fails for a share that is not there, instead of telling that it is empty", async () => {
    standIn.refuse = () => [404, "ShareNotFound"];
    await assert.rejects(share().list("a"), { code: "fault", message: /answers 404: ShareNotFound$/ });
    await assert.rejects(share().read("a/b"), { code: "fault", message: /ShareNotFound/ });
  });

  it("fails where nobody is logged in", async () => {
    const before = process.env.PATH;
    process.env.PATH = "/nowhere";
    try {
      await assert.rejects(share({}).list("a"), {
        code: "fault",
        message: "there is no token of Entra for https://storage.azure.com",
      });
    } finally {
      process.env.PATH = before;
    }
    assert.deepEqual(standIn.requests, []);
  });
});
