import { z } from "zod";
import { integer, list, section, text } from "./schema-kit";

const formatError = "named or immutable";

/** The part of the config that says which repository the environment is deployed from. */
export const repositorySection = section(
  {
    fullName: text(
      /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/,
      "owner/name",
      "Repository as owner/name, in the case that GitHub shows: clouds compare it letter by letter.",
    ),
    ownerId: integer(
      1,
      Number.MAX_SAFE_INTEGER,
      "Number of the owner, as api.github.com/repos/{owner}/{name} gives it under owner.id.",
    ),
    id: integer(
      1,
      Number.MAX_SAFE_INTEGER,
      "Number of the repository, as api.github.com/repos/{owner}/{name} gives it under id.",
    ),
    subjectFormats: list(
      z.enum(["named", "immutable"], { error: formatError }),
      1,
      2,
      "Forms of the token's subject that clouds trust: named is repo:owner/name:…, immutable repo:owner@id/name@id:….",
    ).default(["named", "immutable"]),
  },
  "The repository that the environment is deployed from.",
);

/** The repository of a config, with its defaults filled in. */
export type RepositoryConfig = z.infer<typeof repositorySection>;
