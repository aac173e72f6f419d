import { isMap, signatureOf, SIGNATURES, type PropertyMap, type PropertyValue } from "./property-value";
import { isSecret, makeSecret, mapUnlessSame, mapValuesUnlessSame } from "./secret-value";

/** Shorter texts are met by chance, such as `true` or a region: marking every one of them would hide ordinary values. */
const SHORTEST = 8;

/**
 * Texts known to be secret, to be recognised where a program sends them in clear.
 *
 * `StackReference.getOutputDetails` hands a secret to the program as a plain string. The real engine stores it in clear
 * wherever the program passes it on; here it stays a secret, alone or inside a longer text.
 */
export class KnownSecrets {
  private readonly texts = new Set<string>();

  /** Remembers the texts of at least eight characters that are inside secrets. */
  remember(properties: PropertyMap): void {
    for (const value of Object.values(properties)) this.collect(value, false);
  }

  /** The properties with every text that holds a known secret made one itself. */
  mark(properties: PropertyMap): PropertyMap {
    return this.texts.size === 0 ? properties : mapValuesUnlessSame(properties, (value) => this.marked(value));
  }

  private marked(value: PropertyValue): PropertyValue {
    if (typeof value === "string") return this.holdsSecret(value) ? makeSecret(value) : value;
    if (Array.isArray(value)) return mapUnlessSame(value, (element) => this.marked(element));
    if (!isMap(value) || isSecret(value)) return value;
    const signature = signatureOf(value);
    if (signature === undefined) return mapValuesUnlessSame(value, (element) => this.marked(element));
    // Of the protocol's own objects, only an output value says by itself whether it is secret.
    if (signature !== SIGNATURES.output || value.secret === true || value.value === undefined) return value;
    return this.marked(value.value) === value.value ? value : { ...value, secret: true };
  }

  private holdsSecret(text: string): boolean {
    for (const secret of this.texts) if (text.includes(secret)) return true;
    return false;
  }

  private collect(value: PropertyValue, secret: boolean): void {
    if (typeof value === "string" && secret && value.length >= SHORTEST) this.texts.add(value);
    if (Array.isArray(value)) for (const element of value) this.collect(element, secret);
    if (!isMap(value)) return;
    if (isSecret(value)) this.collect(value.value, true);
    else if (signatureOf(value) === undefined)
      for (const element of Object.values(value)) this.collect(element, secret);
  }
}
