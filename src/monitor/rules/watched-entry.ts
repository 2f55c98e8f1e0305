/** The entries that the rules examine. */

import { hash } from 'node:crypto';
import { precertificateTbs, readCertificate } from '../../core/certificate/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import type { CertificateClaims, EntryClaims, EntryDigest, EntryProblem } from '../entries/index.ts';
import type { LogProtocol } from '../log/index.ts';

/** A signature or certificate in a log that concerns the policy. All texts are untrusted, and bounded to 4 KiB. */
export interface WatchedEntry {
  readonly log: { readonly origin: string; readonly baseUrl: string; readonly protocol: LogProtocol };
  readonly index: number;
  /** In hexadecimal. */
  readonly leafHash: string;
  /** The time at which the watch read it. */
  readonly seenAt: Date;
  /** The time that the log states; `undefined` for Rekor v2, which states none. */
  readonly loggedAt: Date | undefined;
  readonly type: 'signature' | 'certificate' | 'unknown';
  /** `hashedrekord`, `precertificate`. */
  readonly kind: string | undefined;
  readonly digests: readonly EntryDigest[];
  readonly signers: readonly WatchedSigner[];
  readonly problems: readonly EntryProblem[];
  /** The reasons for which the entry is watched. */
  readonly watchedAs: readonly WatchedAs[];
}

export type WatchedSigner = CertifiedSigner | KeySigner;

export interface CertifiedSigner {
  readonly kind: 'certificate';
  readonly names: readonly { readonly kind: string; readonly value: string }[];
  /** The claims by the names of `CertificateClaims.claims`. */
  readonly claims: Readonly<Record<string, string | undefined>>;
  readonly keyHash: string | undefined;
  readonly certificateHash: string | undefined;
  /** SHA-256 of the TBSCertificate without the SCT list, in hexadecimal: the same in Rekor and in a certificate log. */
  readonly tbsHash: string | undefined;
  readonly notBefore: Date | undefined;
  readonly notAfter: Date | undefined;
  /**
   * False if no authority of the trusted root issued the certificate. Rekor accepts any certificate, so that anyone can log one with any name;
   * no verifier accepts it. Absent if this was not checked: the rules then take the certificate for a genuine one.
   */
  readonly isIssued?: boolean | undefined;
}

export interface KeySigner {
  readonly kind: 'key';
  readonly keyHash: string;
  readonly format: string;
}

/** The part of the policy that an entry matched. */
export interface WatchedAs {
  readonly what: 'repository' | 'owner' | 'identity' | 'issuer' | 'key' | 'digest' | 'look-alike' | 'needle';
  /** The value in the policy. */
  readonly value: string;
  /** The line in the policy file. */
  readonly line: number;
}

/** The part of a watched entry that is not in its claims. */
export type EntryPlace = Pick<WatchedEntry, 'log' | 'index' | 'leafHash' | 'seenAt' | 'watchedAs'> & {
  /** The time that Rekor v1 states next to the entry. That of a certificate log is in its claims. */
  readonly loggedAt?: Date | undefined;
};

/** Returns an entry with its claims. */
export function watchedEntry(claims: EntryClaims, { loggedAt, ...place }: EntryPlace): WatchedEntry {
  return {
    ...place,
    loggedAt: claims.type === 'certificate' ? claims.loggedAt : loggedAt,
    type: claims.type,
    kind: claims.kind,
    digests: claims.type === 'signature' ? claims.digests : [],
    signers: signersOf(claims),
    problems: claims.problems,
  };
}

function signersOf(claims: EntryClaims): readonly WatchedSigner[] {
  switch (claims.type) {
    case 'unknown':
      return [];
    case 'certificate':
      return [certified(claims.certificate, claims.kind === 'precertificate')];
    case 'signature':
      return claims.signers.map((signer): WatchedSigner => {
        if (signer.kind === 'certificate') return certified(signer.certificate, false);
        return { kind: 'key', keyHash: signer.keyHash, format: signer.kind === 'other' ? signer.format : signer.kind };
      });
  }
}

function certified(certificate: CertificateClaims, isPrecertificate: boolean): CertifiedSigner {
  const { der, names, claims, keyHash, certificateHash, notBefore, notAfter } = certificate;
  // The log has removed the poison extension of a precertificate.
  const tbsHash = isPrecertificate ? hash('sha256', der) : tbsHashOf(der);
  return { kind: 'certificate', names, claims, keyHash, certificateHash, tbsHash, notBefore, notAfter };
}

function tbsHashOf(der: Uint8Array): string | undefined {
  try {
    return hash('sha256', precertificateTbs(readCertificate(der)));
  } catch (error) {
    // The problems of the entry state what cannot be read.
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}
