import assert from "node:assert/strict";
import { renderGraph } from "../../../automation/report/render-graph";
import { aPageResource, manyResources } from "../../support/page-fixtures";

const RESOURCES = [
  aPageResource({ name: "app-dev", type: "pulumi:pulumi:Stack" }),
  aPageResource({ name: "dev", type: "trunkline:components:Environment", parent: 0 }),
  aPageResource({ name: "key", type: "aws:kms/key:Key", parent: 1, change: "create" }),
  aPageResource({ name: "bucket", parent: 1, dependsOn: [2, 1], change: "replace" }),
  aPageResource({ name: `a"];end;--><script>\\n{x}`, type: "t", dependsOn: [1] }),
];

describe("a graph for a drawing program", () => {
  it("is Mermaid with groups, signs, and nothing that a name could say", () => {
    assert.equal(
      renderGraph(RESOURCES, "mermaid"),
      `flowchart LR
  subgraph n1["dev<br>trunkline:components:Environment"]
    n2["+ key<br>aws:kms:Key"]:::create
    n3["± bucket<br>aws:s3:Bucket"]:::replace
  end
  n4["a#34;#93;#59;end#59;--#62;#60;script#62;#92;n#123;x#125;<br>t"]:::same
  n2 --> n3
  n1 --> n4
  classDef same stroke:#7b8594,stroke-width:2px
  classDef create stroke:#17702f,stroke-width:2px
  classDef replace stroke:#7a3fd1,stroke-width:2px
`,
    );
  });

  it("is DOT with clusters, signs, and nothing that a name could say", () => {
    assert.equal(
      renderGraph(RESOURCES, "dot"),
      `digraph {
  rankdir=LR
  compound=true
  node [shape=box, style=rounded, fontname="sans-serif"]
  subgraph cluster_1 {
    label="dev\\ntrunkline:components:Environment"
    color="#7b8594"
    n1 [style=invis, shape=point, label=""]
    n2 [label="+ key\\naws:kms:Key", color="#17702f"]
    n3 [label="± bucket\\naws:s3:Bucket", color="#7a3fd1"]
  }
  n4 [label="a\\"];end;--><script>\\\\n{x}\\nt", color="#7b8594"]
  n2 -> n3
  n1 -> n4 [ltail=cluster_1]
}
`,
    );
  });

  it("takes 5,000 resources, and parents in a circle", () => {
    assert.equal(renderGraph(manyResources(5000), "dot").match(/label="[^"]/g)?.length, 4999);
    const circle = [aPageResource({ name: "a", parent: 1 }), aPageResource({ name: "b", parent: 0 })];
    assert.match(renderGraph(circle, "mermaid"), /n0\[.*\n.*n1\[/);
  });
});
