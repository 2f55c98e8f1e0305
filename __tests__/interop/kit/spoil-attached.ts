/** Changes the attachments of an image, in each layout. */

import type { Layout } from './image-clients.ts';
import type { Change, Layer } from './reattach.ts';
import { changeLastByte, envelopeSignature, parts, spoilAt, spoilPart } from './spoil.ts';

/** The signed parts. A claim is a statement beside the reference of the image. */
export const attachedParts = {
  'bundle, Rekor v2': ['claim', ...parts],
  'bundle, Rekor v1': ['claim', ...parts],
  'older layout': ['claim', 'signature', 'certificate', 'log entry', 'signed entry timestamp'],
} as const satisfies Readonly<Record<Layout, readonly string[]>>;
export type AttachedPart = (typeof attachedParts)[Layout][number];

/** One byte of the part is another, or, of the claim, what it says. */
export function spoilAttached(layout: Layout, part: AttachedPart): Change {
  if (part === 'claim') return anotherClaim;
  if (layout === 'older layout') return (layer) => spoilOlder(layer, part);
  if (part === 'signed entry timestamp') throw new Error('of a bundle it is not looked at alone');
  return ({ text, annotations }) => ({ text: spoilPart(text, part), annotations });
}

const names = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  entry: 'dev.sigstore.cosign/bundle',
} as const;

function spoilOlder({ text, annotations }: Layer, part: AttachedPart): Layer {
  const spoilt = (name: string, spoil: (value: string) => string): Layer => {
    const value = annotations[name];
    if (!value) throw new Error(`the layer has no ${name}`);
    return { text, annotations: { ...annotations, [name]: spoil(value) } };
  };
  switch (part) {
    case 'signature':
      // An envelope has it in itself.
      if (annotations[names.signature] === '') return { text: spoilAt(text, envelopeSignature), annotations };
      return spoilt(names.signature, changeLastByte);
    case 'certificate':
      return spoilt(names.certificate, changeLastByteOfPem);
    case 'log entry':
      return spoilt(names.entry, (entry) => spoilAt(entry, ['Payload', 'body']));
    case 'signed entry timestamp':
      return spoilt(names.entry, (entry) => spoilAt(entry, ['SignedEntryTimestamp']));
    default:
      throw new Error(`the older layout has no ${part}`);
  }
}

function changeLastByteOfPem(pem: string): string {
  return pem.replace(/(?<=^-----BEGIN CERTIFICATE-----\n)[^-]+/, (base64) => `${changeLastByte(base64)}\n`);
}

/** Another statement or document under the signature: what it says besides the image is another. */
function anotherClaim({ text, annotations }: Layer): Layer {
  const document = JSON.parse(text);
  if ('critical' in document) {
    document.optional = { added: true };
  } else {
    const envelope = document.dsseEnvelope ?? document;
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
    envelope.payload = Buffer.from(JSON.stringify({ ...statement, predicate: { added: true } })).toString('base64');
  }
  return { text: JSON.stringify(document), annotations };
}
