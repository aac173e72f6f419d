// Takes a text of 100 MB through the program, the provider and the state, and back; prints what became of it as JSON.
import { Thing, ThingStack } from "../rehearsal/engine/deployment/support/thing-stack";

async function main(): Promise<void> {
  const stack = await ThingStack.make();
  try {
    const text = "x".repeat(100 * 1024 * 1024);
    const program = async (): Promise<void> => void new Thing("a", { text });
    const runs = [await stack.up(program), await stack.up(program)];
    const { inputs, outputs } = await stack.resource("a");
    const told = {
      runs: runs.map(({ failure, changes }) => failure ?? changes),
      provider: stack.provider.cloud.get("a-1")?.text === text,
      state: inputs?.text === text && outputs?.text === text,
    };
    process.stdout.write(JSON.stringify(told));
  } finally {
    await stack.remove();
  }
}

void main();
