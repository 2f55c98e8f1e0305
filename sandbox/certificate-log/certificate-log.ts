/** A certificate transparency log (RFC 6962) that answers at once, and whose SCTs say where the entry is (C2SP static-ct-api). */

import { concatBytes, decodeBase64, decodeUtf8, encodeHex, uintBytes } from '../../src/core/encoding/index.ts';
import { checkpointText, LogStore, type NoteSigner, namedKeyHash, signNote } from '../log/index.ts';
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

/** What a log is asked to promise: a certificate's TBSCertificate without its SCTs, and who is to sign it. */
export interface Precertificate {
  readonly tbsCertificate: Uint8Array;
  /** SHA-256 of the issuer's SubjectPublicKeyInfo. */
  readonly issuerKeyHash: Uint8Array;
  /** The poisoned certificate, DER, for those who read the log. */
  readonly certificate?: Uint8Array;
  /** The certificates above it, the root last. */
  readonly issuers?: readonly Uint8Array[];
}

/** A certificate that was issued already, and the certificates above it. */
export interface FinalCertificate {
  readonly certificate: Uint8Array;
  readonly issuers: readonly Uint8Array[];
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

export interface CertificateLogOptions {
  /** Its address without the scheme, under which its checkpoints are signed. */
  readonly origin?: string;
  /** Where it is kept; by default in memory. */
  readonly storage?: Storage;
  /** What it shows, where that is not what is kept. */
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

  /** Takes in a precertificate. The answer is a SignedCertificateTimestamp (RFC 6962, section 3.2) in its TLS encoding. */
  submit(precertificate: Precertificate, overrides: SctOverrides = {}): Uint8Array {
    const { tbsCertificate, issuerKeyHash, certificate = new Uint8Array(), issuers = [] } = precertificate;
    return this.#add({ kind: 'precertificate', tbsCertificate, issuerKeyHash }, { certificate, issuers }, overrides);
  }

  /** Takes in a certificate, likewise. */
  submitFinal(final: FinalCertificate): Uint8Array {
    return this.#add({ kind: 'x509', certificate: final.certificate }, final, {});
  }

  /** The SCT of a certificate or precertificate, DER, that is in the log already. */
  find(certificate: Uint8Array): Uint8Array | undefined {
    const [index] = this.store.find(hashOf('sha256', certificate));
    if (index === undefined) return undefined;
    const { entry, time, extensions } = this.entry(index);
    return this.#sct(entry, time, extensions, {});
  }

  /** The log of this name and key, as it is when it shows other things than it has. */
  showing(store: LogStore): CertificateLog {
    return new CertificateLog(this.#clock, { origin: this.origin, storage: this.#storage, store });
  }

  entry(index: number): LoggedEntry {
    return readTileLeaf(this.store.entry(index));
  }

  /** A certificate above one that was logged, by its SHA-256, hexadecimal. */
  issuer(fingerprint: string): Uint8Array | undefined {
    return this.#issuers.read(fingerprint);
  }

  /** A signed tree head (RFC 6962, section 3.5): its time, and a DigitallySigned. */
  treeHead(
    size = this.store.size,
    root = this.store.tree.root(size),
  ): { readonly time: Date; readonly signature: Uint8Array } {
    const time = this.#clock();
    return { time, signature: digitallySigned(this.key.sign(treeHead(time, size, root), 'sha256')) };
  }

  /** A checkpoint, whose signature is a tree head. */
  checkpoint(size = this.store.size, root = this.store.tree.root(size)): string {
    return signNote(checkpointText({ origin: this.origin, size, root, extensionLines: [] }), [this.signer]);
  }

  /** The key as one that signs notes. */
  get signer(): NoteSigner {
    const sign = (text: Uint8Array): Uint8Array => {
      const [, size, root = ''] = (decodeUtf8(text) ?? '').split('\n');
      const { time, signature } = this.treeHead(Number(size), decodeBase64(root));
      return concatBytes(uintBytes(time.getTime(), 8), signature);
    };
    return { name: this.origin, key: this.key, keyHash: namedKeyHash(this.origin, treeHeadType, this.logId), sign };
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

/** SignedCertificateTimestampList (RFC 6962, section 3.3). */
export function encodeSctList(scts: readonly Uint8Array[]): Uint8Array {
  return withLength(concatBytes(...scts.map((sct) => withLength(sct, 2))), 2);
}
