import { SLOTS, type LiveEndpoint } from "../ports/online-endpoints";
import type { ReleaseRecord } from "./release-record";
import { trafficText } from "./traffic";

/** What is proposed for production. */
export interface ProposalFacts {
  readonly environment: string;
  readonly endpoint: string;
  readonly record: ReleaseRecord;
  readonly live: LiveEndpoint;
  /** Address of the run of CI that released it. */
  readonly runUrl?: string;
}

/** Title and text of the pull request that proposes a release for production. */
export function proposal({ environment, endpoint, record, live, runUrl }: ProposalFacts): {
  title: string;
  body: string;
} {
  const { model, slot, release, at, previous, outcome } = record;
  const rows = SLOTS.flatMap((one) => {
    const found = live.slots[one];
    return found ? [`| ${one} | \`${found.model}\` | ${found.state} | ${live.traffic[one] ?? 0} % |`] : [];
  });
  const body = [
    `\`${model}\` passed its test in ${slot} of \`${endpoint}\` in ${environment}. To merge this releases it to production.`,
    "",
    "| slot | model | state | traffic |",
    "| ---- | ----- | ----- | ------- |",
    ...rows,
    "",
    `Release \`${release}\` of ${at}: ${outcome ?? "tested"}; before it requests went to ${trafficText(previous)}.`,
    ...(runUrl === undefined ? [] : ["", `Details: ${runUrl}`]),
    "",
  ];
  return { title: `Release ${model}`, body: body.join("\n") };
}
