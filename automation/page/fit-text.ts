const known = new Map<string, string>();
let context: CanvasRenderingContext2D | null | undefined;

/** A text that is not wider than so many pixels in a font: its middle is left out, since names differ at their ends. */
export function fitText(text: string, width: number, font: string): string {
  const key = `${font} ${width} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  context ??= document.createElement("canvas").getContext("2d");
  if (context) context.font = font;
  const widthOf = (part: string) => context?.measureText(part).width ?? part.length * 7;
  // What is far too long is not measured as a whole.
  const plain = text.length > 300 ? `${text.slice(0, 150)}${text.slice(-150)}` : text;
  let fitted = plain;
  if (plain !== text || widthOf(plain) > width) {
    const characters = [...plain];
    let [low, high] = [1, characters.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (widthOf(cut(characters, middle)) <= width) low = middle;
      else high = middle - 1;
    }
    fitted = cut(characters, low);
  }
  known.set(key, fitted);
  return fitted;
}

function cut(characters: readonly string[], length: number): string {
  const head = Math.ceil(length * 0.4);
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (length - head)).join("")}`;
}
