import { createHash } from "node:crypto";
import type { PageCode } from "./page-code";
import { PAGE_IDS, type PageData } from "./page-data";

/**
 * A page as one HTML file that needs nothing else. Its policy allows the script and the style sheet that are in it, by
 * their hashes, and no request at all; what the data holds is never code, wherever it comes from.
 * @see https://www.w3.org/TR/CSP3/
 */
export function renderPage(data: PageData, { script, style }: PageCode): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = escaped(data.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<noscript><h1>${title}</h1><p>This report is drawn by a script that is in this file and reaches no network. Allow scripts to see it.</p></noscript>
<div id="${PAGE_IDS.app}"></div>
<script type="application/json" id="${PAGE_IDS.data}">${inScript(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that cannot end the element that it is in, nor begin another one. */
function inScript(data: PageData): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** A text of others in HTML, as nothing but itself. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\0", "\uFFFD")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** By what the browser hashes: the text with line ends as HTML reads them. */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text.replace(/\r\n?/g, "\n")).digest("base64")}`;
}
