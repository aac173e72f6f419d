// Writes recorded-calls.json anew after an upgrade of the SDK: node --import tsx test/contract/rerecord.ts
// What differs then is what the embedded engine has to take, or to refuse in closed-scope.test.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordCalls } from "./record-calls";

void recordCalls().then((calls) => {
  writeFileSync(join(__dirname, "recorded-calls.json"), `${JSON.stringify(calls, undefined, 2)}\n`);
});
