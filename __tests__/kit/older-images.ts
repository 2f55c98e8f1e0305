/** Signatures and attestations on images by cosign's older layout, made with our own signer: cosign itself judges in the interop tests. */

import { formatDigest } from '../../src/core/crypto/index.ts';
import { encodeBase64, encodeHex, encodePem, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import type { Bundle } from '../../src/core/verify/index.ts';
import type { Registries } from '../../src/services/registry/index.ts';
import { clientOf, imageType, type PushedImage, pushDocument } from './registries.ts';

/** What cosign signs in an image's place. */
export function documentOf(image: Pick<PushedImage, 'digest' | 'repository'>): Uint8Array {
  const critical = {
    identity: { 'docker-reference': image.repository },
    image: { 'docker-manifest-digest': formatDigest(image.digest) },
    type: 'cosign container image signature',
  };
  return utf8(JSON.stringify({ critical, optional: null }));
}

/** What of a bundle goes into annotations. */
export function annotationsOf({ signer, content, logEntries, timestamps }: Bundle): Record<string, string> {
  const [entry] = logEntries;
  const [timestamp] = timestamps;
  return {
    'dev.cosignproject.cosign/signature': content.kind === 'message-signature' ? encodeBase64(content.signature) : '',
    ...(signer.kind === 'certificate' && {
      'dev.sigstore.cosign/certificate': encodePem('CERTIFICATE', signer.certificate),
    }),
    ...(entry !== undefined && {
      'dev.sigstore.cosign/bundle': JSON.stringify({
        SignedEntryTimestamp: encodeBase64(entry.signedEntryTimestamp ?? new Uint8Array()),
        Payload: {
          body: encodeBase64(entry.canonicalizedBody),
          integratedTime: Number(entry.integratedTime),
          logIndex: Number(entry.logIndex),
          logID: encodeHex(entry.logKeyId),
        },
      }),
    }),
    ...(timestamp !== undefined && {
      'dev.sigstore.cosign/rfc3161timestamp': JSON.stringify({ SignedRFC3161Timestamp: encodeBase64(timestamp) }),
    }),
  };
}

/** The envelope of a bundle, as it is the layer of an attestation. */
export function envelopeOf({ content }: Bundle): Uint8Array {
  if (content.kind !== 'dsse-envelope') throw new Error('an envelope was wanted');
  const { payloadType, payload, signature } = content;
  return utf8(
    JSON.stringify({
      payloadType,
      payload: encodeBase64(payload),
      signatures: [{ keyid: '', sig: encodeBase64(signature) }],
    }),
  );
}

export interface OlderLayer {
  readonly bytes: Uint8Array;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Pushes layers under the tag `.sig` or `.att` of an image. */
export async function pushOlder(
  registries: Registries,
  image: Pick<PushedImage, 'digest' | 'repository'>,
  suffix: 'sig' | 'att',
  layers: readonly OlderLayer[],
): Promise<void> {
  const client = clientOf(registries, image.repository);
  const mediaType =
    suffix === 'sig' ? 'application/vnd.dev.cosign.simplesigning.v1+json' : 'application/vnd.dsse.envelope.v1+json';
  const described: JsonObject[] = [];
  for (const { bytes, annotations } of layers) {
    const digest = formatDigest(await client.pushBlob(bytes));
    described.push({ mediaType, digest, size: bytes.length, annotations });
  }
  const config = formatDigest(await client.pushBlob(utf8('{}')));
  const tag = `${formatDigest(image.digest).replace(':', '-')}.${suffix}`;
  const document = {
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 2 },
    layers: described,
  };
  await pushDocument(registries, image.repository, imageType, document, tag);
}
