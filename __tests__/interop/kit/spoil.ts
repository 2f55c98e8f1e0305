/** Bundles in which one bit is another. */

import { readFile, writeFile } from 'node:fs/promises';

type Json = string | { [member: string | number]: Json };

const entry = ['verificationMaterial', 'tlogEntries', 0] as const;
const places = {
  certificate: ['verificationMaterial', 'certificate', 'rawBytes'],
  'log entry': [...entry, 'canonicalizedBody'],
  'inclusion proof': [...entry, 'inclusionProof', 'hashes', 0],
  checkpoint: [...entry, 'inclusionProof', 'checkpoint', 'envelope'],
  timestamp: ['verificationMaterial', 'timestampVerificationData', 'rfc3161Timestamps', 0, 'signedTimestamp'],
} as const;

/** What of a bundle is signed, or says that it was. */
export const parts = ['signature', 'certificate', 'log entry', 'inclusion proof', 'checkpoint', 'timestamp'] as const;
export type Part = (typeof parts)[number];

/** Writes a bundle beside another that differs in one bit of a part. */
export async function spoil(bundle: string, part: Part): Promise<string> {
  const json = JSON.parse(await readFile(bundle, 'utf8'));
  const signature =
    json.messageSignature === undefined ? ['dsseEnvelope', 'signatures', 0, 'sig'] : ['messageSignature', 'signature'];
  const spoilt = `${bundle}.${part.replaceAll(' ', '-')}.json`;
  await writeFile(spoilt, JSON.stringify(change(json, part === 'signature' ? signature : places[part])));
  return spoilt;
}

function change(json: Json, [step, ...rest]: readonly (string | number)[]): Json {
  if (typeof json === 'string') return json.includes('\n') ? changeNote(json) : changeBytes(json);
  const member = json[step ?? ''];
  if (step === undefined || member === undefined) throw new Error(`nothing at ${String(step)}`);
  json[step] = change(member, rest);
  return json;
}

/** The last byte, which is one of a signature or of a hash; of an entry, the first digit of its digest. */
function changeBytes(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const entry = bytes.toString('latin1');
  const digit = /^\{.*?"(?:value|digest)":"(.)/.exec(entry);
  if (digit !== null)
    return Buffer.from(
      `${digit[0].slice(0, -1)}${digit[1] === '0' ? '1' : '0'}${entry.slice(digit[0].length)}`,
    ).toString('base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return bytes.toString('base64');
}

/** Of a signed note (C2SP signed-note), the last signature. */
function changeNote(note: string): string {
  return note.replace(/(\S+)\n$/, (_, signature: string) => `${changeBytes(signature)}\n`);
}
