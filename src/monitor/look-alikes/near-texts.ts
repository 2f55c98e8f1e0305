/** Texts of these lengths are found with two edits. Shorter ones have too many neighbours, and longer ones too many pairs of characters. */
const [shortestForPairs, longestForPairs] = [8, 64] as const;
/** Longer texts are not compared. */
const longest = 254;
/** The most edits, by which the other text can be shorter or longer. */
const most = 2;

const base = 0x01000193;

/** The powers of the base. */
const powers = new Int32Array(longest + most + 1).fill(1);
for (let at = 1; at < powers.length; at++) powers[at] = Math.imul(powers[at - 1] ?? 0, base);

/**
 * Finds texts that are at most two edits away from a given one, in a time that hardly depends on their number. Two such texts become the same
 * text after at most two deletions in each, so the hashes of those texts are looked up.
 *
 * Two texts with the same hash can be different: the caller compares the texts that are found.
 */
export class NearTexts {
  readonly #texts = new Set<string>();
  #table: HashTable | undefined;
  readonly #hashes = new DeletionHashes();
  /** The last search: the owner of a repository is searched for as a part of its name, and alone. */
  #last: { readonly text: string; readonly found: ReadonlySet<string> } | undefined;

  /** Adds a text. Texts are added before the first search. */
  add(text: string): void {
    if (text.length <= longest) this.#texts.add(text);
  }

  /** Returns the texts that may be near. */
  search(text: string): ReadonlySet<string> {
    if (this.#last?.text === text) return this.#last.found;
    this.#table ??= new HashTable([...this.#texts], this.#hashes);
    const found = new Set<string>();
    if (text.length <= longest + most) {
      const withPairs = text.length >= shortestForPairs - most && text.length <= longestForPairs + most;
      const count = this.#hashes.compute(text, withPairs);
      for (const near of this.#table.find(this.#hashes.values, count)) found.add(near);
    }
    this.#last = { text, found };
    return found;
  }
}

/** The hashes of a text, and of what deletions leave of it. They are polynomials, so that each takes one addition. */
class DeletionHashes {
  readonly values = new Int32Array(1 + longest + most + (longestForPairs + most) ** 2 / 2);
  /** What deleting the character before a later deletion changes. */
  readonly #changes = new Int32Array(longest + most);

  /** Writes the hashes of a text to `values`, and returns their number. With `withPairs`, those of two deletions are among them. */
  compute(text: string, withPairs: boolean): number {
    const { length } = text;
    let whole = 0;
    for (let at = 0; at < length; at++) whole = (Math.imul(whole, base) + text.charCodeAt(at)) | 0;
    let count = 0;
    this.values[count++] = whole;
    let prefix = 0;
    for (let at = 0; at < length; at++) {
      const next = (Math.imul(prefix, base) + text.charCodeAt(at)) | 0;
      const change = (prefix - next) | 0;
      prefix = next;
      this.#changes[at] = Math.imul(change, powers[Math.max(length - 2 - at, 0)] ?? 0);
      const one = (whole + Math.imul(change, powers[length - 1 - at] ?? 0)) | 0;
      this.values[count++] = one;
      if (!withPairs) continue;
      for (let other = 0; other < at; other++) this.values[count++] = (one + (this.#changes[other] ?? 0)) | 0;
    }
    return count;
  }
}

/** The most words of the first filter: 512 KiB stay in the second cache of a processor. */
const mostWords = 2 ** 17;

/** About four entries have the same first bits of their hashes. */
const bucketBits = 2;

/** A read-only table from hashes to texts. Two filters answer most searches: a small one, and one that is seldom wrong. */
class HashTable {
  readonly #texts: readonly string[];
  readonly #small: Int32Array;
  readonly #filter: Int32Array;
  /** The entries are sorted by the first bits of their hashes. Each number of those bits has the index of its first entry here. */
  readonly #starts: Int32Array;
  readonly #shift: number;
  /** The last bits of the hash of each entry, which tell most entries with the same first bits apart. */
  readonly #rests: Uint8Array;
  /** The index of the text of each entry. */
  readonly #numbers: Int32Array;

  constructor(texts: readonly string[], hashes: DeletionHashes) {
    this.#texts = texts;
    const size = texts.reduce((sum, text) => sum + hashes.compute(text, hasPairs(text)), 0);
    const bits = Math.max(6, Math.ceil(Math.log2(Math.max(1, size))));
    this.#filter = new Int32Array(2 ** Math.min(bits - 2, 22));
    this.#small = new Int32Array(Math.min(this.#filter.length, mostWords));
    const firstBits = bits - bucketBits;
    const starts = new Int32Array(2 ** firstBits + 1);
    this.#starts = starts;
    this.#shift = 32 - firstBits;
    this.#rests = new Uint8Array(size);
    this.#numbers = new Int32Array(size);
    for (const text of texts) {
      const count = hashes.compute(text, hasPairs(text));
      for (let at = 0; at < count; at++) {
        const mixed = mix(hashes.values[at] ?? 0);
        setBits(this.#small, mixed, smallBit(mixed));
        setBits(this.#filter, mixed, filterBits(mixed));
        const bucket = mixed >>> this.#shift;
        starts[bucket] = (starts[bucket] ?? 0) + 1;
      }
    }
    for (let bucket = 1; bucket < starts.length; bucket++) {
      starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
    }
    // Each start is the end of its bucket at first. Filled from the end, a bucket has its texts in their order.
    for (let number = texts.length - 1; number >= 0; number--) {
      const text = texts[number] ?? '';
      for (let at = hashes.compute(text, hasPairs(text)) - 1; at >= 0; at--) {
        const mixed = mix(hashes.values[at] ?? 0);
        const bucket = mixed >>> this.#shift;
        const place = (starts[bucket] ?? 0) - 1;
        starts[bucket] = place;
        this.#rests[place] = mixed;
        this.#numbers[place] = number;
      }
    }
  }

  /** Returns the texts of the first `count` hashes. */
  find(hashes: Int32Array, count: number): readonly string[] {
    const small = this.#small;
    const last = small.length - 1;
    const found: string[] = [];
    for (let at = 0; at < count; at++) {
      const mixed = mix(hashes[at] ?? 0);
      if (((small[mixed & last] ?? 0) & smallBit(mixed)) !== 0) this.#collect(mixed, found);
    }
    return found;
  }

  #collect(mixed: number, found: string[]): void {
    const bits = filterBits(mixed);
    if (((this.#filter[mixed & (this.#filter.length - 1)] ?? 0) & bits) !== bits) return;
    const bucket = mixed >>> this.#shift;
    const end = this.#starts[bucket + 1] ?? 0;
    for (let at = this.#starts[bucket] ?? 0; at < end; at++) {
      if (this.#rests[at] !== (mixed & 0xff)) continue;
      const text = this.#texts[this.#numbers[at] ?? 0];
      if (text !== undefined) found.push(text);
    }
  }
}

/** Reports whether a text is added with two deletions too. */
function hasPairs({ length }: string): boolean {
  return length >= shortestForPairs && length <= longestForPairs;
}

function setBits(filter: Int32Array, mixed: number, bits: number): void {
  const word = mixed & (filter.length - 1);
  filter[word] = (filter[word] ?? 0) | bits;
}

/** Returns one bit of a word. */
function smallBit(mixed: number): number {
  return 1 << (mixed >>> 27);
}

/** Returns two other bits of a word. */
function filterBits(mixed: number): number {
  return (1 << ((mixed >>> 22) & 31)) | (1 << ((mixed >>> 17) & 31));
}

/** Distributes the bits of a hash. Different hashes stay different. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return mixed ^ (mixed >>> 15);
}
