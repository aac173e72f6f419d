import { Option } from "commander";
import { defineVerb } from "./verb-definition";

/** `trunkline doctor` */
export const doctorVerb = defineVerb({
  name: "doctor",
  summary: "check before anything is created that you may create it; in a rehearsal tell what would be checked",
  example: "trunkline doctor --target rehearsal",
  configure: (command) =>
    void command
      .option("--env <name>", "environment (default: all of them)")
      .addOption(
        new Option("--target <target>", "ask the services, or only tell what would be asked")
          .choices(["cloud", "rehearsal"])
          .default("cloud"),
      ),
  load: async () => {
    const { doctor } = await import("../commands/doctor.js");
    const { presentDoctor } = await import("../report/present-doctor.js");
    const { httpPreflight } = await import("../ports/http-preflight.js");
    return {
      run: ({ env = process.env, secrets }, options: Parameters<typeof doctor>[1]) =>
        doctor(
          httpPreflight(env, (known) => secrets.add(known)),
          options,
        ),
      present: presentDoctor,
    };
  },
});
