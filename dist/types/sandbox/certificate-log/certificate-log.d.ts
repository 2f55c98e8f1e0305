/** A certificate transparency log (RFC 6962) without delay, whose SCTs contain the index of the entry (C2SP static-ct-api). */
import { LogStore } from '../log/log-store.ts';
import { type SigningKey } from '../pki/signing-key.ts';
import type { Clock } from '../sources.ts';
import { type Storage } from '../storage/storage.ts';
import { type LoggedEntry } from './encoding.ts';
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
export declare class CertificateLog {
    #private;
    readonly origin: string;
    readonly key: SigningKey;
    /** SHA-256 of the log's SubjectPublicKeyInfo (RFC 6962, section 3.2). */
    readonly logId: Uint8Array;
    readonly store: LogStore;
    constructor(clock: Clock, { origin, storage, store }?: CertificateLogOptions);
    /** Logs a precertificate, and returns a SignedCertificateTimestamp (RFC 6962, section 3.2). */
    submit(precertificate: Precertificate, overrides?: SctOverrides): Uint8Array;
    /** Logs a certificate, and returns a SignedCertificateTimestamp. */
    submitFinal(final: FinalCertificate): Uint8Array;
    /** Returns the SCT of a certificate or precertificate, DER, that is in the log already. */
    find(certificate: Uint8Array): Uint8Array | undefined;
    /** Returns a log of the same name and key that shows another store. */
    showing(store: LogStore): CertificateLog;
    entry(index: number): LoggedEntry;
    /** Returns a certificate above a logged one by its SHA-256, in hexadecimal. */
    issuer(fingerprint: string): Uint8Array | undefined;
    /** Signs a tree head (RFC 6962, section 3.5). The signature is a DigitallySigned. */
    treeHead(size?: number, root?: Uint8Array<ArrayBufferLike>): {
        time: Date;
        signature: Uint8Array<ArrayBufferLike>;
    };
    /** Returns a checkpoint, whose signature is a tree head. */
    checkpoint(): string;
}
/** Encodes a SignedCertificateTimestampList (RFC 6962, section 3.3). */
export declare function encodeSctList(scts: readonly Uint8Array[]): Uint8Array;
