/** The structures of RFC 6962 and of the Static CT API (C2SP static-ct-api), in their TLS encoding. */

import { concatBytes, uintBytes } from '../../src/core/encoding/index.ts';

/** A logged certificate, or the TBSCertificate of a precertificate, without the poison extension. */
export type SignedEntry =
  | { readonly kind: 'x509'; readonly certificate: Uint8Array }
  | {
      readonly kind: 'precertificate';
      /** SHA-256 of the issuer's SubjectPublicKeyInfo. */
      readonly issuerKeyHash: Uint8Array;
      readonly tbsCertificate: Uint8Array;
    };

/** Encodes a TimestampedEntry (RFC 6962, section 3.4). */
export function timestampedEntry(time: Date, entry: SignedEntry, extensions: Uint8Array): Uint8Array {
  const logged =
    entry.kind === 'x509'
      ? [uintBytes(0, 2), withLength(entry.certificate, 3)]
      : [uintBytes(1, 2), entry.issuerKeyHash, withLength(entry.tbsCertificate, 3)];
  return concatBytes(uintBytes(time.getTime(), 8), ...logged, withLength(extensions, 2));
}

/** Encodes a MerkleTreeLeaf (RFC 6962, section 3.4). An SCT signs the same bytes (section 3.2). */
export function merkleTreeLeaf(entry: Uint8Array): Uint8Array {
  return concatBytes(uintBytes(0, 2), entry);
}

/** Encodes a TileLeaf, the form of an entry in a data tile (C2SP static-ct-api, "Log entries"). */
export function tileLeaf(
  entry: Uint8Array,
  precertificate: Uint8Array | undefined,
  issuers: readonly Uint8Array[],
): Uint8Array {
  return concatBytes(
    entry,
    ...(precertificate === undefined ? [] : [withLength(precertificate, 3)]),
    withLength(concatBytes(...issuers), 2),
  );
}

/** The parts of a TileLeaf. */
export interface LoggedEntry {
  /** TimestampedEntry. */
  readonly entry: Uint8Array;
  readonly time: Date;
  readonly kind: SignedEntry['kind'];
  /** The certificate, or the precertificate in the form in which it was submitted, DER. */
  readonly certificate: Uint8Array;
  readonly extensions: Uint8Array;
  /** SHA-256 of each certificate above it. */
  readonly issuers: readonly Uint8Array[];
}

export function readTileLeaf(leaf: Uint8Array): LoggedEntry {
  let at = 0;
  const take = (length: number): Uint8Array => {
    at += length;
    return leaf.subarray(at - length, at);
  };
  const vector = (width: number): Uint8Array => take(number(take(width)));
  const time = new Date(number(take(8)));
  const kind = number(take(2)) === 0 ? 'x509' : 'precertificate';
  if (kind === 'precertificate') take(32);
  const signed = vector(3);
  const extensions = vector(2);
  const entry = leaf.subarray(0, at);
  const certificate = kind === 'x509' ? signed : vector(3);
  const fingerprints = vector(2);
  const issuers = Array.from({ length: fingerprints.length / 32 }, (_, one) =>
    fingerprints.subarray(one * 32, one * 32 + 32),
  );
  return { entry, time, kind, certificate, extensions, issuers };
}

/** Encodes the extension of an SCT with the index of its entry (C2SP static-ct-api, "SCT Extension"). */
export function leafIndexExtension(index: number): Uint8Array {
  return concatBytes(uintBytes(0, 1), withLength(uintBytes(index, 5), 2));
}

/** Encodes a DigitallySigned (RFC 5246, section 4.7) of ECDSA with SHA-256. */
export function digitallySigned(signature: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array([4, 3]), withLength(signature, 2));
}

/** Encodes the TreeHeadSignature that a tree head signs (RFC 6962, section 3.5). */
export function treeHead(time: Date, size: number, root: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array([0, 1]), uintBytes(time.getTime(), 8), uintBytes(size, 8), root);
}

/** Encodes a vector of TLS (RFC 8446, section 3.4): its length in `width` bytes, and its contents. */
export function withLength(bytes: Uint8Array, width: number): Uint8Array {
  return concatBytes(uintBytes(bytes.length, width), bytes);
}

function number(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
