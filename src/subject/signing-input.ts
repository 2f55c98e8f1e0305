/**
 * Finds files that are the signing input of another format: a plain signature over such a file is at the same time a signature in that
 * format, over whatever the file says.
 */

/** The formats whose signatures are made over text of their own, and not over a digest that names an artifact. */
export type SigningInputFormat = 'dsse' | 'simple-signing';

/** The first bytes of the pre-authentication encoding of a DSSE envelope (DSSE protocol, "PAE"). */
const dsseBeginning = Buffer.from('DSSEv1 ');

/** Reads a file piece by piece, in constant memory. */
export class SigningInputScanner {
  readonly #beginning: number[] = [];
  readonly #document = new SimpleSigningScanner();

  update(bytes: Uint8Array): void {
    for (const byte of bytes.subarray(0, dsseBeginning.length - this.#beginning.length)) this.#beginning.push(byte);
    this.#document.update(bytes);
  }

  /** Returns the format whose signing input was read so far; `undefined` for a file that is only a file. */
  get format(): SigningInputFormat | undefined {
    if (dsseBeginning.equals(Buffer.from(this.#beginning))) return 'dsse';
    return this.#document.isFound ? 'simple-signing' : undefined;
  }
}

/** The member by which a simple signing document names an image (containers/image, "atomic container signature"). */
const path = ['critical', 'image', 'docker-manifest-digest'] as const;
/** Longer than each name, also where every letter is written as `\u0061`. */
const maxNameLength = 256;

/** The bytes of JSON that matter here. */
const byte = {
  quote: 0x22,
  backslash: 0x5c,
  colon: 0x3a,
  comma: 0x2c,
  openObject: 0x7b,
  closeObject: 0x7d,
  openList: 0x5b,
  closeList: 0x5d,
} as const;
/** Bytes that may precede a JSON text: white space, and a byte order mark, which some parsers skip. */
const skipped: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * Looks for the member in an object. Names count as Go's encoding/json matches them, in upper or lower case, for cosign reads documents
 * with it; a name that occurs twice counts each time.
 */
class SimpleSigningScanner {
  isFound = false;
  #state: 'before' | 'outside' | 'string' | 'escape' | 'done' = 'before';
  #depth = 0;
  /** The number of names of the path that lead to the innermost object. */
  #matched = 0;
  /** True if the next value is the one of the next name of the path. */
  #isNext = false;
  #string: number[] = [];

  update(bytes: Uint8Array): void {
    for (const one of bytes) {
      if (this.#state === 'done') return;
      this.#take(one);
    }
  }

  #take(one: number): void {
    switch (this.#state) {
      case 'before':
        if (skipped.has(one)) return;
        this.#state = one === byte.openObject ? 'outside' : 'done';
        this.#depth = 1;
        return;
      case 'string':
        if (one === byte.quote) this.#state = 'outside';
        else {
          if (one === byte.backslash) this.#state = 'escape';
          this.#keep(one);
        }
        return;
      case 'escape':
        this.#state = 'string';
        this.#keep(one);
        return;
      default:
        this.#takeOutside(one);
    }
  }

  #takeOutside(one: number): void {
    if (one === byte.quote) {
      this.#state = 'string';
      this.#string = [];
    } else if (one === byte.colon) {
      this.#isNext = this.#depth === this.#matched + 1 && this.#isName(path[this.#matched]);
      if (this.#isNext && this.#matched === path.length - 1) this.#find();
    } else if (one === byte.openObject || one === byte.openList) {
      this.#depth++;
      if (this.#isNext && one === byte.openObject) this.#matched++;
      this.#isNext = false;
    } else if (one === byte.closeObject || one === byte.closeList) {
      this.#depth--;
      this.#matched = Math.min(this.#matched, this.#depth - 1);
      if (this.#depth === 0) this.#state = 'done';
    } else if (one === byte.comma) this.#isNext = false;
  }

  #find(): void {
    this.isFound = true;
    this.#state = 'done';
  }

  #keep(one: number): void {
    if (this.#string.length <= maxNameLength) this.#string.push(one);
  }

  #isName(wanted: string | undefined): boolean {
    if (this.#string.length > maxNameLength) return false;
    try {
      const name: unknown = JSON.parse(`"${Buffer.from(this.#string).toString('utf8')}"`);
      // Upper case first: the long s and the Kelvin sign are letters of their own in lower case.
      return typeof name === 'string' && name.toUpperCase().toLowerCase() === wanted;
    } catch {
      return false;
    }
  }
}
