/**
 * Reads DER for the monitor, which parses millions of certificates: it creates no object for each element. It checks less than the strict
 * reader of the core does. Nothing is accepted because of what it reads.
 */

/** Thrown for DER that cannot be read. It has no stack trace, which would cost more than reading a certificate. */
export class MalformedDer {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** A position in DER. Reading an element sets `from` and `to`, the bounds of its contents, and moves to the next element. */
export class DerCursor {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;
  /** The bounds of the contents of the latest element. */
  from = 0;
  to = 0;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  /** Returns the tag of the next element; -1 at the end. */
  get tag(): number {
    return this.at < this.end ? (this.bytes[this.at] ?? -1) : -1;
  }

  /** Reads the next element, which must have this tag. */
  read(tag: number): this {
    if (this.tag !== tag) throw new MalformedDer(`no element with the tag 0x${tag.toString(16)}`);
    return this.any();
  }

  /** Reads the next element, with any tag. */
  any(): this {
    const { bytes, end } = this;
    let at = this.at + 1;
    if (at >= end) throw new MalformedDer('the data ends too early');
    let length = bytes[at++] ?? 0;
    if (length >= 0x80) {
      const width = length & 0x7f;
      if (width === 0 || width > 4 || at + width > end) throw new MalformedDer('a length is invalid');
      length = bytes.readUIntBE(at, width);
      at += width;
    }
    if (length > end - at) throw new MalformedDer('a length exceeds the data');
    this.from = at;
    this.to = at + length;
    this.at = this.to;
    return this;
  }

  /** Reads the next element if it has this tag. */
  skip(tag: number): boolean {
    if (this.tag !== tag) return false;
    this.any();
    return true;
  }

  /** Returns a cursor over the contents of the latest element. */
  inside(): DerCursor {
    return new DerCursor(this.bytes, this.from, this.to);
  }

  /** Returns the contents of the latest element. */
  contents(): Buffer {
    return this.bytes.subarray(this.from, this.to);
  }
}
