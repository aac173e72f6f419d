import assert from "node:assert/strict";
import fc from "fast-check";
import type { Program } from "../../../automation/changes/read-programs";
import { settingsSchema } from "../../../automation/settings/settings-schema";
import { declaredReferences } from "../../../automation/workspace/declared-references";
import {
  dependencyWaves,
  projectDependencies,
  type ProjectDependencies,
} from "../../../automation/workspace/project-dependencies";

describe("the stack references of a program", () => {
  for (const [text, projects, computed] of [
    ['new pulumi.StackReference("organization/network/dev")', ["network"], false],
    ["new pulumi2.StackReference(`organization/network/${pulumi.getStack()}`)", ["network"], false],
    ["new StackReference(`${org}/network/${env}`, { parent: this })", ["network"], false],
    ['new StackReference("net", { name: `acme/network/${env}` })', ["network"], false],
    [
      'new a.b.StackReference("o/x/d"); new a.b.StackReference("o/y/d"); new a.b.StackReference("o/x/p")',
      ["x", "y"],
      false,
    ],
    ['new pulumi.StackReference(config.require("network"))', [], true],
    ["new pulumi.StackReference(`organization/${project}/dev`)", [], true],
    ['new pulumi.StackReference("dev")', [], true],
    ['new MyStackReferences("o/x/d"); StackReference("o/x/d")', [], false],
    ["", [], false],
  ] as const) {
    it(`are found in: ${text || "nothing"}`, () => assert.deepEqual(declaredReferences(text), { projects, computed }));
  }
});

const program = (text: string): Program => ({
  kind: "graph",
  graph: { files: new Set(), packages: [], places: { paths: new Set() } },
  text,
});
const none = program("");

describe("what a project depends on", () => {
  it("is known from its settings, its program and its state, and never itself or a project elsewhere", () => {
    const settings = settingsSchema.parse({ projects: { web: { dependsOn: ["base"] } } });
    const found = projectDependencies(
      [
        { name: "base", program: none, references: ["organization/base/dev"] },
        { name: "network", program: { kind: "unreadable", reason: "x" }, references: [] },
        {
          name: "web",
          program: program(
            'new p.StackReference("organization/network/dev"); new p.StackReference("organization/far/dev")',
          ),
          references: ["organization/network/dev", "organization/base/dev", "elsewhere/far/dev"],
        },
      ],
      settings,
    );
    assert.deepEqual(
      [...(found.get("web") ?? [])],
      [
        ["base", ["settings", "state"]],
        ["network", ["program", "state"]],
      ],
    );
    assert.deepEqual([found.get("base")?.size, found.get("network")?.size], [0, 0]);
  });

  it("fails for a cycle, and prints it, wherever its parts are known from", () => {
    const projects = [
      { name: "a", program: program('new p.StackReference("o/b/dev")'), references: [] },
      { name: "b", program: none, references: ["o/c/dev"] },
      { name: "c", program: none, references: [] },
    ];
    const settings = settingsSchema.parse({ projects: { c: { dependsOn: ["a"] } } });
    assert.throws(() => projectDependencies(projects, settings), { code: "usage", message: /: a -> b -> c -> a$/ });
  });

  it("fails for a project of the settings that there is not, but not for one that lacks the environment", () => {
    const settings = settingsSchema.parse({ projects: { a: { dependsOn: ["b"] } } });
    const projects = [{ name: "a", program: none, references: [] }];
    assert.throws(() => projectDependencies(projects, settings), {
      code: "usage",
      message: /a project "b", there are a$/,
    });
    assert.equal(projectDependencies(projects, settings, ["b"]).get("a")?.size, 0);
  });

  it("comes in an earlier wave, and no wave is later than it has to be", () => {
    const graphs = fc
      .integer({ min: 0, max: 12 })
      .chain((count) => fc.tuple(...[...Array(count).keys()].map((i) => fc.subarray([...Array(i).keys()]))));
    fc.assert(
      fc.property(graphs, (graph) => {
        const names = graph.map((_, i) => `p${i}`);
        const dependencies: ProjectDependencies = new Map(
          graph.map((upstream, i) => [`p${i}`, new Map(upstream.map((j) => [`p${j}`, ["settings"] as const]))]),
        );
        const waves = dependencyWaves(names, dependencies);
        assert.deepEqual(waves.flat().sort(), [...names].sort());
        const waveOf = (name: string) => waves.findIndex((wave) => wave.includes(name));
        for (const [i, upstream] of graph.entries()) {
          const before = upstream.map((j) => waveOf(`p${j}`));
          assert.equal(waveOf(`p${i}`), before.length === 0 ? 0 : Math.max(...before) + 1);
        }
      }),
    );
  });
});
