import { posix } from "node:path";

const BLOCK = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/**
 * A file in a POSIX tar, as Go's `archive/tar` writes it: in the ustar format where the name fits, else with a pax header.
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
export function tarEntry(name: string, contents: Buffer): Buffer[] {
  const split = splitName(name);
  const size = contents.length;
  if (split) return [header(split.base, "0", size, { ...FILE, prefix: split.prefix }), contents, padding(size)];
  const record = paxRecord("path", name);
  const { dir, base } = posix.parse(name);
  const paxName = posix.join(dir, "PaxHeaders.0", base);
  return [
    header(shortName(paxName).replace(/\/+$/, ""), "x", record.length, { mode: 0 }),
    record,
    padding(record.length),
    header(shortName(name), "0", size, FILE),
    contents,
    padding(size),
  ];
}

/** What closes a tar. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

interface Fields {
  /** Octal permissions. */
  readonly mode: number;
  /** Whether the numbers of a device are written, although it is none. */
  readonly device?: boolean;
  readonly prefix?: string;
}

const FILE: Fields = { mode: 0o600, device: true };

function header(name: string, kind: "0" | "x", size: number, { mode, device, prefix = "" }: Fields): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, NAME_BYTES);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108); // owner
  block.write(octal(0, 7), 116); // group
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136); // time of the last change
  block.write("        ", 148); // the sum is taken with blanks in its own place
  block.write(kind, 156);
  block.write("ustar\x0000", 257);
  if (device) block.write(`${octal(0, 7)}\0${octal(0, 7)}`, 329);
  block.write(prefix, 345, PREFIX_BYTES);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** How the ustar format has the name: with the longest prefix that fits. Undefined where it has no room for it. */
function splitName(name: string): { prefix: string; base: string } | undefined {
  if (ascii(name) !== name) return undefined;
  if (name.length <= NAME_BYTES) return { prefix: "", base: name };
  const at = name.slice(0, PREFIX_BYTES + 1).lastIndexOf("/");
  const base = name.slice(at + 1);
  return at > 0 && base.length <= NAME_BYTES ? { prefix: name.slice(0, at), base } : undefined;
}

/** A record says its own length, its digits included. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

/** What readers that know no pax headers get to see; a slash at its end would make it a directory. */
function shortName(name: string): string {
  const short = ascii(name);
  return short.length > NAME_BYTES ? short.slice(0, NAME_BYTES).replace(/\/+$/, "") : short;
}

function ascii(text: string): string {
  return [...text].filter((character) => character < "\x80" && character !== "\0").join("");
}
