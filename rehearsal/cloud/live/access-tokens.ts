import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Issues tokens and tells its own from others, as a directory does for an endpoint. */
export class AccessTokens {
  private readonly secret = randomBytes(32);

  /** `audience` is for whom a token has to be issued so that it opens an endpoint. */
  constructor(private readonly audience: string) {}

  /** A token that ends at a time, in milliseconds since 1970. */
  issue(endsAt: number, audience = this.audience): string {
    const claims = Buffer.from(JSON.stringify({ aud: audience, exp: endsAt })).toString("base64url");
    return `${claims}.${this.sign(claims)}`;
  }

  /** Why a token opens nothing; undefined where it does. */
  refusal(token: string, now: number): string | undefined {
    const [claims = "", signature = ""] = token.split(".");
    if (!sameText(signature, this.sign(claims))) return "the token was not issued by the directory of the endpoint";
    const { aud, exp } = JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as { aud: string; exp: number };
    if (aud !== this.audience) return `the token is for ${aud}, an endpoint takes one for ${this.audience}`;
    return exp <= now ? "the token has ended" : undefined;
  }

  private sign(claims: string): string {
    return createHmac("sha256", this.secret).update(claims).digest("base64url");
  }
}

/** Compares secrets without telling by its time how much of them is right. */
export function sameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
