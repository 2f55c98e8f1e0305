/** The trusted root (`dev.sigstore.trustroot.v1.TrustedRoot`): every trusted key and authority, and when each was valid. */

import { type Certificate, readCertificate } from '../certificate/index.ts';
import { type PublicKey, type PublicKeyKind, readPublicKey } from '../crypto/index.ts';
import { decodeUtf8, ProtoField } from '../encoding/index.ts';
import { CountersignError, fail, reading } from '../errors/index.ts';
import type { CheckpointKey } from '../log/index.ts';
import { shownUrl } from './shown-url.ts';
import { readValidityWindow, type ValidityWindow } from './validity-window.ts';

/** A certificate authority or a timestamp authority. */
export interface Authority {
  readonly uri: string;
  /** The certificates, the root last. The first one issues leaf certificates, or signs timestamps. */
  readonly chain: readonly [Certificate, ...Certificate[]];
  readonly validFor: ValidityWindow;
}

/** A log with its key: of certificates (RFC 6962) or of signatures (Rekor). */
export interface Log {
  readonly baseUrl: string;
  readonly keyId: Uint8Array;
  readonly publicKey: PublicKey;
  readonly validFor: ValidityWindow;
}

export interface TransparencyLog extends Log {
  readonly checkpointKey: CheckpointKey;
}

export interface TrustedRoot {
  readonly certificateAuthorities: readonly Authority[];
  readonly certificateTransparencyLogs: readonly Log[];
  readonly transparencyLogs: readonly TransparencyLog[];
  readonly timestampAuthorities: readonly Authority[];
}

const mediaTypes: ReadonlySet<string> = new Set([
  'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
  'application/vnd.dev.sigstore.trustedroot.v0.1+json',
  'application/vnd.dev.sigstore.trustedroot.v0.2+json',
]);

/** The supported names of `PublicKeyDetails`. The kind of the key must agree with the name. */
const keyDetails = {
  PKIX_RSA_PKCS1V5: 3,
  PKIX_RSA_PSS: 4,
  PKIX_ECDSA_P256_SHA_256: 5,
  PKIX_ED25519: 7,
  PKIX_RSA_PKCS1V15_2048_SHA256: 9,
  PKIX_RSA_PKCS1V15_3072_SHA256: 10,
  PKIX_RSA_PKCS1V15_4096_SHA256: 11,
  PKIX_ECDSA_P384_SHA_384: 12,
  PKIX_ECDSA_P521_SHA_512: 13,
  PKIX_RSA_PSS_2048_SHA256: 16,
  PKIX_RSA_PSS_3072_SHA256: 17,
  PKIX_RSA_PSS_4096_SHA256: 18,
} as const;
const keyKinds: Readonly<Partial<Record<keyof typeof keyDetails, PublicKeyKind>>> = {
  PKIX_ECDSA_P256_SHA_256: 'ecdsa-p256',
  PKIX_ED25519: 'ed25519',
  PKIX_ECDSA_P384_SHA_384: 'ecdsa-p384',
  PKIX_ECDSA_P521_SHA_512: 'ecdsa-p521',
};

const maxLength = 4 * 1024 * 1024;
const maxItems = 64;

/**
 * Reads a trusted root. Unknown members are ignored: the root gains new ones while old clients are in use. A key or certificate of an
 * unsupported kind is left out, so that nothing verifies under it.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`
 */
export function readTrustedRoot(json: string | Uint8Array): TrustedRoot {
  const root = ProtoField.parse(json, 'TRUSTED_ROOT_INVALID', 'trustedRoot', { maxLength });
  const mediaType = root.field('mediaType').text();
  if (!mediaTypes.has(mediaType))
    root.field('mediaType').fail(`is ${JSON.stringify(mediaType)}, which is not a supported trusted root type`);
  return {
    certificateAuthorities: supported(root.field('certificateAuthorities').list(maxItems), readAuthority),
    certificateTransparencyLogs: supported(root.field('ctlogs').list(maxItems), readLog),
    transparencyLogs: supported(root.field('tlogs').list(maxItems), readTransparencyLog),
    timestampAuthorities: supported(root.field('timestampAuthorities').list(maxItems), readAuthority),
  };
}

/**
 * Reads several trusted roots, one per line, as `gh attestation trusted-root` writes them; also a single one, on any number of lines.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`
 *
 * @example
 * readTrustedRoots(await readFile('trusted_root.jsonl')).length; // → 2
 */
export function readTrustedRoots(json: string | Uint8Array): readonly TrustedRoot[] {
  return splitTrustedRoots(json).map((text) => readTrustedRoot(text));
}

/**
 * Returns the text of each trusted root in a file, as {@link readTrustedRoots} reads them. Nothing in them is checked.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`, `LIMIT_EXCEEDED`
 */
export function splitTrustedRoots(json: string | Uint8Array): readonly string[] {
  const text =
    typeof json === 'string'
      ? json
      : (decodeUtf8(json) ?? fail('TRUSTED_ROOT_INVALID', 'the trusted root is not valid UTF-8'));
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // No writer breaks a line of one root before an object; such a root would be refused, because its first line is incomplete.
  const isOneEach = lines.every((line) => line.trim().startsWith('{'));
  if (lines.length <= 1 || !isOneEach) return [text];
  if (lines.length > maxItems)
    fail('LIMIT_EXCEEDED', `the file has ${lines.length} trusted roots; the limit is ${maxItems}`);
  return lines;
}

function supported<T>(items: readonly ProtoField[], read: (item: ProtoField) => T): readonly T[] {
  return items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (error instanceof CountersignError && error.code === 'KEY_UNSUPPORTED') return [];
      throw error;
    }
  });
}

function readAuthority(authority: ProtoField): Authority {
  const certificates = authority.field('certChain').field('certificates').list(maxItems);
  const [first, ...others] = certificates.map((one) => readCertificate(one.field('rawBytes').data(), one.path));
  return {
    uri: shownUrl(authority.field('uri').string()),
    chain: [first ?? authority.field('certChain').fail('has no certificates'), ...others],
    validFor: readValidityWindow(authority.field('validFor')),
  };
}

function readLog(log: ProtoField): Log {
  const key = log.field('publicKey');
  return {
    baseUrl: shownUrl(log.field('baseUrl').text()),
    keyId: log.field('logId').field('keyId').data(),
    // Reads the window first: a log without a start is refused whatever its key.
    validFor: readValidityWindow(key.field('validFor')),
    publicKey: readLogKey(key),
  };
}

function readLogKey(field: ProtoField): PublicKey {
  const details =
    field.field('keyDetails').enum(keyDetails) ?? fail('KEY_UNSUPPORTED', `${field.path} has an unsupported key type`);
  const key = reading('TRUSTED_ROOT_INVALID', field.path, () => readPublicKey(field.field('rawBytes').data()));
  if (key.kind !== (keyKinds[details] ?? 'rsa')) field.fail(`is a key of type ${key.kind}, not ${details}`);
  return key;
}

function readTransparencyLog(field: ProtoField): TransparencyLog {
  const log = readLog(field);
  if (!URL.canParse(log.baseUrl)) field.field('baseUrl').fail('is not a URL');
  const { hostname, host } = new URL(log.baseUrl);
  return { ...log, checkpointKey: { names: [hostname, host], keyId: log.keyId, publicKey: log.publicKey } };
}
