/** Timestamps made for a test by the sandbox's authority, right unless told otherwise. */

import { createHash } from 'node:crypto';
import {
  TimestampAuthority,
  type TimestampAuthorityOptions,
  type TokenOverrides,
} from '../../../sandbox/timestamp/index.ts';
import { type Certificate, readCertificate } from '../../../src/core/certificate/index.ts';
import { DerReader, der, readDer } from '../../../src/core/encoding/index.ts';
import { sources } from '../certificate/made.ts';

export const stamped = new TextEncoder().encode('the bytes of a signature');

export const sha = (hash: 'sha256' | 'sha384' | 'sha512', bytes: Uint8Array) =>
  new Uint8Array(createHash(hash).update(bytes).digest());

export const makeAuthority = (options: Partial<TimestampAuthorityOptions> = {}) =>
  new TimestampAuthority({ sources, ...options });

export const chainOf = (authority: TimestampAuthority): readonly Certificate[] =>
  authority.chain.map((certificate) => readCertificate(certificate));

export const respond = (authority: TimestampAuthority, overrides: TokenOverrides = {}) =>
  authority.timestamp({ imprint: sha(overrides.imprintHash ?? 'sha256', stamped), ...overrides });

/** The places of the parts of a response, as positions from element to element. */
export const at = {
  status: [0],
  token: [1],
  contentType: [1, 0],
  content: [1, 1],
  signedData: [1, 1, 0],
  version: [1, 1, 0, 0],
  digestAlgorithms: [1, 1, 0, 1],
  encapsulated: [1, 1, 0, 2],
  encapsulatedType: [1, 1, 0, 2, 0],
  info: [1, 1, 0, 2, 1, 0],
  certificates: [1, 1, 0, 3],
  signers: [1, 1, 0, 4],
  signer: [1, 1, 0, 4, 0],
  signerVersion: [1, 1, 0, 4, 0, 0],
  signerIdentifier: [1, 1, 0, 4, 0, 1],
  digestAlgorithm: [1, 1, 0, 4, 0, 2],
  attributes: [1, 1, 0, 4, 0, 3],
  signatureAlgorithm: [1, 1, 0, 4, 0, 4],
  signature: [1, 1, 0, 4, 0, 5],
} as const satisfies Record<string, readonly number[]>;

/** The element with another in some place: none takes it away, several put more there. All lengths are written anew. */
export function edited(
  element: Uint8Array,
  place: readonly number[],
  edit: (there: Uint8Array) => readonly Uint8Array[],
): Uint8Array {
  const [position, ...deeper] = place;
  const { tag, contents } = readDer(element, (reader) => reader.any());
  const inside = new DerReader(contents);
  const elements: Uint8Array[] = [];
  for (let i = 0; !inside.done; i++) {
    const { der: there } = inside.any();
    if (i !== position) elements.push(there);
    else elements.push(...(deeper.length === 0 ? edit(there) : [edited(there, deeper, edit)]));
  }
  return der.element(tag, ...elements);
}

/** The element in some place. */
export function elementAt(element: Uint8Array, place: readonly number[]): Uint8Array {
  const found: Uint8Array[] = [];
  edited(element, place, (there) => {
    found.push(there);
    return [there];
  });
  const [only] = found;
  if (only === undefined) throw new Error(`nothing at ${place}`);
  return only;
}
