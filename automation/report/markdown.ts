/** Characters that cannot be seen, or that turn the direction of a text around and make it look like another. */
// eslint-disable-next-line no-control-regex -- these are what it is about
const INVISIBLE = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** What has a meaning in Markdown or HTML, or makes GitHub mention somebody or link something. */
const MARKUP = /[&<>"'`*_~[\]()!|\\#@$^{}]|:(?=\/\/)|(?<=\bwww)\.|(?<=^\s*\d*)[.+=-]/gi;

/**
 * A name or text of others, to stand inside a line of Markdown, a table or HTML, as nothing but itself: no markup, no
 * mention, no link, in one line and not longer than `longest` characters. Invisible characters are shown by their codes.
 */
export function inlineText(text: string, longest = 200): string {
  // GitHub looks for mentions and references when entities are gone already; not in code.
  return escaped(text, longest).replace(/&#(?:64|35);/g, "$&&#8203;");
}

/** The same in the font of code. */
export function inlineCode(text: string, longest = 200): string {
  return `<code>${escaped(text, longest)}</code>`;
}

/** Lines as a block of code; what they hold cannot end it. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const content = lines.map((line) => visible(line, false)).join("\n");
  const runs = content.match(/`{3,}/g) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return `${fence}${language}\n${content}\n${fence}\n`;
}

/** A text that is cut where it is longer than `longest` characters, and says so. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Not between the halves of a character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}

function escaped(text: string, longest: number): string {
  return visible(shortened(text, longest), true).replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}

/** Shows invisible characters, and ends of lines where there may be none, by their codes. */
function visible(text: string, oneLine: boolean): string {
  const shown = text.toWellFormed().replace(INVISIBLE, code);
  return oneLine ? shown.replace(/\n/g, "\\n") : shown;
}

function code(character: string): string {
  if (character === "\t") return "\\t";
  if (character === "\r") return "\\r";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
