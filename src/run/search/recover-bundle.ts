/** Makes bundles of entries that hold everything that a bundle needs. */

import { join } from 'node:path';
import { type Bundle, bundleMediaType, readBundle, writeBundle } from '../../core/bundle/index.ts';
import { type Digest, equalDigests, isHashAlgorithm, toDigest } from '../../core/crypto/index.ts';
import { asText, decodeBase64, decodeHex, memberAt, parseJson } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { exactIdentity } from '../../core/policy/index.ts';
import { artifactOfDigest, verify } from '../../core/verify/index.ts';
import type { CertificateClaims, SignatureEntry } from '../../monitor/entries/index.ts';
import { safeFileName, writeAtomically } from '../../node/index.ts';
import type { RecoveredBundle } from '../../report/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import type { ProvenAnswer } from './prove-answer.ts';
import { expectedFailure } from './search-log.ts';

/** The world that writing a bundle needs. */
export type RecoveryWorld = Pick<World, 'files' | 'random' | 'clock'>;

export interface Recovery {
  readonly folder: string;
  /** The digests of the artifact. */
  readonly digests: readonly Digest[];
}

/**
 * Makes the bundle of an entry, verifies it, and writes it.
 *
 * @param answer the entry of Rekor v1; `undefined` for other logs, and if it cannot be fetched
 */
export async function recoverBundle(
  claims: SignatureEntry,
  answer: ProvenAnswer | undefined,
  log: { readonly url: string; readonly trust: TrustChoice },
  { folder, digests }: Recovery,
  { files, random, clock }: RecoveryWorld,
): Promise<RecoveredBundle> {
  try {
    const { bundle, digest, signer } = bundleOf(claims, answer, digests);
    const { trust, thresholds, sandbox } = log.trust;
    const policy = exactIdentity(signer.names[0]?.value ?? '', signer.claims.issuer ?? '', { thresholds, sandbox });
    const json = writeBundle(bundle);
    // Read back, as by a stranger.
    await verify(readBundle(json), artifactOfDigest(digest), trust, policy, clock());
    const { host } = new URL(log.url);
    const path = join(folder, `${safeFileName(host, 100)}-${bundle.logEntries[0]?.logIndex}.sigstore.json`);
    await writeAtomically(files, random, path, `${json}\n`);
    return { path };
  } catch (error) {
    return { reason: expectedFailure(error).message };
  }
}

/** Returns the bundle, and the digest of the artifact that it is about. */
function bundleOf(
  { kind, version, signers }: SignatureEntry,
  answer: ProvenAnswer | undefined,
  digests: readonly Digest[],
): { readonly bundle: Bundle; readonly digest: Digest; readonly signer: CertificateClaims } {
  if (kind !== 'hashedrekord')
    fail('BUNDLE_UNSUPPORTED', `the log has only hashes of the signed content (the entry is of the kind ${kind})`);
  if (version !== '0.0.1')
    fail('BUNDLE_UNSUPPORTED', 'Rekor v2 states no time, and the timestamp is only in the bundle of the signer');
  const [signer] = signers;
  if (signer?.kind !== 'certificate') fail('BUNDLE_UNSUPPORTED', 'the entry has no certificate');
  if (answer === undefined) fail('BUNDLE_UNSUPPORTED', 'the signed entry timestamp could not be fetched and verified');
  const { entry } = answer;
  const body = parseJson(entry.canonicalizedBody);
  const text = (...path: readonly string[]): string =>
    asText(memberAt(body, 'spec', ...path)) ?? fail('LOG_ENTRY_INVALID', `the entry has no ${path.join('.')}`);
  const algorithm = text('data', 'hash', 'algorithm');
  const value = decodeHex(text('data', 'hash', 'value'));
  if (!isHashAlgorithm(algorithm)) fail('DIGEST_INVALID', 'the digest in the entry is of an unknown algorithm');
  const digest = toDigest(algorithm, value);
  if (!digests.some((one) => equalDigests(one, digest)))
    fail('ARTIFACT_MISMATCH', 'the digest in the entry is not that of the artifact');
  const signature = decodeBase64(text('signature', 'content'));
  return {
    bundle: {
      mediaType: bundleMediaType,
      version: '0.3',
      signer: { kind: 'certificate', certificate: signer.certificate.der },
      logEntries: [entry],
      timestamps: [],
      content: { kind: 'message-signature', messageDigest: digest, signature },
    },
    digest,
    signer: signer.certificate,
  };
}
