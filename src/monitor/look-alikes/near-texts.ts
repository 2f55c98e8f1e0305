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
export class NearTexts<Item> {
  readonly #items: Item[] = [];
  readonly #hashes = new DeletionHashes();
  /** Hashes, each followed by the index of its item, until the first search. */
  #added: number[] = [];
  #table: HashTable | undefined;

  /** Adds a text. Texts are added before the first search. */
  add(text: string, item: Item): void {
    const index = this.#items.push(item) - 1;
    if (text.length > longest) return;
    const withPairs = text.length >= shortestForPairs && text.length <= longestForPairs;
    const count = this.#hashes.compute(text, withPairs);
    for (let at = 0; at < count; at++) this.#added.push(this.#hashes.values[at] ?? 0, index);
  }

  /** Returns the items whose text may be near. */
  search(text: string): ReadonlySet<Item> {
    this.#table ??= new HashTable(this.#added);
    this.#added = [];
    const found = new Set<Item>();
    if (text.length > longest + most) return found;
    const withPairs = text.length >= shortestForPairs - most && text.length <= longestForPairs + most;
    const count = this.#hashes.compute(text, withPairs);
    for (const index of this.#table.find(this.#hashes.values, count)) {
      const item = this.#items[index];
      if (item !== undefined) found.add(item);
    }
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

/** A read-only table from hashes to numbers. Two filters answer most searches: a small one, and one that is seldom wrong. */
class HashTable {
  readonly #small: Int32Array;
  readonly #filter: Int32Array;
  /** The entries are sorted by the first bits of their hashes. Each number of those bits has the index of its first entry here. */
  readonly #starts: Int32Array;
  readonly #shift: number;
  readonly #hashes: Int32Array;
  readonly #numbers: Int32Array;

  /** @param pairs hashes, each followed by its number */
  constructor(pairs: readonly number[]) {
    const size = pairs.length / 2;
    const bits = Math.max(6, Math.ceil(Math.log2(Math.max(1, size))));
    this.#filter = new Int32Array(2 ** Math.min(bits - 2, 22));
    this.#small = new Int32Array(Math.min(this.#filter.length, mostWords));
    const starts = new Int32Array(2 ** bits + 1);
    this.#starts = starts;
    this.#shift = 32 - bits;
    this.#hashes = new Int32Array(size);
    this.#numbers = new Int32Array(size);
    for (let at = 0; at < pairs.length; at += 2) {
      const mixed = mix(pairs[at] ?? 0);
      setBits(this.#small, mixed, smallBit(mixed));
      setBits(this.#filter, mixed, filterBits(mixed));
      const bucket = (mixed >>> this.#shift) + 1;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
    for (let bucket = 1; bucket < starts.length; bucket++) {
      starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
    }
    const next = starts.slice();
    for (let at = 0; at < pairs.length; at += 2) {
      const mixed = mix(pairs[at] ?? 0);
      const bucket = mixed >>> this.#shift;
      const place = next[bucket] ?? 0;
      next[bucket] = place + 1;
      this.#hashes[place] = mixed;
      this.#numbers[place] = pairs[at + 1] ?? 0;
    }
  }

  /** Returns the numbers of the first `count` hashes. */
  find(hashes: Int32Array, count: number): readonly number[] {
    const small = this.#small;
    const last = small.length - 1;
    const found: number[] = [];
    for (let at = 0; at < count; at++) {
      const mixed = mix(hashes[at] ?? 0);
      if (((small[mixed & last] ?? 0) & smallBit(mixed)) !== 0) this.#collect(mixed, found);
    }
    return found;
  }

  #collect(mixed: number, found: number[]): void {
    const bits = filterBits(mixed);
    if (((this.#filter[mixed & (this.#filter.length - 1)] ?? 0) & bits) !== bits) return;
    const bucket = mixed >>> this.#shift;
    const end = this.#starts[bucket + 1] ?? 0;
    for (let at = this.#starts[bucket] ?? 0; at < end; at++) {
      if (this.#hashes[at] === mixed) found.push(this.#numbers[at] ?? 0);
    }
  }
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
