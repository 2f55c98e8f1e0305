/** Bundles of a job of GitHub, as the real instance would make them: the issuer is GitHub's own. */

import { createHash } from 'node:crypto';
import { exampleJob, generateSigningKey, jobIdentity, type Sandbox, type SigningKey } from '../../sandbox/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { type JsonObject, utf8 } from '../../src/core/encoding/index.ts';

export const github = 'https://token.actions.githubusercontent.com';
export const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** Returns the verification material of a bundle, of a GitHub job or of a long-lived key. */
export async function signAsGitHub(
  sandbox: Sandbox,
  bytes: Uint8Array,
  kept?: SigningKey,
): Promise<{ readonly material: JsonObject; readonly signature: string }> {
  const key = kept ?? generateSigningKey('P-256');
  const claims = { ...exampleJob, iss: github, sub: `repo:${exampleJob.repository}:ref:${exampleJob.ref}` };
  const certificate = Buffer.from(
    sandbox.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) }),
  ).toString('base64');
  const signature = key.sign(bytes);
  const verifier =
    kept === undefined
      ? { x509Certificate: { rawBytes: certificate } }
      : { publicKey: { rawBytes: Buffer.from(key.publicKey).toString('base64') } };
  const entry = await fetch(`${sandbox.urls.rekor}/api/v2/log/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      hashedRekordRequestV002: {
        digest: createHash('sha256').update(bytes).digest('base64'),
        signature: {
          content: Buffer.from(signature).toString('base64'),
          verifier: { ...verifier, keyDetails: 'PKIX_ECDSA_P256_SHA_256' },
        },
      },
    }),
  });
  const timestamp = sandbox.timestampAuthority.timestamp({ imprint: digest('sha256', signature).bytes });
  const material: JsonObject = {
    ...(kept === undefined ? { certificate: { rawBytes: certificate } } : { publicKey: { hint: '' } }),
    tlogEntries: [await entry.json()],
    timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: Buffer.from(timestamp).toString('base64') }] },
  };
  return { material, signature: Buffer.from(signature).toString('base64') };
}

/** A bundle over a text. */
export async function signedByGitHub(sandbox: Sandbox, text: string, kept?: SigningKey): Promise<string> {
  const { material: verificationMaterial, signature } = await signAsGitHub(sandbox, utf8(text), kept);
  const hashed = createHash('sha256').update(text).digest('base64');
  const messageSignature = { messageDigest: { algorithm: 'SHA2_256', digest: hashed }, signature };
  return JSON.stringify({ mediaType: bundleType, verificationMaterial, messageSignature });
}
