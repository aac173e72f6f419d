import { SimulatedCloud } from "../../../../rehearsal/cloud/simulated-cloud";
import { Driver, SEED } from "./cloud-fixture";

/** Creates variables in the document that is its argument until it is killed, and writes a line for each that is done. */
async function main(file: string): Promise<void> {
  const cloud = await SimulatedCloud.open(file, { seed: SEED });
  const driver = await Driver.configured(cloud, "github");
  for (let i = 0; ; i++) {
    const inputs = { repository: "platform", variableName: `V${i}`, value: "x".repeat(200) };
    const { id } = await driver.create("github:index/actionsVariable:ActionsVariable", inputs, `v${i}`);
    process.stdout.write(`${id}\n`);
  }
}

void main(process.argv[2]!);
