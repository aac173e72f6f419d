import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** A class or interface that components/index.ts exports, as its source declares it. */
export interface Declared {
  readonly name: string;
  readonly file: string;
  readonly kind: "component" | "interface" | "other";
  /** Its doc comment. */
  readonly doc: string;
  readonly members: readonly DeclaredMember[];
}

/** A property. */
export interface DeclaredMember {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly doc: string;
  /** Those of an object that is written out in the type. */
  readonly members: readonly DeclaredMember[];
}

/** What an index file exports, in its order, read from the sources without resolving types. */
export function exportedDeclarations(index: string): Declared[] {
  const source = parse(index);
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier || !statement.exportClause) return [];
    if (!ts.isNamedExports(statement.exportClause) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const file = `${join(dirname(index), statement.moduleSpecifier.text)}.ts`;
    const declared = declarationsOf(file);
    return statement.exportClause.elements.flatMap(({ name, propertyName }) => {
      const found = declared.find((one) => one.name === (propertyName ?? name).text);
      return found ? [{ ...found, name: name.text }] : [];
    });
  });
}

/** The classes, interfaces and other exports of a file. */
export function declarationsOf(file: string): Declared[] {
  return parse(file).statements.flatMap((statement): Declared[] => {
    const doc = docOf(statement);
    const extended = ts.isClassDeclaration(statement) ? statement.heritageClauses?.[0]?.getText() : undefined;
    if (ts.isClassDeclaration(statement) && statement.name && extended?.includes("ComponentResource")) {
      const members = statement.members.filter((one) => ts.isPropertyDeclaration(one)).filter(isPublic);
      return [{ name: statement.name.text, file, kind: "component", doc, members: members.flatMap(memberOf) }];
    }
    if (ts.isInterfaceDeclaration(statement)) {
      return [
        { name: statement.name.text, file, kind: "interface", doc, members: statement.members.flatMap(memberOf) },
      ];
    }
    const name =
      ts.isFunctionDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement)
        ? statement.name?.text
        : ts.isVariableStatement(statement)
          ? statement.declarationList.declarations[0]?.name.getText()
          : undefined;
    return name === undefined ? [] : [{ name, file, kind: "other", doc, members: [] }];
  });
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

function isPublic(node: ts.PropertyDeclaration): boolean {
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.StaticKeyword];
  return !(node.modifiers ?? []).some(({ kind }) => hidden.includes(kind));
}

function memberOf(node: ts.Node): DeclaredMember[] {
  if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node)) return [];
  const type = node.type ? node.type.getText().replace(/\s+/g, " ") : "";
  const members = node.type && ts.isTypeLiteralNode(node.type) ? node.type.members.flatMap(memberOf) : [];
  const optional = node.questionToken !== undefined;
  return [{ name: node.name.getText(), type, optional, doc: docOf(node), members }];
}

/** The sentences of a doc comment, and the text of its `@default`. */
function docOf(node: ts.Node): string {
  const [block] = ts.getJSDocCommentsAndTags(node).filter((one) => ts.isJSDoc(one));
  const text = ts.getTextOfJSDocComment(block?.comment) ?? "";
  const fallback = ts
    .getJSDocTags(node)
    .filter((tag) => tag.tagName.text === "default")
    .map((tag) => `Default: ${ts.getTextOfJSDocComment(tag.comment) ?? ""}.`);
  return [
    text
      .replace(/\{@link (\S+?)\}/g, "`$1`")
      .replace(/\s+/g, " ")
      .trim(),
    ...fallback,
  ]
    .filter(Boolean)
    .join(" ");
}
