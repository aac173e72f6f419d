import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { holdsSecretPart, separateSecrets, withSecretParts, type SecretParts } from "../../components/secret-parts";

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** Sections with outputs in them, secret or not, and with their plain values. */
const leaf = fc.record({ value: fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())), secret: fc.boolean() });
type Leaf = { readonly value: unknown; readonly secret: boolean };
type Tree = { readonly [name: string]: Leaf | Tree };
const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.dictionary(
    fc.constantFrom("azure", "a/b", "m~n", "clusters", "0"),
    fc.oneof({ maxDepth: 3, depthIdentifier: "tree" }, leaf, tie("tree")),
    { maxKeys: 3 },
  ),
})).tree;

const isLeaf = (node: Leaf | Tree): node is Leaf => typeof node["secret"] === "boolean";

function built(node: Leaf | Tree, outputs: boolean): unknown {
  if (!isLeaf(node)) {
    return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, built(inner, outputs)]));
  }
  if (!outputs) return node.value;
  return node.secret ? pulumi.secret(node.value) : pulumi.output(node.value);
}

describe("secret parts of outputs", () => {
  it("are taken out by their places, so that nothing that is left is a secret, and put back as they were", () =>
    fc.assert(
      fc.asyncProperty(tree, async (node) => {
        const { sections, secretParts } = separateSecrets(built(node, true) as object);
        assert.equal(await pulumi.isSecret(pulumi.output(sections)), false);
        assert.equal(await pulumi.isSecret(secretParts), true);
        const [plain, parts] = [await valueOf(pulumi.output(sections)), await valueOf(secretParts)];
        assert.deepEqual(withSecretParts(plain, parts as SecretParts), built(node, false));
      }),
      { numRuns: 200 },
    ));

  it("stand in a section as a mark that says nothing of them", async () => {
    const { sections, secretParts } = separateSecrets({ azure: { uri: "u", key: pulumi.secret("hunter2") } });
    const plain = await valueOf(pulumi.output(sections));
    assert.deepEqual(plain, { azure: { uri: "u", key: "[secret]" } });
    assert.equal(holdsSecretPart(plain), true);
    assert.deepEqual(await valueOf(secretParts), { "/azure/key": "hunter2" });
  });

  it("are none where nothing is a secret", async () => {
    const { secretParts } = separateSecrets({ aws: { region: pulumi.output("eu-west-1") } });
    assert.deepEqual(await valueOf(secretParts), {});
  });
});
