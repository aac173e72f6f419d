/** The URNs that an operation is limited to, or that it leaves out; `*` in one stands for a part, `**` for any text. */
export class UrnTargets {
  private readonly literals: Set<string>;
  private readonly globs: RegExp[];

  constructor(patterns: readonly string[]) {
    this.literals = new Set(patterns.filter((pattern) => !pattern.includes("*")));
    this.globs = patterns.filter((pattern) => pattern.includes("*")).map(toRegExp);
  }

  /** Whether there are any at all. */
  get constrained(): boolean {
    return this.literals.size > 0 || this.globs.length > 0;
  }

  /** Whether the URN is among them; without any, every URN is. */
  contains(urn: string): boolean {
    return !this.constrained || this.literals.has(urn) || this.globs.some((glob) => glob.test(urn));
  }

  /** The URNs without wildcards. */
  get exact(): readonly string[] {
    return [...this.literals];
  }

  add(urn: string): void {
    if (this.constrained) this.literals.add(urn);
  }

  clone(): UrnTargets {
    const copy = new UrnTargets([...this.literals]);
    copy.globs.push(...this.globs);
    return copy;
  }
}

function toRegExp(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*)/).map((part) => {
    if (part === "**") return ".*";
    if (part === "*") return "[^:]*";
    return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}
