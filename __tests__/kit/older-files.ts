/** Signatures in the formats of older clients, written out by hand, and a log of Rekor v1 that serves their entries. */

import { type Bundle, type BundleVersion, type LogEntry, writeBundle } from '../../src/core/bundle/index.ts';
import { encodeBase64, encodeHex, encodePem, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { leafHash } from '../../src/core/log/index.ts';
import type { Http } from '../../src/services/http/index.ts';
import { type Answering, answering } from '../services/loopback.ts';
import { certificateOf } from './instance.ts';

export interface OlderForm {
  readonly version: Exclude<BundleVersion, '0.3'>;
  /** Writes a chain of these certificates after the signer's, as clients did before version 0.3. */
  readonly chain?: readonly Uint8Array[];
  /** Leaves the inclusion proofs out, as clients of version 0.1 did. */
  readonly withoutProof?: boolean;
  /** Leaves the digest of the artifact out. */
  readonly withoutDigest?: boolean;
}

/** Writes a bundle of an earlier version. */
export function olderBundleText(
  bundle: Bundle,
  { version, chain, withoutProof = false, withoutDigest = false }: OlderForm,
): string {
  const logEntries = withoutProof
    ? bundle.logEntries.map((entry) => ({ ...entry, inclusionProof: undefined }))
    : bundle.logEntries;
  const content =
    withoutDigest && bundle.content.kind === 'message-signature'
      ? { ...bundle.content, messageDigest: undefined }
      : bundle.content;
  const mediaType = `application/vnd.dev.sigstore.bundle+json;version=${version}`;
  const document = JSON.parse(writeBundle({ ...bundle, mediaType, logEntries, content }));
  const { certificate, ...material } = document.verificationMaterial;
  if (certificate === undefined) return JSON.stringify(document);
  const certificates = [certificate, ...(chain ?? []).map((der) => ({ rawBytes: encodeBase64(der) }))];
  return JSON.stringify({ ...document, verificationMaterial: { x509CertificateChain: { certificates }, ...material } });
}

/** Writes what `cosign sign-blob --bundle` wrote before there were bundles. */
export function cosignBundleText(bundle: Bundle): string {
  const [entry] = bundle.logEntries;
  const certificate = certificateOf(bundle.signer);
  if (entry?.signedEntryTimestamp === undefined || certificate === undefined)
    throw new Error('the log promised nothing, or there is no certificate');
  const signature = encodeBase64(bundle.content.signature);
  return JSON.stringify({
    base64Signature: bundle.content.kind === 'message-signature' ? signature : encodeBase64(envelopeOf(bundle)),
    cert: encodeBase64(utf8(encodePem('CERTIFICATE', certificate))),
    rekorBundle: {
      SignedEntryTimestamp: encodeBase64(entry.signedEntryTimestamp),
      Payload: {
        body: encodeBase64(entry.canonicalizedBody),
        integratedTime: Number(entry.integratedTime),
        logIndex: Number(entry.logIndex),
        logID: encodeHex(entry.logKeyId),
      },
    },
  });
}

function envelopeOf({ content }: Bundle): Uint8Array {
  if (content.kind !== 'dsse-envelope') throw new Error('there is no statement');
  const { payloadType, payload, signature } = content;
  const signatures = [{ keyid: '', sig: encodeBase64(signature) }];
  return utf8(JSON.stringify({ payloadType, payload: encodeBase64(payload), signatures }));
}

/** The answer of Rekor v1 with an entry, under the hash of its leaf. */
export function answerWith(entry: LogEntry): JsonObject {
  const { inclusionProof: proof, signedEntryTimestamp } = entry;
  if (proof === undefined || signedEntryTimestamp === undefined) throw new Error('the entry is incomplete');
  return {
    [leafOf(entry)]: {
      body: encodeBase64(entry.canonicalizedBody),
      integratedTime: Number(entry.integratedTime),
      logID: encodeHex(entry.logKeyId),
      logIndex: Number(entry.logIndex),
      verification: {
        inclusionProof: {
          checkpoint: proof.checkpoint,
          hashes: proof.hashes.map(encodeHex),
          logIndex: Number(proof.logIndex),
          rootHash: encodeHex(proof.rootHash),
          treeSize: Number(proof.treeSize),
        },
        signedEntryTimestamp: encodeBase64(signedEntryTimestamp),
      },
    },
  };
}

export function leafOf({ canonicalizedBody }: LogEntry): string {
  return encodeHex(leafHash(canonicalizedBody));
}

/** Serves entries by the hashes of their leaves; nothing else exists. */
export function servingEntries(...entries: readonly LogEntry[]): Promise<Answering> {
  return answering(({ url }) => {
    const entry = entries.find((one) => url === `/api/v1/log/entries/${leafOf(one)}`);
    const headers = { 'content-type': 'application/json' };
    if (entry !== undefined) return { headers, body: JSON.stringify(answerWith(entry)) };
    return { status: 404, headers, body: '{"code":404,"message":"entry not found"}' };
  });
}

/** Sends requests to this host wherever they are to go, as its own resolver of names would. */
export function sentTo(origin: string, http: Http): Http {
  return (request) => http({ ...request, url: new URL(`${request.url.pathname}${request.url.search}`, origin) });
}
