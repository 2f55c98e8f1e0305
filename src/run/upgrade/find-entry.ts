/** Finds the log entries of detached signatures, which do not contain them. */

import type { Bundle } from '../../core/bundle/index.ts';
import type { Digest } from '../../core/crypto/index.ts';
import { encodeHex } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { canonicalBody, hashedRekordV1, leafHash, verifierPem } from '../../core/log/index.ts';
import type { TrustedRoot } from '../../core/trust/index.ts';
import type { DetachedSignature } from '../../fetch/index.ts';
import type { Http } from '../../services/http/index.ts';
import { fetchAnswer } from '../search/index.ts';

/**
 * Makes a bundle of a detached signature over an artifact, with its entry in a log of Rekor v1. The artifact, the signature and the
 * certificate determine the entry, so that no index is searched. The entry is verified with the key of the log in its trusted root.
 *
 * @param trusts the trusted roots, whose logs are asked one after another
 * @throws CountersignError `LOG_ENTRY_MISSING` if no log has the entry; else the failure of a log that could not be asked
 */
export async function withLogEntry(
  { signature, certificate }: DetachedSignature,
  digest: Digest,
  trusts: readonly TrustedRoot[],
  http: Http,
): Promise<Bundle> {
  const body = canonicalBody(hashedRekordV1({ digest, signature, verifier: verifierPem(certificate) }));
  const leaf = encodeHex(leafHash(body));
  let failure: CountersignError | undefined;
  for (const { transparencyLogs } of trusts) {
    for (const url of new Set(transparencyLogs.map(({ baseUrl }) => baseUrl))) {
      const logs = transparencyLogs.filter(({ baseUrl }) => baseUrl === url);
      try {
        const { entry } = await fetchAnswer(http, url, logs, leaf);
        return {
          mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
          version: '0.1',
          signer: { kind: 'certificate', certificate },
          logEntries: [entry],
          timestamps: [],
          content: { kind: 'message-signature', messageDigest: digest, signature },
        };
      } catch (error) {
        if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
        // A log of Rekor v2 has no such API.
        if (error.code !== 'SERVICE_REFUSED') failure ??= error;
      }
    }
  }
  if (failure === undefined)
    fail('LOG_ENTRY_MISSING', 'no log of the trusted root has an entry of this artifact, signature and certificate', {
      remedy: 'Check that the signature and the certificate are those of this artifact. Otherwise, sign it again.',
    });
  fail(failure.code, `the log entry of the detached signature cannot be fetched: ${failure.message}`, {
    cause: failure,
    remedy: failure.remedy ?? 'Run again with a connection to the log.',
  });
}
