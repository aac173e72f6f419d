import { z } from "zod";

/** The parts of what `npm audit --json` answers that matter: https://docs.npmjs.com/cli/v11/commands/npm-audit. */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([z.string(), z.object({ url: z.string(), title: z.string(), name: z.string(), severity: z.string() })]),
      ),
    }),
  ),
});

/** Advisories that are known and accepted for a while, in `.ci/audit-allow.json`. */
export const allowListSchema = z.array(
  z.strictObject({
    advisory: z.string().regex(/^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/, "an id such as GHSA-xxxx-xxxx-xxxx"),
    reason: z.string().min(20),
    /** The last day on which it is accepted, as YYYY-MM-DD. */
    until: z.iso.date(),
  }),
);

/** What was found: nothing that is not accepted, faults that have to be dealt with, or no answer from the registry. */
export type AuditVerdict =
  | { readonly kind: "clean"; readonly accepted: readonly string[] }
  | { readonly kind: "faults"; readonly faults: readonly string[] }
  | { readonly kind: "unanswered"; readonly reason: string };

/** An acceptance is for a quarter at most: then somebody looks again. */
const LONGEST_DAYS = 92;

/** Judges what `npm audit --json` printed by the list of what is accepted on a day. Throws a ZodError for a list that is none. */
export function auditVerdict(printed: string, allowList: unknown, today: Date): AuditVerdict {
  const allowed = allowListSchema.parse(allowList);
  const parsed = report.safeParse(jsonOf(printed));
  if (!parsed.success) return { kind: "unanswered", reason: reasonOf(printed) };
  const found = new Map(
    Object.values(parsed.data.vulnerabilities)
      .flatMap(({ via }) => via)
      .filter((one) => typeof one !== "string")
      .map((one) => [one.url.split("/").at(-1) ?? one.url, one]),
  );
  const day = today.toISOString().slice(0, 10);
  const last = new Date(today.getTime() + LONGEST_DAYS * 86_400_000).toISOString().slice(0, 10);
  const accepted = allowed.filter(({ until }) => until >= day);
  const open = [...found].filter(([id]) => !accepted.some(({ advisory }) => advisory === id));
  const faults = [
    ...open.map(([id, { name, severity, title }]) => `${id}: ${severity} in ${name}: ${title}${expired(allowed, id)}`),
    ...allowed
      .filter(({ advisory }) => !found.has(advisory))
      .map(({ advisory }) => `${advisory} is accepted and not found: remove it`),
    ...allowed
      .filter(({ until }) => until > last)
      .map(({ advisory, until }) => `${advisory} is accepted until ${until}: at most ${last} is allowed`),
  ];
  return faults.length > 0
    ? { kind: "faults", faults }
    : { kind: "clean", accepted: accepted.map((one) => one.advisory) };
}

function expired(allowed: z.infer<typeof allowListSchema>, id: string): string {
  const entry = allowed.find(({ advisory }) => advisory === id);
  return entry ? ` (was accepted until ${entry.until})` : "";
}

/** What npm says instead of a report: a message, or an error with a summary. */
function reasonOf(printed: string): string {
  const told = z
    .object({ message: z.string().optional(), error: z.looseObject({ summary: z.string().optional() }).optional() })
    .safeParse(jsonOf(printed)).data;
  const reason = told?.message || told?.error?.summary || printed.trim().split("\n")[0] || "npm printed nothing";
  return reason.slice(0, 300);
}

/** What is printed of a verdict, and whether that ends well. Without an answer nothing is known: CI must not take it for clean. */
export function auditReport(
  verdict: AuditVerdict,
  required: boolean,
): { readonly lines: string[]; readonly good: boolean } {
  switch (verdict.kind) {
    case "clean":
      return {
        lines: [`no faults of packages are known beside those accepted: ${verdict.accepted.join(", ") || "none"}`],
        good: true,
      };
    case "unanswered": {
      const treated = required
        ? "this fails here, because an answer is required (--require): run it again once the registry answers"
        : "this is no failure here, and no proof either: CI asks again with --require";
      return { lines: [`not checked: the registry gave no answer (${verdict.reason})`, treated], good: !required };
    }
    case "faults":
      return { lines: [...verdict.faults], good: false };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
