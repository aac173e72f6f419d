/**
 * The stand-in's executable. What it says and does is from the CLI's own source: locks and their refusal (pkg/backend/diy),
 * `stack import`, which drops pending operations (pkg/cmd/pulumi/stack/stack_import.go), and refresh, which reads every
 * resource, takes out what is gone, leaves pending creations as they are, and does not know a target that is in no state
 * (pkg/resource/deploy/deployment_executor.go).
 */
export const pulumiScript = `#!/usr/bin/env node
const fs = require("node:fs");
const file = __dirname + "/world.json";
const world = JSON.parse(fs.readFileSync(file, "utf8"));
const args = process.argv.slice(2).filter((argument) => argument !== "--non-interactive");
fs.appendFileSync(__dirname + "/calls", JSON.stringify(args) + "\\n");
const keep = () => fs.writeFileSync(file, JSON.stringify(world));
const is = (...words) => words.every((word, index) => args[index] === word);
const flag = (name) => args[args.indexOf(name) + 1];
const fail = (text, told = "") => {
  if (told) console.log(told);
  console.error(text);
  process.exit(255);
};

const lock = () => {
  if (world.locks.length === 0) return;
  const lines = world.locks.map(({ url, user, host, pid, at }) => "  " + url + ": created by " + user + "@" + host + " (pid " + pid + ") at " + at);
  fail("error: the stack is currently locked by " + world.locks.length + " lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\\n" + lines.join("\\n"));
};

const refresh = () => {
  lock();
  if (world.fault) fail("error: " + world.fault);
  const target = args.includes("--target") ? flag("--target") : undefined;
  if (target && !world.state.resources.some(({ urn }) => urn === target)) {
    fail("error: refresh failed", "Diagnostics:\\n  pulumi:pulumi:Stack (app-dev):\\n    error: Target '" + target + "' could not be found in the stack.");
  }
  const pending = (world.state.pending_operations ?? []).filter(({ type }) => type === "creating");
  const kept = world.state.resources.flatMap((resource) => {
    if (!resource.custom || resource.type.startsWith("pulumi:")) return [resource];
    const found = world.cloud[resource.id];
    return found ? [{ ...resource, inputs: found, outputs: found }] : [];
  });
  world.state = { resources: kept, ...(pending.length > 0 && { pending_operations: pending }) };
  keep();
};

if (is("version")) console.log("v3.260.0");
else if (is("whoami")) console.log(JSON.stringify({ user: "runner", organizations: [], url: world.url }));
else if (is("stack", "select")) process.exit(0);
else if (is("stack", "history")) console.log(JSON.stringify([{ kind: "refresh", startTime: "2026-11-21T10:00:00.000Z", message: "", environment: {}, config: {}, result: "succeeded", endTime: "2026-11-21T10:01:00.000Z", version: 1, resourceChanges: {} }]));
else if (is("stack", "export")) console.log(JSON.stringify({ version: 3, deployment: world.state }));
else if (is("stack", "import")) {
  const { resources } = JSON.parse(fs.readFileSync(flag("--file"), "utf8")).deployment;
  world.state = { resources };
  keep();
} else if (is("stack", "tag", "ls")) console.log(JSON.stringify(world.tags));
else if (is("stack", "tag", "set")) {
  world.tags[args[3]] = args[4];
  keep();
} else if (is("refresh")) refresh();
else if (is("cancel")) {
  world.locks = [];
  keep();
} else if (is("config")) console.log("{}");
else fail("error: unknown command " + args.join(" "));
`;
