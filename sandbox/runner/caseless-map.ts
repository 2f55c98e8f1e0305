/** A map whose names are compared without regard to case: those of outputs and state, and on Windows, of variables. The first spelling stays. */
export class CaselessMap extends Map<string, string> {
  override set(name: string, value: string): this {
    return super.set(this.#spelling(name), value);
  }

  override get(name: string): string | undefined {
    return super.get(this.#spelling(name));
  }

  override has(name: string): boolean {
    return super.has(this.#spelling(name));
  }

  override delete(name: string): boolean {
    return super.delete(this.#spelling(name));
  }

  #spelling(name: string): string {
    if (super.has(name)) return name;
    for (const known of this.keys()) if (known.toLowerCase() === name.toLowerCase()) return known;
    return name;
  }
}
