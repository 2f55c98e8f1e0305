/** The trusted root (sigstore_trustroot.proto) of any authorities and logs, as JSON. */

import { encodeBase64, type JsonObject } from '../../src/core/encoding/index.ts';
import type { CertificateLog } from '../certificate-log/index.ts';
import type { CertificateAuthority } from '../fulcio/index.ts';
import type { TransparencyLog } from '../log/index.ts';
import type { KeyKind, SigningKey } from '../pki/index.ts';
import type { TimestampAuthority } from '../timestamp/index.ts';

/** A service that is trusted from `start` to `end`, both included, or without an end. */
export interface Trusted<Service> {
  readonly service: Service;
  /** A name for the service only. */
  readonly url: string;
  readonly start: Date;
  readonly end?: Date;
}

export interface TrustedServices {
  readonly certificateAuthorities?: readonly Trusted<Pick<CertificateAuthority, 'chain'>>[];
  readonly certificateLogs?: readonly Trusted<CertificateLog>[];
  readonly transparencyLogs?: readonly Trusted<TransparencyLog>[];
  readonly timestampAuthorities?: readonly Trusted<Pick<TimestampAuthority, 'chain'>>[];
}

const keyDetails = {
  'P-256': 'PKIX_ECDSA_P256_SHA_256',
  'P-384': 'PKIX_ECDSA_P384_SHA_384',
  'P-521': 'PKIX_ECDSA_P521_SHA_512',
  Ed25519: 'PKIX_ED25519',
} as const satisfies Record<KeyKind, string>;

/**
 * @example
 * trustedRoot({ transparencyLogs: [{ service: log, url: 'https://log.example.test', start: new Date(0) }] });
 */
export function trustedRoot(trusted: TrustedServices): JsonObject {
  const {
    certificateAuthorities = [],
    certificateLogs = [],
    transparencyLogs = [],
    timestampAuthorities = [],
  } = trusted;
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: transparencyLogs.map((log) => logInstance(log, log.service.signer.key)),
    certificateAuthorities: certificateAuthorities.map(authority),
    ctlogs: certificateLogs.map((log) => logInstance(log, log.service.key)),
    timestampAuthorities: timestampAuthorities.map(authority),
  };
}

function logInstance(log: Trusted<{ readonly logId: Uint8Array }>, { publicKey, kind }: SigningKey): JsonObject {
  return {
    baseUrl: log.url,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: encodeBase64(publicKey), keyDetails: keyDetails[kind], validFor: validFor(log) },
    logId: { keyId: encodeBase64(log.service.logId) },
  };
}

function authority({ service, url, ...window }: Trusted<{ readonly chain: readonly Uint8Array[] }>): JsonObject {
  return {
    subject: { organization: 'countersign-sandbox', commonName: 'countersign-sandbox' },
    uri: url,
    certChain: { certificates: service.chain.map((certificate) => ({ rawBytes: encodeBase64(certificate) })) },
    validFor: validFor(window),
  };
}

export function validFor({ start, end }: { readonly start: Date; readonly end?: Date }): JsonObject {
  return { start: start.toISOString(), ...(end === undefined ? {} : { end: end.toISOString() }) };
}
