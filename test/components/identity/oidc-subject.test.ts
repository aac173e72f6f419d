import assert from "node:assert/strict";
import { oidcSubjects, type SubjectContext, type SubjectFormat } from "../../../components";

const repository = { fullName: "Octo-Org/my.repo", ownerId: 123456, id: 456789 };

describe("oidcSubjects", () => {
  const table: [context: SubjectContext, claim: string][] = [
    [{ kind: "environment", name: "prd" }, "environment:prd"],
    [{ kind: "environment", name: "prd:eu" }, "environment:prd%3Aeu"],
    [{ kind: "environment", name: "a:b:c" }, "environment:a%3Ab%3Ac"],
    [{ kind: "environment", name: "Prd" }, "environment:Prd"],
    [{ kind: "branch", name: "main" }, "ref:refs/heads/main"],
    [{ kind: "branch", name: "release/1" }, "ref:refs/heads/release/1"],
    [{ kind: "pull_request" }, "pull_request"],
  ];
  for (const [context, claim] of table) {
    it(`ends in ${claim} for ${JSON.stringify(context)}, in both forms`, () => {
      assert.deepEqual(oidcSubjects(repository, context), [
        `repo:Octo-Org/my.repo:${claim}`,
        `repo:Octo-Org@123456/my.repo@456789:${claim}`,
      ]);
    });
  }

  const formats: [formats: SubjectFormat[], subjects: string[]][] = [
    [["named"], ["repo:Octo-Org/my.repo:pull_request"]],
    [["immutable"], ["repo:Octo-Org@123456/my.repo@456789:pull_request"]],
  ];
  for (const [subjectFormats, subjects] of formats) {
    it(`takes only the form ${subjectFormats.join()} when told so`, () => {
      assert.deepEqual(oidcSubjects({ ...repository, subjectFormats }, { kind: "pull_request" }), subjects);
    });
  }
});
