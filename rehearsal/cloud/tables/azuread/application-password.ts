import { record, text, asText } from "../../schema/property-schema";
import { once, type ResourceTypeTable } from "../table";
import { APPLICATION } from "./application";
import type { DirectoryScope } from "./azuread-scope";

/** Two years, which a password is valid that says no end. */
const TWO_YEARS_HOURS = 2 * 365 * 24;
const HOUR_IN_MILLISECONDS = 60 * 60 * 1000;

const moment = text({
  replace: true,
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  meaning: "a moment such as 2026-01-01T01:02:03Z",
});

/**
 * A secret of an application. An application may have several at once.
 * @see https://learn.microsoft.com/graph/api/application-addpassword
 */
export const applicationPassword: ResourceTypeTable<DirectoryScope> = {
  type: "azuread:index/applicationPassword:ApplicationPassword",
  properties: {
    applicationId: text({ required: true, replace: true }),
    displayName: text({ replace: true }),
    endDate: moment,
    endDateRelative: text({ replace: true, pattern: /^\d+h(\d+m)?$/, meaning: "a duration such as 240h or 2400h30m" }),
    rotateWhenChanged: record(text(), { replace: true }),
    startDate: moment,
  },
  computed: {
    displayName: once(({ inputs }) => inputs.displayName ?? ""),
    endDate: once(({ inputs, now }) => inputs.endDate ?? plusHours(inputs.startDate ?? now, inputs.endDateRelative)),
    keyId: once(({ id }) => id.slice(id.lastIndexOf("/") + 1)),
    startDate: once(({ inputs, now }) => inputs.startDate ?? now),
    // The moment too: a password that is made after another was deleted has to be another one.
    value: { ...once(({ hex, now }) => `~${hex(`password ${now}`, 39)}`), secret: true },
  },
  idOf: ({ inputs, uuid, now }) => `${asText(inputs.applicationId)}/password/${uuid(`key ${now}`)}`,
  rules: ({ endDate, endDateRelative }) =>
    endDate !== undefined && endDateRelative !== undefined
      ? [{ property: "endDateRelative", reason: "conflicts with endDate; give one of the two" }]
      : [],
  references: [
    {
      property: "applicationId",
      types: [APPLICATION],
      attributes: ["id"],
      missing: (id) => `404 Request_ResourceNotFound: Resource '${id}' does not exist`,
      onDelete: "cascade",
    },
  ],
};

function plusHours(start: unknown, relative: unknown): string {
  const [, hours = String(TWO_YEARS_HOURS)] = /^(\d+)h/.exec(asText(relative)) ?? [];
  return new Date(Date.parse(asText(start)) + Number(hours) * HOUR_IN_MILLISECONDS).toISOString();
}
