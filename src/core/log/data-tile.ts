/** Data tiles of certificate logs (C2SP static-ct-api, "Log Entries"). */

import { concatBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

const leafHeader = new Uint8Array([0, 0]); // version 1, timestamped_entry
/** The types of entries. */
const certificate = 0;
const precertificate = 1;
/** The type of the extension with the index of the entry. */
const leafIndex = 0;

/**
 * Splits a data tile into its entries. Each is returned as the MerkleTreeLeaf that the log hashes (RFC 6962, section 3.4), without the
 * certificates that the hash does not cover.
 *
 * @param first the index of the first entry in the log
 * @throws CountersignError `SERVICE_RESPONSE_INVALID` if it does not have exactly this number of entries; `ENTRY_ALTERED` for an entry with
 * the index of another one
 */
export function splitDataTile(tile: Uint8Array, first: number, count: number): readonly Uint8Array[] {
  const reader = new VectorReader(tile);
  const leaves = Array.from({ length: count }, (_, at) => readLeaf(reader, first + at));
  if (reader.offset !== tile.length)
    fail('SERVICE_RESPONSE_INVALID', `the data tile has ${tile.length - reader.offset} bytes after entry ${count}`);
  return leaves;
}

function readLeaf(reader: VectorReader, index: number): Uint8Array {
  const start = reader.offset;
  reader.skip(8); // time
  const type = reader.number(2);
  if (type !== certificate && type !== precertificate)
    fail('SERVICE_RESPONSE_INVALID', `entry ${index} of the data tile has the unknown type ${type}`);
  if (type === precertificate) reader.skip(32); // issuer_key_hash
  reader.skip(reader.number(3));
  const extensions = reader.take(reader.number(2));
  const entry = reader.since(start);
  if (type === precertificate) reader.skip(reader.number(3));
  const fingerprints = reader.number(2);
  if (fingerprints % 32 !== 0)
    fail('SERVICE_RESPONSE_INVALID', `entry ${index} of the data tile has a malformed list of issuers`);
  reader.skip(fingerprints);
  const said = indexIn(extensions);
  if (said !== index)
    fail('ENTRY_ALTERED', `entry ${index} of the log has ${said === undefined ? 'no index' : `the index ${said}`}`);
  return concatBytes(leafHeader, entry);
}

/** Returns the index in CtExtensions; `undefined` if there is none, or it is malformed. */
function indexIn(extensions: Uint8Array): number | undefined {
  const reader = new VectorReader(extensions);
  let index: number | undefined;
  while (reader.offset < extensions.length) {
    const type = reader.number(1);
    const data = reader.take(reader.number(2));
    if (type !== leafIndex) continue;
    if (data.length !== 5 || index !== undefined) return undefined;
    index = new VectorReader(data).number(5);
  }
  return index;
}

/** Reads numbers and vectors of TLS. */
class VectorReader {
  readonly #bytes: Uint8Array;
  offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(width: number): number {
    return this.take(width).reduce((value, byte) => 256 * value + byte, 0);
  }

  take(length: number): Uint8Array {
    const start = this.offset;
    this.skip(length);
    return this.since(start);
  }

  skip(length: number): void {
    if (this.offset + length > this.#bytes.length)
      fail('SERVICE_RESPONSE_INVALID', 'the data tile ends within an entry');
    this.offset += length;
  }

  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.offset);
  }
}
