import type { PageData, PageResource, PageStack } from "../../automation/report/page-data";
import { countResources } from "../../automation/report/page-resources";

const CHANGES = ["same", "create", "update", "replace", "delete", "same"] as const;

/** A resource of a page, of which a test names what it looks at. */
export function aPageResource(resource: Partial<PageResource> = {}): PageResource {
  const { name = "bucket", type = "aws:s3/bucket:Bucket" } = resource;
  const urn = `urn:pulumi:dev::app::${type}::${name}`;
  return { urn, type, name, dependsOn: [], change: "same", properties: [], ...resource };
}

/** So many resources: a component for about ten of them, each of which needs the one before it. */
export function manyResources(count: number): PageResource[] {
  const resources: PageResource[] = [
    aPageResource({ name: "app-dev", type: "pulumi:pulumi:Stack" }),
    aPageResource({ name: "dev", type: "trunkline:components:Environment", parent: 0 }),
  ];
  let component = 1;
  while (resources.length < count) {
    const place = resources.length;
    const isComponent = place % 11 === 2;
    if (isComponent) component = place;
    const name = isComponent ? `part-${place}` : `part-${component}-bucket-${place}`;
    const change = isComponent ? "same" : (CHANGES[place % CHANGES.length] ?? "same");
    resources.push(
      aPageResource({
        ...{ name, change, parent: isComponent ? 1 : component },
        type: isComponent ? "trunkline:state:S3StateBackend" : `aws:s3/bucket:Bucket${place % 7}`,
        dependsOn: !isComponent && place - 1 > component ? [place - 1] : [],
        ...{ status: "done", startMs: place * 3, endMs: place * 3 + 40 },
        properties:
          change === "update"
            ? [{ path: "tags.owner", kind: "update", replaces: false, secret: false, old: "one", new: "two" }]
            : [],
      }),
    );
  }
  return resources;
}

/** A stack of a page, of which a test names what it looks at. */
export function aPageStack(stack: Partial<PageStack> = {}): PageStack {
  const resources = stack.resources ?? manyResources(30);
  return {
    project: "app",
    environment: "dev",
    verdict: { word: "changes", mood: "neutral" },
    tense: "planned",
    reasons: [],
    facts: [],
    counts: countResources(resources),
    policies: [],
    messages: [],
    resources,
    ...stack,
  };
}

/** A page, of which a test names what it looks at. */
export function aPage(page: Partial<PageData> = {}): PageData {
  return {
    title: "Preview of dev: 3 to create",
    verdict: { word: "changes", mood: "neutral" },
    facts: [{ label: "branch", value: "feature/x → develop" }],
    stacks: [aPageStack()],
    ...page,
  };
}
