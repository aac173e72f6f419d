import { runtime } from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";

/** Registers resources against the SDK's own mocks: what program and SDK take without any engine. Prints peak MB. */
async function main(size: number): Promise<void> {
  await runtime.setMocks(
    { newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }), call: () => ({}) },
    "bench",
    "bench",
  );
  await runtime.runInPulumiStack(async () => {
    for (let index = 0; index < size; index++) new RandomPet(`pet-${index}`);
  });
  await runtime.disconnect();
  process.stdout.write((process.resourceUsage().maxRSS / 1024).toFixed(0));
}

void main(Number(process.argv[2]));
