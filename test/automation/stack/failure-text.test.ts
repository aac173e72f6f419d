import assert from "node:assert/strict";
import { failureText } from "../../../automation/stack/failure-text";

describe("the text of a failure", () => {
  const told = (stderr: string) => new Error(`code: -2\n stdout: \n stderr: ${stderr}\n err?: \n`);

  it("is what the command wrote as its error", () =>
    assert.equal(
      failureText(
        told("Command failed with exit code 255: pulumi up --stack dev\nerror: incorrect passphrase\nDiagnostics:"),
      ),
      "incorrect passphrase\nDiagnostics:",
    ));

  it("is all that was written where nothing is marked as an error", () =>
    assert.equal(failureText(told("Command failed with exit code 1: pulumi up\nsomething else")), "something else"));

  it("is the message of any other error", () => assert.equal(failureText(new Error("disk full")), "disk full"));

  it("is the text of what is no error", () => assert.equal(failureText("odd"), "odd"));
});
