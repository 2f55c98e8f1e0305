/** Compresses as GitHub does what `bundle_url` leads to: Snappy's raw format (google/snappy, format_description.txt), without framing. */

import { concatBytes } from '../../src/core/encoding/index.ts';

/** The longest copy of one element, and how far back its offset of two bytes reaches. */
const maxCopy = 64;
const maxOffset = 0xffff;
/** Shorter matches are not searched for. */
const minMatch = 4;

/** The number of places that are remembered, by the hash of the bytes there. */
const tableBits = 15;

/** Compresses bytes: what occurred before becomes copies, everything else literals. */
export function compressSnappy(bytes: Uint8Array): Uint8Array {
  const words = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces = [varint(bytes.length)];
  const places = new Int32Array(2 ** tableBits).fill(-1);
  let written = 0;
  for (let at = 0; at + minMatch <= bytes.length; ) {
    const word = words.readUInt32LE(at);
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - tableBits);
    const earlier = places[slot] ?? -1;
    places[slot] = at;
    if (earlier < 0 || at - earlier > maxOffset || words.readUInt32LE(earlier) !== word) {
      at += 1;
      continue;
    }
    const length = matchLength(bytes, earlier, at);
    pieces.push(literal(bytes.subarray(written, at)), copy(at - earlier, length));
    at += length;
    written = at;
  }
  return concatBytes(...pieces, literal(bytes.subarray(written)));
}

function matchLength(bytes: Uint8Array, earlier: number, at: number): number {
  let length = minMatch;
  while (length < maxCopy && at + length < bytes.length && bytes[earlier + length] === bytes[at + length]) length += 1;
  return length;
}

/** A literal: its length less one, in the tag or in the one to four bytes after it. */
function literal(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  const length = bytes.length - 1;
  if (length < 60) return concatBytes(Uint8Array.of(length << 2), bytes);
  const size = [8, 16, 24, 32].findIndex((bits) => length < 2 ** bits) + 1;
  const tag = Buffer.alloc(1 + size);
  tag[0] = (59 + size) << 2;
  tag.writeUIntLE(length, 1, size);
  return concatBytes(tag, bytes);
}

/** A copy with an offset of two bytes. */
function copy(offset: number, length: number): Uint8Array {
  return Uint8Array.of(((length - 1) << 2) | 2, offset & 0xff, offset >> 8);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
