/** Takes away the evidence of a compromised key, log or authority, so that old signatures have to verify without it. */

import { readCertificate } from '../../core/certificate/index.ts';
import { digest, keyText, type PublicKey } from '../../core/crypto/index.ts';
import { decodeBase64, encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { attempt, fail } from '../../core/errors/index.ts';
import { namesSigner, readTimestampResponse } from '../../core/timestamp/index.ts';
import type { Authority, Log, TrustedRoot } from '../../core/trust/index.ts';
import type { Bundle, Policy } from '../../core/verify/index.ts';
import type { TrustChoice } from '../policy/index.ts';

/** The names of what is compromised, as the options give them. */
export interface Compromised {
  /** Transparency logs and certificate logs: a URL, or the key ID (`sha256:<hex>`, or base64 as in a trusted root). */
  readonly logs: readonly string[];
  /** Certificate authorities and timestamp authorities: a URI, or the digest of a certificate or of its key (`sha256:<hex>`). */
  readonly authorities: readonly string[];
  /** Keys that signed: the digest of the public key (SubjectPublicKeyInfo, DER), `sha256:<hex>`. */
  readonly keys: readonly string[];
}

/** A trusted root without what is compromised. */
export interface RemainingTrust {
  readonly choice: TrustChoice;
  /** Returns a bundle without the evidence that does not count. */
  readonly strip: (bundle: Bundle) => Bundle;
}

/**
 * Takes what is compromised out of each trusted root: everything with the same public key, by whatever name the root lists it.
 *
 * @throws CountersignError `USAGE` if no root has a log or an authority of that name: nothing would be left out
 */
export function withoutCompromised(
  roots: readonly TrustChoice[],
  { logs, authorities }: Pick<Compromised, 'logs' | 'authorities'>,
): readonly RemainingTrust[] {
  const all = (of: (trust: TrustedRoot) => readonly Log[]): readonly Log[] => roots.flatMap(({ trust }) => of(trust));
  const known = [...all((trust) => trust.transparencyLogs), ...all((trust) => trust.certificateTransparencyLogs)];
  const knownAuthorities = roots.flatMap(({ trust }) => [
    ...trust.certificateAuthorities,
    ...trust.timestampAuthorities,
  ]);
  const keys = new Set([
    ...logs.flatMap((name) =>
      found(known.filter(logNamed(name)), 'log', name).map(({ publicKey }) => keyText(publicKey)),
    ),
    ...authorities.flatMap((name) =>
      found(knownAuthorities.filter(authorityNamed(name)), 'authority', name).flatMap((one) => keysNamed(one, name)),
    ),
  ]);
  return roots.map((choice) => without(choice, keys));
}

function without(choice: TrustChoice, keys: ReadonlySet<string>): RemainingTrust {
  const { trust } = choice;
  const isLost = ({ publicKey }: { readonly publicKey: PublicKey }): boolean => keys.has(keyText(publicKey));
  const lostLogs = trust.transparencyLogs.filter(isLost);
  const lostAuthorities = trust.timestampAuthorities.filter(({ chain }) => chain.some(isLost));
  const remaining: TrustedRoot = {
    certificateAuthorities: trust.certificateAuthorities.filter(({ chain }) => !chain.some(isLost)),
    certificateTransparencyLogs: trust.certificateTransparencyLogs.filter((log) => !isLost(log)),
    transparencyLogs: trust.transparencyLogs.filter((log) => !isLost(log)),
    timestampAuthorities: trust.timestampAuthorities.filter((one) => !lostAuthorities.includes(one)),
  };
  return {
    choice: { ...choice, trust: remaining },
    strip: (bundle) => ({
      ...bundle,
      logEntries: bundle.logEntries.filter(
        ({ logKeyId }) => !lostLogs.some(({ keyId }) => equalBytes(keyId, logKeyId)),
      ),
      timestamps: bundle.timestamps.filter((timestamp) => !isFrom(timestamp, lostAuthorities)),
    }),
  };
}

function isFrom(timestamp: Uint8Array, authorities: readonly Authority[]): boolean {
  return authorities.some(
    ({ chain: [leaf] }) => attempt(() => namesSigner(readTimestampResponse(timestamp), leaf)) ?? false,
  );
}

/**
 * Demands that a bundle was not signed with a compromised key: that of its certificate, or the long-lived key of the policy.
 *
 * @throws CountersignError `KEY_MISMATCH`
 */
export function demandOtherKey({ signer }: Bundle, policy: Policy, keys: readonly string[]): void {
  if (keys.length === 0) return;
  const key =
    signer.kind === 'certificate'
      ? readCertificate(signer.certificate).publicKey
      : policy.signer.kind === 'key'
        ? policy.signer.publicKey
        : undefined;
  if (key === undefined || !keys.map(hexOf).includes(fingerprint(key.spki))) return;
  fail('KEY_MISMATCH', 'the bundle was signed with a key that `without-key` names as compromised', {
    remedy: 'Sign the artifact itself again, after checking where it came from.',
  });
}

/**
 * Demands that the names of keys are digests.
 *
 * @throws CountersignError `USAGE`
 */
export function demandKeyDigests(keys: readonly string[]): void {
  const other = keys.find((key) => !/^sha256:[0-9a-fA-F]{64}$/.test(key));
  if (other === undefined) return;
  fail('USAGE', `\`without-key\` is ${JSON.stringify(other)}, which is not the digest of a public key`, {
    remedy: 'Specify sha256:<64 hexadecimal digits>: the SHA-256 digest of the public key in DER.',
  });
}

function logNamed(name: string): (log: Log) => boolean {
  const id = idOf(name);
  return ({ baseUrl, keyId, publicKey }) =>
    id === undefined
      ? withoutSlash(baseUrl) === withoutSlash(name)
      : encodeHex(keyId) === id || fingerprint(publicKey.spki) === id;
}

function authorityNamed(name: string): (authority: Authority) => boolean {
  return (authority) => keysNamed(authority, name).length > 0;
}

/** Returns the keys of an authority that a name stands for: of a URI, the key that issues or signs; of a digest, the one with it. */
function keysNamed({ uri, chain }: Authority, name: string): readonly string[] {
  const id = idOf(name);
  if (id === undefined)
    return uri !== '' && withoutSlash(uri) === withoutSlash(name) ? [keyText(chain[0].publicKey)] : [];
  return chain
    .filter(({ der, publicKey }) => fingerprint(der) === id || fingerprint(publicKey.spki) === id)
    .map(({ publicKey }) => keyText(publicKey));
}

function found<One>(all: readonly One[], kind: 'log' | 'authority', name: string): readonly One[] {
  if (all.length > 0) return all;
  return fail('USAGE', `\`without-${kind}\` is ${JSON.stringify(name)}, and no trusted root has such a ${kind}`, {
    remedy: `Specify the URL or the SHA-256 digest (sha256:…) that the trusted root has for the ${kind}. \`countersign trusted-root\` prints it.`,
  });
}

/** Returns the hexadecimal digits that a digest or a key ID stands for; `undefined` for a URL. */
function idOf(name: string): string | undefined {
  if (/^sha256:/i.test(name)) return hexOf(name);
  const bytes = /^[A-Za-z0-9+/]{43}=$/.test(name) ? attempt(() => decodeBase64(name)) : undefined;
  return bytes && encodeHex(bytes);
}

function hexOf(name: string): string {
  return name.slice('sha256:'.length).toLowerCase();
}

function fingerprint(bytes: Uint8Array): string {
  return encodeHex(digest('sha256', bytes).bytes);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
