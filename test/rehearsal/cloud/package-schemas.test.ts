import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { ResourceTypeTable } from "../../../rehearsal/cloud/tables/table";
import { VENDORS } from "../../../rehearsal/cloud/tables/vendors";

const root = (pkg: string): string => dirname(createRequire(__filename).resolve(`@pulumi/${pkg}/package.json`));

/**
 * The declaration of a type's class: `aws:s3/bucket:Bucket` is in s3/bucket.d.ts, `azure-native:keyvault:Vault` in
 * keyvault/vault.d.ts, `kubernetes:rbac.authorization.k8s.io/v1:Role` in rbac/v1/role.d.ts.
 */
function declarationOf(pkg: string, token: string): ts.SourceFile {
  const [, module = "", name = ""] = token.split(":");
  const inFolder = `${name[0]!.toLowerCase()}${name.slice(1)}`;
  const [, group = "", version = ""] = (pkg === "kubernetes" && /^(\w+)[^/]*\/(v\w+)$/.exec(module)) || [];
  const path = group
    ? `${group}/${version}/${inFolder}`
    : module.includes("/")
      ? module.replace(/^index\//, "")
      : `${module}/${inFolder}`;
  const file = join(root(pkg), `${path}.d.ts`);
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

function argsOf(source: ts.SourceFile): { all: string[]; required: string[] } {
  const members = source.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ name }) => name.text.endsWith("Args") && !name.text.endsWith("OutputArgs"))
    .flatMap(({ members }) => [...members])
    .filter(ts.isPropertySignature);
  const names = (chosen: ts.PropertySignature[]): string[] => chosen.map(({ name }) => name.getText()).sort();
  return { all: names(members), required: names(members.filter(({ questionToken }) => !questionToken)) };
}

function outputsOf(source: ts.SourceFile): string[] {
  return source.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => [...members])
    .filter(ts.isPropertyDeclaration)
    .filter(({ modifiers }) => !modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
    .map(({ name }) => name.getText());
}

const required = ({ properties }: ResourceTypeTable): string[] =>
  Object.entries(properties).flatMap(([name, schema]) => (schema.required ? [name] : []));

describe("tables", () => {
  for (const vendor of VENDORS) {
    describe(`of ${vendor.name}`, () => {
      it("say the version of the package that is installed", () => {
        const manifest = JSON.parse(readFileSync(join(root(vendor.name), "package.json"), "utf8")) as {
          version: string;
        };
        assert.equal(vendor.version, manifest.version);
      });

      it("have the settings of the package's provider", () => {
        const file = join(root(vendor.name), "provider.d.ts");
        const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
        assert.deepEqual(Object.keys(vendor.config).sort(), argsOf(source).all);
      });

      for (const table of vendor.resources) {
        it(`have the inputs and outputs of ${table.type}`, () => {
          const source = declarationOf(vendor.name, table.type);
          const args = argsOf(source);
          assert.deepEqual(Object.keys(table.properties).sort(), args.all);
          assert.deepEqual(required(table).sort(), args.required);
          const shown = Object.keys(table.properties).filter((name) => !table.properties[name]!.inputOnly);
          const outputs = new Set(outputsOf(source));
          const strange = [...shown, ...Object.keys(table.computed ?? {})].filter((name) => !outputs.has(name));
          assert.deepEqual(strange, []);
        });
      }

      for (const { token, args } of vendor.functions) {
        it(`have the arguments of ${token}`, () => {
          assert.deepEqual(Object.keys(args).sort(), argsOf(declarationOf(vendor.name, token)).all);
        });
      }
    });
  }
});
