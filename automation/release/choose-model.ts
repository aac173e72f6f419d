import { AutomationError } from "../errors";
import type { RegisteredModel } from "../ports/online-endpoints";

/** A model as it was asked for. */
export interface AskedModel {
  readonly name: string;
  /** @default the newest */
  readonly version?: string;
}

/** Reads `name:version`. Throws a usage error for another form. */
export function parseModel(text: string): Required<AskedModel> {
  const [, name, version] = /^([\w.-]+):([\w.-]+)$/.exec(text) ?? [];
  if (name !== undefined && version !== undefined) return { name, version };
  throw new AutomationError("usage", `--model takes name:version, got "${text}"`, {
    hint: "leave it out for the newest registered version",
  });
}

/** How a model is written. */
export function modelText({ name, version }: Pick<RegisteredModel, "name" | "version">): string {
  return `${name}:${version}`;
}

/** The version that was asked for, else the newest registered one. Throws a usage error where there is none. */
export function chooseModel(registered: readonly RegisteredModel[], asked: AskedModel): RegisteredModel {
  const { name, version } = asked;
  const versions = registered.filter((model) => model.name === name).sort(newestFirst);
  const [newest] = versions;
  if (!newest) {
    throw new AutomationError("usage", `model ${name} is not registered`, {
      hint: "train and register it first, or correct the model's name in the settings of the environment",
    });
  }
  const chosen = version === undefined ? newest : versions.find((model) => model.version === version);
  if (chosen) return chosen;
  const some = versions.slice(0, 5).map((model) => model.version);
  throw new AutomationError("usage", `model ${name} has no version ${version}, its newest are ${some.join(", ")}`, {
    hint: `name one of them: --model ${name}:${newest.version}`,
  });
}

/** By the time of registration; where that is equal or unknown, by the number. */
function newestFirst(one: RegisteredModel, other: RegisteredModel): number {
  const time = Date.parse(other.createdAt ?? "") - Date.parse(one.createdAt ?? "");
  if (time) return time;
  return other.version.localeCompare(one.version, "en", { numeric: true });
}
