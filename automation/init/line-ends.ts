/** Whether the lines of a text end as on Windows. */
export function usesCrlf(text: string): boolean {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  return crlf > 0 && crlf * 2 >= (text.match(/\n/g)?.length ?? 0);
}

/** The text with line ends of one character, and without a byte order mark: how texts are compared. */
export function withLf(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}
