import { defineVerb } from "./verb-definition";

/** `trunkline login` */
export const loginVerb = defineVerb({
  name: "login",
  summary: "log a job of CI in at its clouds, without a stored secret, and run a command with that",
  example: "trunkline login -- trunkline rotate --apply --env prd",
  configure: (command) => void command.argument("<command...>", "what to run"),
  load: async () => {
    const { login } = await import("../commands/login.js");
    const { presentLogin } = await import("../report/present-login.js");
    return { run: login, present: presentLogin };
  },
});
