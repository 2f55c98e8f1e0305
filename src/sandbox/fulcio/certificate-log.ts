/** A certificate transparency log (RFC 6962) that takes precertificates and answers at once. */

import { concatBytes, uintBytes } from '../../core/encoding/index.ts';
import { LogStore } from '../log/index.ts';
import { leafHash } from '../merkle/index.ts';
import { hashOf, keptSigningKey, type SigningKey } from '../pki/index.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';
import type { Clock } from '../world.ts';

/** What a log is asked to promise: a certificate's TBSCertificate without its SCTs, and who is to sign it. */
export interface Precertificate {
  readonly tbsCertificate: Uint8Array;
  /** SHA-256 of the issuer's SubjectPublicKeyInfo. */
  readonly issuerKeyHash: Uint8Array;
}

/** What of a signed certificate timestamp is to be otherwise. */
export interface SctOverrides {
  readonly version?: number;
  readonly logId?: Uint8Array;
  readonly timestamp?: Date;
  readonly extensions?: Uint8Array;
  readonly signature?: Uint8Array;
  readonly signingKey?: SigningKey;
}

const sha256 = 4;
const ecdsa = 3;

export class CertificateLog {
  readonly key: SigningKey;
  /** SHA-256 of the log's SubjectPublicKeyInfo (RFC 6962, section 3.2). */
  readonly logId: Uint8Array;
  readonly store: LogStore;
  readonly #clock: Clock;

  /** A log that is kept in a folder; by default in memory. */
  constructor(clock: Clock, storage: Storage = new MemoryStorage()) {
    this.key = keptSigningKey(storage, 'log', 'P-256');
    this.store = new LogStore(storage);
    this.logId = hashOf('sha256', this.key.publicKey);
    this.#clock = clock;
  }

  /** Takes in a precertificate. The answer is a SignedCertificateTimestamp (RFC 6962, section 3.2) in its TLS encoding. */
  submit(precertificate: Precertificate, overrides: SctOverrides = {}): Uint8Array {
    const timestamp = overrides.timestamp ?? this.#clock();
    const extensions = overrides.extensions ?? new Uint8Array();
    // Version 0, then 0 both for certificate_timestamp and for timestamped_entry: what is signed is also the tree's leaf.
    const entry = concatBytes(
      uintBytes(0, 2),
      uintBytes(timestamp.getTime(), 8),
      uintBytes(1, 2),
      precertificate.issuerKeyHash,
      withLength(precertificate.tbsCertificate, 3),
      withLength(extensions, 2),
    );
    this.store.append({ bytes: entry, leafHash: leafHash(entry), time: timestamp });
    return concatBytes(
      uintBytes(overrides.version ?? 0, 1),
      overrides.logId ?? this.logId,
      uintBytes(timestamp.getTime(), 8),
      withLength(extensions, 2),
      new Uint8Array([sha256, ecdsa]),
      withLength(overrides.signature ?? (overrides.signingKey ?? this.key).sign(entry, 'sha256'), 2),
    );
  }
}

/** SignedCertificateTimestampList (RFC 6962, section 3.3). */
export function encodeSctList(scts: readonly Uint8Array[]): Uint8Array {
  return withLength(concatBytes(...scts.map((sct) => withLength(sct, 2))), 2);
}

/** A vector of TLS (RFC 8446, section 3.4): its length in so many bytes, and it. */
function withLength(bytes: Uint8Array, width: number): Uint8Array {
  return concatBytes(uintBytes(bytes.length, width), bytes);
}
