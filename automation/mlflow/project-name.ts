import { AutomationError } from "../errors";

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,62}$/;

/**
 * Checks the name of a project, which is that of its folder at the top of the share: nothing that leads elsewhere gets
 * through. Throws a usage error.
 */
export function checkProjectName(name: string): string {
  if (NAME.test(name)) return name;
  throw new AutomationError("usage", `${JSON.stringify(name)} is not the name of a project on the share`, {
    hint: "a project is one folder at the top of the share: up to 63 letters, digits, dots, dashes and underscores, beginning with a letter or digit",
  });
}
