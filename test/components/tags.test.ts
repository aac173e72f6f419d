import assert from "node:assert/strict";
import { commonTags } from "../../components";
import { commonTagKeys } from "../../components/tags";

describe("commonTags", () => {
  const subject = { organization: "acme", environment: "dev", repository: "acme/platform" };
  const common = { ...subject, "managed-by": "trunkline" };

  it("names owner, environment and source", () => {
    assert.deepEqual(commonTags(subject), common);
    assert.deepEqual(Object.keys(common).sort(), [...commonTagKeys].sort());
  });

  it("adds further tags without letting them replace the common ones", () => {
    assert.deepEqual(commonTags({ ...subject, extra: { team: "ml", environment: "prd" } }), { ...common, team: "ml" });
  });
});
