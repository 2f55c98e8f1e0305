/** Searches entries that cannot be read for names, keys and digests of a policy. */

/** The length of the part of a needle that is searched for. Shorter needles occur by chance. */
const width = 6;
/** Runs of base64 with fewer characters hold no needle. */
const shortestRun = 16;
/** An entry holds base64 of a PEM text, which holds base64 of a certificate. */
const mostLevels = 3;

interface Needle<Value> {
  readonly bytes: Uint8Array;
  /** The place of the part in the needle. */
  readonly at: number;
  readonly value: Value;
}

/**
 * Needles by the hash of a part. A text is read once, however many needles there are: for each needle, the part is chosen that the fewest
 * others have.
 */
export class Needles<Value> {
  readonly #parts = new Map<number, Needle<Value>[]>();

  constructor(needles: Iterable<readonly [needle: Uint8Array, value: Value]>) {
    const long = [...needles]
      .filter(([{ length }]) => length >= width)
      .map(([bytes, value]) => [lower(bytes), value] as const);
    const counts = new Map<number, number>();
    for (const [bytes] of long) for (const hash of hashes(bytes)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    for (const [bytes, value] of long) {
      let best = { hash: 0, at: 0, count: Number.POSITIVE_INFINITY };
      for (const [at, hash] of [...hashes(bytes)].entries()) {
        const count = counts.get(hash) ?? 0;
        if (count < best.count) best = { hash, at, count };
      }
      const known = this.#parts.get(best.hash) ?? [];
      this.#parts.set(best.hash, known);
      known.push({ bytes, at: best.at, value });
    }
  }

  /** Returns the values whose needles occur in an entry, or in base64 within it. Letter case does not matter. */
  search(entry: Uint8Array): ReadonlySet<Value> {
    const found = new Set<Value>();
    if (this.#parts.size > 0) this.#search(entry, mostLevels, found);
    return found;
  }

  #search(bytes: Uint8Array, levels: number, found: Set<Value>): void {
    const text = lower(bytes);
    let at = 0;
    for (const hash of hashes(text)) {
      for (const needle of this.#parts.get(hash) ?? [])
        if (!found.has(needle.value) && occursAt(needle, text, at)) found.add(needle.value);
      at++;
    }
    if (levels > 1) for (const run of base64Runs(bytes)) this.#search(run, levels - 1, found);
  }
}

function occursAt({ bytes, at }: Needle<unknown>, text: Uint8Array, place: number): boolean {
  const start = place - at;
  if (start < 0 || start + bytes.length > text.length) return false;
  for (let i = 0; i < bytes.length; i++) if (text[start + i] !== bytes[i]) return false;
  return true;
}

const base = 0x01000193;
/** `base` to the power of `width`, modulo 2^32. */
const outgoing = Array.from({ length: width }).reduce<number>((power) => Math.imul(power, base), 1);

/** Returns the hash of each part of a text, from its beginning to its end. */
function* hashes(text: Uint8Array): Generator<number> {
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (Math.imul(hash, base) + (text[i] ?? 0) + 1) | 0;
    if (i >= width) hash = (hash - Math.imul((text[i - width] ?? 0) + 1, outgoing)) | 0;
    if (i >= width - 1) yield hash;
  }
}

/** Returns bytes with the capitals of ASCII in lower case. */
function lower(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));
}

/** Returns what runs of base64 in a text decode to. Line breaks within a run are ignored, also as JSON writes them. */
function* base64Runs(text: Uint8Array): Generator<Uint8Array> {
  let run: number[] = [];
  for (let i = 0; i <= text.length; i++) {
    const byte = text[i];
    if (byte !== undefined && isBase64(byte)) {
      run.push(byte);
      continue;
    }
    if (byte === 0x0a || byte === 0x0d) continue;
    // `\n`, `\r` and `\/` of JSON.
    const next = text[i + 1];
    if (byte === 0x5c && (next === 0x6e || next === 0x72 || next === 0x2f)) {
      if (next !== 0x2f) i++;
      continue;
    }
    if (run.length >= shortestRun) yield Buffer.from(Buffer.from(run).toString('latin1'), 'base64');
    run = [];
  }
}

function isBase64(byte: number): boolean {
  return (
    (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x2f && byte <= 0x39) || byte === 0x2b
  );
}
