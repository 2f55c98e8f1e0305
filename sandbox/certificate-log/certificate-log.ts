/** A certificate transparency log (RFC 6962) without delay, whose SCTs contain the index of the entry (C2SP static-ct-api). */

import { concatBytes, encodeHex, uintBytes } from '../../src/core/encoding/index.ts';
import { checkpointText, LogStore, namedKeyHash, signNote } from '../log/index.ts';
import { leafHash } from '../merkle/index.ts';
import { hashOf, keptSigningKey, type SigningKey } from '../pki/index.ts';
import type { Clock } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';
import {
  digitallySigned,
  type LoggedEntry,
  leafIndexExtension,
  merkleTreeLeaf,
  readTileLeaf,
  type SignedEntry,
  tileLeaf,
  timestampedEntry,
  treeHead,
  withLength,
} from './encoding.ts';

/** A certificate before it is issued: its TBSCertificate without SCTs, and its issuer. */
export interface Precertificate {
  readonly tbsCertificate: Uint8Array;
  /** SHA-256 of the issuer's SubjectPublicKeyInfo. */
  readonly issuerKeyHash: Uint8Array;
  /** The certificate with the poison extension, DER, for monitors. */
  readonly certificate?: Uint8Array;
  /** The certificates above it, the root last. */
  readonly issuers?: readonly Uint8Array[];
}

/** An issued certificate, and the certificates above it. */
export interface FinalCertificate {
  readonly certificate: Uint8Array;
  readonly issuers: readonly Uint8Array[];
}

/** Changes to a signed certificate timestamp. */
export interface SctOverrides {
  readonly version?: number;
  readonly logId?: Uint8Array;
  readonly timestamp?: Date;
  readonly extensions?: Uint8Array;
  readonly signature?: Uint8Array;
  readonly signingKey?: SigningKey;
}

export interface CertificateLogOptions {
  /** The name in its checkpoints: its URL without the scheme. */
  readonly origin?: string;
  /** By default in memory. */
  readonly storage?: Storage;
  /** The store to show instead of the one in the storage. */
  readonly store?: LogStore;
}

/** RFC6962NoteSignature (C2SP static-ct-api, "Checkpoints"). */
const treeHeadType = 5;

export class CertificateLog {
  readonly origin: string;
  readonly key: SigningKey;
  /** SHA-256 of the log's SubjectPublicKeyInfo (RFC 6962, section 3.2). */
  readonly logId: Uint8Array;
  readonly store: LogStore;
  readonly #storage: Storage;
  readonly #issuers: Storage;
  readonly #clock: Clock;

  constructor(
    clock: Clock,
    { origin = 'ct.countersign.sandbox', storage = new MemoryStorage(), store }: CertificateLogOptions = {},
  ) {
    this.origin = origin;
    this.key = keptSigningKey(storage, 'log', 'P-256');
    this.logId = hashOf('sha256', this.key.publicKey);
    this.store = store ?? new LogStore(storage, (leaf) => leafHash(merkleTreeLeaf(readTileLeaf(leaf).entry)));
    this.#storage = storage;
    this.#issuers = storage.folder('issuers');
    this.#clock = clock;
  }

  /** Logs a precertificate, and returns a SignedCertificateTimestamp (RFC 6962, section 3.2). */
  submit(precertificate: Precertificate, overrides: SctOverrides = {}): Uint8Array {
    const { tbsCertificate, issuerKeyHash, certificate = new Uint8Array(), issuers = [] } = precertificate;
    return this.#add({ kind: 'precertificate', tbsCertificate, issuerKeyHash }, { certificate, issuers }, overrides);
  }

  /** Logs a certificate, and returns a SignedCertificateTimestamp. */
  submitFinal(final: FinalCertificate): Uint8Array {
    return this.#add({ kind: 'x509', certificate: final.certificate }, final, {});
  }

  /** Returns the SCT of a certificate or precertificate, DER, that is in the log already. */
  find(certificate: Uint8Array): Uint8Array | undefined {
    const [index] = this.store.find(hashOf('sha256', certificate));
    if (index === undefined) return undefined;
    const { entry, time, extensions } = this.entry(index);
    return this.#sct(entry, time, extensions, {});
  }

  /** Returns a log of the same name and key that shows another store. */
  showing(store: LogStore): CertificateLog {
    return new CertificateLog(this.#clock, { origin: this.origin, storage: this.#storage, store });
  }

  entry(index: number): LoggedEntry {
    return readTileLeaf(this.store.entry(index));
  }

  /** Returns a certificate above a logged one by its SHA-256, in hexadecimal. */
  issuer(fingerprint: string): Uint8Array | undefined {
    return this.#issuers.read(fingerprint);
  }

  /** Signs a tree head (RFC 6962, section 3.5). The signature is a DigitallySigned. */
  treeHead(size = this.store.size, root = this.store.tree.root(size)) {
    const time = this.#clock();
    return { time, signature: digitallySigned(this.key.sign(treeHead(time, size, root), 'sha256')) };
  }

  /** Returns a checkpoint, whose signature is a tree head. */
  checkpoint(): string {
    const { size, tree } = this.store;
    const { time, signature } = this.treeHead();
    const keyHash = namedKeyHash(this.origin, treeHeadType, this.logId);
    const sign = () => concatBytes(uintBytes(time.getTime(), 8), signature);
    const text = checkpointText({ origin: this.origin, size, root: tree.root(), extensionLines: [] });
    return signNote(text, [{ name: this.origin, key: this.key, keyHash, sign }]);
  }

  #add(signed: SignedEntry, { certificate, issuers }: FinalCertificate, overrides: SctOverrides): Uint8Array {
    const time = overrides.timestamp ?? this.#clock();
    const extensions = overrides.extensions ?? leafIndexExtension(this.store.size);
    const entry = timestampedEntry(time, signed, extensions);
    const fingerprints = issuers.map((issuer) => this.#keepIssuer(issuer));
    const precertificate = signed.kind === 'precertificate' ? certificate : undefined;
    this.store.append({
      bytes: tileLeaf(entry, precertificate, fingerprints),
      leafHash: leafHash(merkleTreeLeaf(entry)),
      time,
      keys: [hashOf('sha256', certificate)],
    });
    return this.#sct(entry, time, extensions, overrides);
  }

  #sct(entry: Uint8Array, time: Date, extensions: Uint8Array, overrides: SctOverrides): Uint8Array {
    const key = overrides.signingKey ?? this.key;
    const signature = overrides.signature ?? key.sign(merkleTreeLeaf(entry), 'sha256');
    return concatBytes(
      uintBytes(overrides.version ?? 0, 1),
      overrides.logId ?? this.logId,
      uintBytes(time.getTime(), 8),
      withLength(extensions, 2),
      digitallySigned(signature),
    );
  }

  #keepIssuer(issuer: Uint8Array): Uint8Array {
    const fingerprint = hashOf('sha256', issuer);
    const name = encodeHex(fingerprint);
    if (this.#issuers.read(name) === undefined) this.#issuers.write(name, issuer);
    return fingerprint;
  }
}

/** Encodes a SignedCertificateTimestampList (RFC 6962, section 3.3). */
export function encodeSctList(scts: readonly Uint8Array[]): Uint8Array {
  return withLength(concatBytes(...scts.map((sct) => withLength(sct, 2))), 2);
}
