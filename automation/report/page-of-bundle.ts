import type { Bundle } from "../bundle/bundle";
import { plannedResources } from "../bundle/resource-dependencies";
import { brokenText } from "../outputs/output-readers";
import { lossesOf } from "../gate/acknowledgements";
import type { PageData } from "./page-data";
import { fact, shortDigest, timeText } from "./page-of-report";
import { countResources, pageResources } from "./page-resources";
import { countsText } from "./report-headline";

/** The page of what a reviewer approves. */
export function pageOfBundle(bundle: Bundle): PageData {
  const { project, stack: environment, changes, tools, pullRequest, run, brokenOutputs = [] } = bundle;
  const known = plannedResources(bundle).map((resource) => ({ ...resource, change: "same" as const }));
  const resources = pageResources(known, changes);
  const counts = countResources(resources);
  const losses = lossesOf(changes).length;
  const told = countsText(counts, "planned");
  return {
    title: `Bundle of ${environment}: ${told || "no changes"}`,
    verdict:
      losses > 0
        ? { word: `${losses} that ${losses === 1 ? "loses" : "lose"} data`, mood: "attention" }
        : told
          ? { word: "changes", mood: "neutral" }
          : { word: "no changes", mood: "good" },
    facts: [
      fact("repository", bundle.repository),
      ...(pullRequest === undefined ? [] : [fact("pull request", `#${pullRequest}`)]),
      fact("commit", bundle.commit.slice(0, 12)),
      fact("by", bundle.authors.join(", ") || "nobody is named"),
      ...(run === undefined ? [] : [fact("run", run)]),
      fact("target", bundle.target),
      fact("engine", `${tools.engine.name} ${tools.engine.version}`),
      fact("made", `${timeText(bundle.createdAt)} by trunkline ${tools.trunkline}`),
    ],
    stacks: [
      {
        ...(brokenOutputs.length > 0 && { detail: brokenOutputs.map(brokenText).join("; ") }),
        ...{ project, environment, tense: "planned", reasons: [], counts, policies: [], messages: [], resources },
        verdict: told ? { word: "changes", mood: "neutral" } : { word: "no changes", mood: "good" },
        facts: [fact("bundle", shortDigest(bundle.digest)), fact("expires", timeText(bundle.expiresAt))],
      },
    ],
  };
}
