/** What the body of a log entry must be, made again from the bundle. */

import type { Bundle, LogEntry } from '../bundle/index.ts';
import type { Certificate } from '../certificate/index.ts';
import { type Digest, digest } from '../crypto/index.ts';
import { decodePem, equalBytes, preAuthenticationEncoding } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import { canonicalBody, dsseV1, hashedRekordBody, hashedRekordV1, readSubmittedForm } from '../log/index.ts';

/** Whether an entry is of the kind that logs of Rekor v2 hold. */
export function isRekorV2({ kind, version }: LogEntry): boolean {
  return kind === 'hashedrekord' && version === '0.0.2';
}

/**
 * The canonical body that an entry of this kind has if it is about this artifact, signature and certificate.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID` for a kind that is not read; `LOG_ENTRY_MISMATCH` for another certificate
 */
export function expectedBody(
  entry: LogEntry,
  { content }: Bundle,
  artifact: Digest,
  certificate: Certificate,
): Uint8Array {
  const { signature } = content;
  const kind = `${entry.kind} ${entry.version}`;
  if (isRekorV2(entry)) {
    // A log of Rekor v2 holds an envelope by the digest of what was signed, as it holds any other signature.
    const signed = content.kind === 'message-signature' ? artifact : digest('sha256', encoded(content));
    return hashedRekordBody({
      digest: signed,
      signature,
      certificate: certificate.der,
      keyKind: certificate.publicKey.kind,
    });
  }
  if (kind === 'hashedrekord 0.0.1' && content.kind === 'message-signature') {
    const { verifier } = submittedForm(entry, certificate);
    return canonicalBody(hashedRekordV1({ digest: artifact, signature, verifier }));
  }
  if (kind === 'dsse 0.0.1' && content.kind === 'dsse-envelope') {
    const { verifier, envelopeHash } = submittedForm(entry, certificate);
    return canonicalBody(dsseV1({ envelopeHash, payloadHash: digest('sha256', content.payload), signature, verifier }));
  }
  return fail(
    'LOG_ENTRY_INVALID',
    `a log entry of the kind ${JSON.stringify(kind)} for a ${content.kind}, which is not read`,
  );
}

function encoded({ payloadType, payload }: { readonly payloadType: string; readonly payload: Uint8Array }): Uint8Array {
  return preAuthenticationEncoding(payloadType, payload);
}

/** A certificate can be written as PEM in several ways; whichever it was, it must be this one. */
function submittedForm(entry: LogEntry, certificate: Certificate): ReturnType<typeof readSubmittedForm> {
  const form = readSubmittedForm(entry.canonicalizedBody);
  const [submitted, ...others] = reading('LOG_ENTRY_INVALID', "the log entry's certificate", () =>
    decodePem('CERTIFICATE', form.verifier),
  );
  if (submitted === undefined || others.length > 0 || !equalBytes(submitted, certificate.der)) {
    fail('LOG_ENTRY_MISMATCH', 'the log entry is about another certificate');
  }
  return form;
}
