import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A place in the source that makes an AutomationError. */
export interface ErrorSite {
  readonly file: string;
  readonly exit: string;
  /** What its messages have in them whatever the values are, a blank character for each value. */
  readonly texts: readonly string[];
  /** The code that it names itself. */
  readonly errorCode?: string;
  /** It hands the options of another error on. */
  readonly passesOn: boolean;
}

/** Stands for a value in a message. */
export const VALUE = "\u0001";

/** Every `new AutomationError` below a folder. */
export function errorSites(folder: string): ErrorSite[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => sitesOf(file, readFileSync(join(folder, file), "utf8")));
}

/** Every `new AutomationError` of a source text. */
export function sitesOf(file: string, text: string): ErrorSite[] {
  const sites: ErrorSite[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === "AutomationError") {
      const [exit, message, options] = node.arguments ?? [];
      const properties = options && ts.isObjectLiteralExpression(options) ? options.properties : undefined;
      const named = properties?.find((one) => one.name?.getText() === "errorCode");
      sites.push({
        file,
        exit: exit && ts.isStringLiteral(exit) ? exit.text : VALUE,
        texts: message ? textsOf(message) : [],
        ...(named &&
          ts.isPropertyAssignment(named) &&
          ts.isStringLiteral(named.initializer) && { errorCode: named.initializer.text }),
        passesOn: options !== undefined && properties === undefined,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return sites;
}

function textsOf(message: ts.Node): string[] {
  if (ts.isStringLiteralLike(message)) return [message.text];
  if (ts.isConditionalExpression(message)) return [...textsOf(message.whenTrue), ...textsOf(message.whenFalse)];
  if (ts.isTemplateExpression(message)) {
    return [[message.head.text, ...message.templateSpans.map(({ literal }) => literal.text)].join(VALUE)];
  }
  return [VALUE];
}
