/** Bundles, and other JSON, in which one byte is another. */

import { readFile, writeFile } from 'node:fs/promises';

type Json = string | { [member: string | number]: Json };

/** The place of the signature in an envelope. */
export const envelopeSignature = ['signatures', 0, 'sig'] as const;
const entry = ['verificationMaterial', 'tlogEntries', 0] as const;
const places = {
  certificate: ['verificationMaterial', 'certificate', 'rawBytes'],
  'log entry': [...entry, 'canonicalizedBody'],
  checkpoint: [...entry, 'inclusionProof', 'checkpoint', 'envelope'],
  timestamp: ['verificationMaterial', 'timestampVerificationData', 'rfc3161Timestamps', 0, 'signedTimestamp'],
} as const;

/** The signed parts of a bundle, and those that claim so. */
export const parts = ['signature', 'certificate', 'log entry', 'checkpoint', 'timestamp'] as const;
export type Part = (typeof parts)[number];

/** Writes a bundle beside another that differs in one byte of a part. */
export async function spoil(bundle: string, part: Part): Promise<string> {
  const spoilt = `${bundle}.${part.replaceAll(' ', '-')}.json`;
  await writeFile(spoilt, spoilPart(await readFile(bundle, 'utf8'), part));
  return spoilt;
}

/** The text of a bundle that differs in one byte of a part. */
export function spoilPart(bundle: string, part: Part): string {
  if (part !== 'signature') return spoilAt(bundle, places[part]);
  const isMessage = JSON.parse(bundle).messageSignature !== undefined;
  return spoilAt(bundle, isMessage ? ['messageSignature', 'signature'] : ['dsseEnvelope', ...envelopeSignature]);
}

/** The text of some JSON that differs in one byte of what is at a place. */
export function spoilAt(json: string, place: readonly (string | number)[]): string {
  return JSON.stringify(change(JSON.parse(json), place));
}

function change(json: Json, [step, ...rest]: readonly (string | number)[]): Json {
  if (typeof json === 'string') return changeText(json);
  const member = json[step ?? ''];
  if (step === undefined || member === undefined) throw new Error(`nothing at ${String(step)}`);
  json[step] = change(member, rest);
  return json;
}

/**
 * Of a signed note (C2SP signed-note), the first signature, which is the log's own; of an entry, the first digit of its digest;
 * else the last byte.
 */
function changeText(text: string): string {
  if (text.includes('\n')) return text.replace(/(?<=\n\n— \S+ )\S+/, changeLastByte);
  const json = Buffer.from(text, 'base64').toString('latin1');
  if (!json.startsWith('{"')) return changeLastByte(text);
  const changed = json.replace(
    /^(.*?"(?:value|digest)":")(.)/,
    (_, before, digit) => before + (digit === '0' ? '1' : '0'),
  );
  return Buffer.from(changed, 'latin1').toString('base64');
}

/** The last byte of it is another. */
export function changeLastByte(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const last = bytes.length - 1;
  bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last);
  return bytes.toString('base64');
}
