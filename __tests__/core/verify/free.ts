/** The places of a bundle that may change without effect on the verdict, each with the reason. */

import { contextTag, DerReader, readSequence, tags } from '../../../src/core/encoding/index.ts';
import { type Path, pathText } from './tree.ts';

/** A place that nothing signs and nothing relies on. Of bytes or text, only from one offset up to another. */
export interface Free {
  readonly where: RegExp;
  readonly range?: (value: Uint8Array) => readonly (readonly [number, number])[];
  readonly why: string;
}

const bytesOfText = (text: Uint8Array): string => Buffer.from(text).toString();

export const free: readonly Free[] = [
  {
    where: /x509CertificateChain\.certificates\[[1-9]/,
    why: 'a certificate beside the first counts for nothing: the path is that of the trusted root',
  },
  { where: /publicKey\.hint$/, why: 'a hint: the key is that of the policy' },
  { where: /signatures\[0\]\.keyid$/, why: 'a hint: DSSE signs neither it nor its length' },
  {
    where: /signedTimestamp$/,
    range: (token) => [rangeIn(token, statusOf(token))],
    why: 'granted or granted with modifications: what was granted is what is signed',
  },
  {
    where: /signedTimestamp$/,
    range: (token) => [rangeIn(token, partsOf(token).digestAlgorithms)],
    why: 'which hashes to expect, for those who hash while they read; the one that is used is named again by the signer',
  },
  {
    where: /signedTimestamp$/,
    range: (token) => partsOf(token).otherCertificates.map((certificate) => rangeIn(token, certificate)),
    why: 'a certificate beside that of the signer counts for nothing: the path is that of the trusted root',
  },
  {
    where: /signedTimestamp$/,
    range: (token) => partsOf(token).certificatesTag.map((tag) => rangeIn(token, tag)),
    why: 'without its certificates, here called revocation lists, a token says the same',
  },
  {
    where: /checkpoint\.envelope$/,
    range: otherSignatureLines,
    why: 'the signature of a witness whom the policy does not name',
  },
];

/** Of a token, what may be encoded otherwise. */
const freeEncodings: readonly {
  readonly what: string;
  readonly range: (token: Uint8Array) => readonly (readonly [number, number])[];
  readonly why: string;
}[] = [
  {
    what: 'a NULL after it',
    range: (token) => [rangeIn(token, partsOf(token).signerHash)],
    why: 'a hash with NULL and without is the same (RFC 5754, section 2), and the signer names it outside of what he signs',
  },
  {
    what: 'it twice',
    range: (token) => partsOf(token).certificates.map((certificate) => rangeIn(token, certificate.subarray(0, 1))),
    why: 'a certificate twice is a certificate once',
  },
];

/** Why an element at this place may be encoded so. */
export function whyFreeEncoding(path: Path, value: Uint8Array, offset: number, what: string): string | undefined {
  const isToken = /signedTimestamp$/.test(pathText(path));
  const one = freeEncodings.find(
    (each) => isToken && each.what === what && each.range(value).some(([from, to]) => offset >= from && offset < to),
  );
  return one?.why ?? whyFree(path, value, offset);
}

function rangeIn(whole: Uint8Array, part: Uint8Array): readonly [number, number] {
  const start = part.byteOffset - whole.byteOffset;
  return [start, start + part.length];
}

/** The number of the status (RFC 3161, section 2.4.2). */
function statusOf(response: Uint8Array): Uint8Array {
  return readSequence(response, (reader) => {
    const status = reader.sequence().integerBytes();
    reader.any();
    return status;
  });
}

/** The parts of a token's SignedData (RFC 5652, section 5.1) that are not signed. */
function partsOf(response: Uint8Array): {
  readonly digestAlgorithms: Uint8Array;
  readonly certificatesTag: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
  readonly otherCertificates: readonly Uint8Array[];
  readonly signerHash: Uint8Array;
} {
  const contentInfo = readSequence(response, (reader) => {
    reader.any();
    return reader.sequence();
  });
  contentInfo.oid();
  const signedData = new DerReader(contentInfo.element(contextTag(0, 'constructed')).contents).sequence();
  signedData.unsigned();
  const digestAlgorithms = signedData.element(tags.set).contents;
  signedData.any();
  const sent = signedData.optional(contextTag(0, 'constructed'));
  const signerInfo = new DerReader(signedData.element(tags.set).contents).sequence();
  signerInfo.unsigned();
  const signerId = signerInfo.sequence();
  signerId.any();
  const serialNumber = Buffer.from(signerId.any().der);
  const certificates = [...elementsOf(sent?.contents ?? new Uint8Array())];
  return {
    digestAlgorithms,
    certificatesTag: sent === undefined ? [] : [sent.der.subarray(0, 1)],
    certificates,
    otherCertificates: certificates.filter((certificate) => !Buffer.from(certificate).includes(serialNumber)),
    signerHash: signerInfo.any().der,
  };
}

function* elementsOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (const reader = new DerReader(bytes); !reader.done; ) yield reader.any().der;
}

/** The lines below a checkpoint (C2SP signed-note) that are not by the one who wrote its first line. */
function otherSignatureLines(envelope: Uint8Array): readonly (readonly [number, number])[] {
  const text = bytesOfText(envelope);
  const [origin = ''] = text.split('\n');
  const ranges: (readonly [number, number])[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const { length } = Buffer.from(`${line}\n`);
    const [, name] = /^\u2014 (\S+) /.exec(line) ?? [];
    if (name !== undefined && name !== origin.split(' ')[0]) ranges.push([offset, offset + length]);
    offset += length;
  }
  return ranges;
}

/** Why this place may be otherwise; `undefined` if it may not. */
export function whyFree(path: Path, value: Uint8Array | undefined, offset: number | undefined): string | undefined {
  const text = pathText(path);
  return free.find(({ where, range }) => {
    if (!where.test(text)) return false;
    if (range === undefined) return true;
    if (value === undefined || offset === undefined) return false;
    return range(value).some(([from, to]) => offset >= from && offset < to);
  })?.why;
}

/** Reports whether a place may change. */
export function isFreeSomewhere(path: Path): boolean {
  return free.some(({ where }) => where.test(pathText(path)));
}
