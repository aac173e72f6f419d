import { readFile, rm } from "node:fs/promises";
import { extname } from "node:path";
import { isMap as isYamlMap, parseDocument, type Document } from "yaml";
import { writeFileDurably } from "../backend/durable-file";
import { removeTemporaries } from "../backend/temporary-file";
import { errorCode, fileFault } from "../backend/file-fault";
import { EngineError } from "../engine-error";
import { ciphertextOf, getAt, removeAt, setAt, type StoredObject, type StoredValue } from "./config-object";
import { fullKey, parseFullKey, type ConfigKey } from "./config-key";
import { parseConfigPath, type ConfigPath } from "./config-path";

/**
 * A `Pulumi.<stack>.yaml`: a stack's configuration and the salt of its secrets. Edits keep comments, order and keys that
 * are not known here.
 */
export class StackConfigFile {
  private constructor(
    readonly file: string,
    private readonly document: Document,
  ) {}

  /** Reads the file; one that is not there counts as empty. Throws EngineError for text that is not valid. */
  static async load(file: string): Promise<StackConfigFile> {
    let text = "";
    try {
      text = await readFile(file, "utf8");
    } catch (cause) {
      if (errorCode(cause) !== "ENOENT") throw fileFault("read", file, cause);
    }
    return new StackConfigFile(file, parseSettings(text, file));
  }

  /** `v1:<salt>:<verifier>` of the passphrase provider; undefined where the stack has none yet. */
  get encryptionSalt(): string | undefined {
    const salt = this.document.get("encryptionsalt");
    return typeof salt === "string" && salt !== "" ? salt : undefined;
  }

  /** Sets the salt, in place of any other secrets provider. */
  set encryptionSalt(salt: string) {
    this.document.delete("secretsprovider");
    this.document.delete("encryptedkey");
    if (this.document.has("encryptionsalt")) this.document.set("encryptionsalt", salt);
    else this.prepend("encryptionsalt", salt);
  }

  /** The secrets provider that the file names, such as `awskms://...`; undefined for the passphrase provider. */
  get secretsProvider(): string | undefined {
    const provider = this.document.get("secretsprovider");
    return typeof provider === "string" && !["", "passphrase", "default"].includes(provider) ? provider : undefined;
  }

  /** All values by full key, as they are stored. */
  values(): Map<string, StoredValue> {
    const config = this.config();
    return new Map(Object.keys(config).map((text) => [fullKey(parseFullKey(text)), config[text] ?? null]));
  }

  /** Sets a value; with `path`, the key's name is a path into structured configuration. */
  set(key: ConfigKey, value: StoredValue, path: boolean): void {
    const [name, inner] = split(key, path);
    if (inner.length === 0) {
      this.document.setIn(["config", name], this.document.createNode(value));
      return;
    }
    const before = this.config()[name];
    const after = setAt(before, [name, ...inner], value, 1);
    // An edit in place keeps the comments within the structure; it needs every step on the way to be there.
    const parent = inner.slice(0, -1);
    const container = getAt(before, parent);
    if (typeof container === "object" && container !== null && ciphertextOf(container) === undefined) {
      this.document.setIn(["config", name, ...inner], this.document.createNode(value));
    } else this.document.setIn(["config", name], this.document.createNode(after));
  }

  /** Removes a value; one that is not there is no error. */
  remove(key: ConfigKey, path: boolean): void {
    const [name, inner] = split(key, path);
    const before = this.config()[name];
    if (before === undefined || getAt(before, inner) === undefined) return;
    removeAt(before, inner); // refuses what would look like a secret
    this.document.deleteIn(["config", name, ...inner]);
    this.dropEmptyConfig();
  }

  /** Replaces all values, by full key. */
  replaceAll(values: Readonly<Record<string, StoredValue>>): void {
    this.document.set("config", this.document.createNode(values));
    this.dropEmptyConfig();
  }

  /** Writes the file as a whole. */
  async save(): Promise<void> {
    const text =
      extname(this.file) === ".json"
        ? `${JSON.stringify(this.document.toJS(), undefined, 4)}\n`
        : this.document.toString({ lineWidth: 0, nullStr: "null" });
    await removeTemporaries(this.file);
    await writeFileDurably(this.file, text);
  }

  /** Removes the file, if it is there. */
  async delete(): Promise<void> {
    await rm(this.file, { force: true });
  }

  private config(): StoredObject {
    const { config } = (this.document.toJS() ?? {}) as { config?: StoredObject | null };
    return config ?? {};
  }

  private dropEmptyConfig(): void {
    const config = this.document.get("config");
    if (isYamlMap(config) && config.items.length === 0) this.document.delete("config");
  }

  private prepend(name: string, value: string): void {
    const { contents } = this.document;
    if (!isYamlMap(contents)) throw new Error("the document was made an object when it was read");
    contents.items.unshift(this.document.createPair(name, value));
  }
}

/** The key's name under `config:` as far as it is no path, and the rest of the path. */
function split(key: ConfigKey, path: boolean): [name: string, inner: ConfigPath] {
  if (!path) return [fullKey(key), []];
  const [first, ...inner] = parseConfigPath(key.name);
  return [fullKey({ namespace: key.namespace, name: String(first) }), inner];
}

function parseSettings(text: string, file: string): Document {
  const document = parseDocument(text, { merge: true });
  const [fault] = document.errors;
  if (fault) throw new EngineError(`could not read ${file}: ${fault.message}`, 1, { cause: fault });
  if (document.contents === null || document.toJS() === null) {
    // A comment above nothing belongs to the document that is made of it.
    const comment = document.commentBefore ?? document.comment;
    document.contents = document.createNode({}) as unknown as typeof document.contents;
    if (isYamlMap(document.contents)) document.contents.flow = false;
    document.commentBefore = comment;
    document.comment = null;
  }
  if (!isYamlMap(document.contents))
    throw new EngineError(`could not read ${file}: it must be an object with 'config'`);
  const config: unknown = document.get("config");
  if (config !== undefined && config !== null && !isYamlMap(config)) {
    throw new EngineError(`could not read ${file}: 'config' must be an object of keys such as 'project:name'`);
  }
  if (config === null) document.delete("config");
  return document;
}
