import assert from "node:assert/strict";
import fc from "fast-check";
import { ciMatrices } from "../../../automation/workspace/ci-matrices";
import type { StackDecision } from "../../../automation/workspace/decide-pipeline";

const stack = (name: string, wave: number, affected = true): StackDecision => ({
  project: { name, directory: `/w/${name}`, path: name },
  environment: "dev",
  wave,
  reasons: affected ? [{ kind: "program", path: "x.ts" }] : [],
  dependsOn: [],
});

describe("the matrices of a CI system", () => {
  it("have the stacks that are to be brought up, with why, and number their waves without gaps", () => {
    const stacks = [stack("a", 1), stack("same", 1, false), stack("gone", 2, false), stack("b", 3)];
    const job = (project: string) => ({
      project,
      path: project,
      environment: "dev",
      reason: "its program imports x.ts",
    });
    assert.deepEqual(ciMatrices(stacks), [
      { wave: 1, include: [job("a")] },
      { wave: 2, include: [job("b")] },
    ]);
  });

  it("are none where nothing is to be brought up", () => assert.deepEqual(ciMatrices([stack("a", 1, false)]), []));

  it("have at most 256 jobs each, of one wave, and each stack once", () => {
    const waves = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(waves, (sizes) => {
        const stacks = sizes.flatMap((size, w) => Array.from({ length: size }, (_, i) => stack(`w${w}-${i}`, w + 1)));
        const matrices = ciMatrices(stacks);
        for (const { include } of matrices)
          assert.ok(include.length >= 1 && include.length <= 256, `${include.length}`);
        assert.deepEqual(
          matrices.flatMap(({ wave, include }) => include.map(({ project }) => [project, wave])),
          stacks.map(({ project, wave }) => [project.name, wave]),
        );
        const fewest = sizes.reduce((sum, size) => sum + Math.ceil(size / 256), 0);
        assert.equal(matrices.length, fewest);
      }),
      { numRuns: 30 },
    );
  });
});
