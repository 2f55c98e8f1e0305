/** Reads the claims of a certificate. */

import { hash } from 'node:crypto';
import { fulcioExtensionArcs, olderFulcioExtensionArcs } from '../../core/certificate/index.ts';
import { contextTag, tags } from '../../core/encoding/index.ts';
import { type CertificateClaims, type CertificateName, type ClaimName, entryLimits } from './claims.ts';
import { DerCursor, MalformedDer } from './der-cursor.ts';
import type { Problems } from './problems.ts';

/** 1.3.6.1.4.1.57264.1, DER, without the last arc of an extension. */
const fulcioArc = Buffer.from('2b0601040183bf3001', 'hex');
/** 2.5.29.17 */
const subjectAlternativeName = Buffer.from('551d11', 'hex');
/** 1.3.6.1.4.1.57264.1.7 */
const usernameOid = Buffer.from('2b0601040183bf300107', 'hex');

/** A claim in an extension: text in DER, or text alone. */
interface ClaimExtension {
  readonly name: ClaimName;
  readonly isDer: boolean;
}

/** The claim of each last arc. */
const claimOfArc: ReadonlyMap<number, ClaimExtension> = new Map([
  ...byArc(fulcioExtensionArcs, true),
  ...byArc(olderFulcioExtensionArcs, false),
  ...byArc({ olderIssuer: 1 }, false),
]);

function byArc(
  arcs: { readonly [Name in ClaimName]?: number },
  isDer: boolean,
): readonly (readonly [number, ClaimExtension])[] {
  return (Object.entries(arcs) as [ClaimName, number][]).map(([name, arc]) => [arc, { name, isDer }]);
}

const tagOf = {
  version: contextTag(0, 'constructed'),
  issuerId: contextTag(1, 'primitive'),
  subjectId: contextTag(2, 'primitive'),
  extensions: contextTag(3, 'constructed'),
  wrapped: contextTag(0, 'constructed'),
} as const;

const nameKinds: ReadonlyMap<number, CertificateName['kind']> = new Map([
  [contextTag(1, 'primitive'), 'email'],
  [contextTag(2, 'primitive'), 'dns'],
  [contextTag(6, 'primitive'), 'uri'],
]);
const addressTag = contextTag(7, 'primitive');

type Reading = { -readonly [Key in keyof CertificateClaims]: CertificateClaims[Key] } & {
  readonly names: CertificateName[];
  readonly claims: { [Name in ClaimName]?: string };
};

/** Reads a certificate. Keeps everything up to a part that cannot be read, and what follows an extension that cannot be read. */
export function readCertificateClaims(der: Buffer, part: string, problems: Problems): CertificateClaims {
  const reading = start(der, hash('sha256', der));
  return read(reading, part, problems, () => {
    const certificate = new DerCursor(der);
    const body = certificate.read(tags.sequence).inside();
    readBody(body.read(tags.sequence).inside(), reading, part, problems);
    body.read(tags.sequence).read(tags.bitString);
    demandEnd(body);
    demandEnd(certificate);
  });
}

/** Reads the TBSCertificate of a precertificate. */
export function readTbsClaims(der: Buffer, part: string, problems: Problems): CertificateClaims {
  const reading = start(der, undefined);
  return read(reading, part, problems, () => {
    const body = new DerCursor(der);
    readBody(body.read(tags.sequence).inside(), reading, part, problems);
    demandEnd(body);
  });
}

function start(der: Buffer, certificateHash: string | undefined): Reading {
  return { der, certificateHash, keyHash: undefined, names: [], claims: {}, notBefore: undefined, notAfter: undefined };
}

function read(reading: Reading, part: string, problems: Problems, work: () => void): CertificateClaims {
  if (reading.der.length > entryLimits.certificate) {
    problems.add('LIMIT', part, `${reading.der.length} bytes; the limit is ${entryLimits.certificate}`);
    return reading;
  }
  attempt(problems, part, work);
  const { issuer, olderIssuer } = reading.claims;
  if (issuer === undefined && olderIssuer !== undefined) reading.claims.issuer = olderIssuer;
  else if (issuer !== olderIssuer && olderIssuer !== undefined)
    problems.add('AMBIGUOUS', part, 'two different OIDC issuers');
  if (reading.claims.issuer === olderIssuer) delete reading.claims.olderIssuer;
  return reading;
}

/** Runs a reader; what it cannot read is recorded. */
export function attempt(problems: Problems, part: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof MalformedDer)) throw error;
    problems.add('MALFORMED', part, error.reason);
  }
}

function demandEnd(cursor: DerCursor): void {
  if (!cursor.done) throw new MalformedDer('unexpected data after the end');
}

function readBody(body: DerCursor, reading: Reading, part: string, problems: Problems): void {
  body.skip(tagOf.version);
  // serialNumber, signature, issuer
  body.read(tags.integer).read(tags.sequence).read(tags.sequence);
  const validity = body.read(tags.sequence).inside();
  reading.notBefore = readTime(validity);
  reading.notAfter = readTime(validity);
  if (reading.notBefore === undefined || reading.notAfter === undefined)
    problems.add('MALFORMED', part, 'a time is invalid');
  // subject
  body.read(tags.sequence);
  const keyStart = body.at;
  body.read(tags.sequence);
  reading.keyHash = hash('sha256', body.bytes.subarray(keyStart, body.at));
  body.skip(tagOf.issuerId);
  body.skip(tagOf.subjectId);
  if (body.skip(tagOf.extensions)) {
    const wrapped = body.inside();
    readExtensions(wrapped.read(tags.sequence).inside(), reading, part, problems);
    demandEnd(wrapped);
  }
  demandEnd(body);
}

function readExtensions(list: DerCursor, reading: Reading, part: string, problems: Problems): void {
  const { bytes } = list;
  /** A bit for each arc of Fulcio, and bit 0 for the names. */
  let seen = 0;
  for (let count = 0; !list.done; count++) {
    if (count === entryLimits.extensions) {
      problems.add('LIMIT', part, `more than ${entryLimits.extensions} extensions`);
      return;
    }
    const extension = list.read(tags.sequence).inside();
    const { from: oid, to: oidEnd } = extension.read(tags.objectIdentifier);
    extension.skip(tags.boolean);
    const { from, to } = extension.read(tags.octetString);
    let number: number;
    if (oidEnd - oid === fulcioArc.length + 1 && startsWith(bytes, oid, fulcioArc)) {
      number = bytes[oidEnd - 1] ?? 0;
      const claim = claimOfArc.get(number);
      if (claim === undefined) continue;
      readClaim(new DerCursor(bytes, from, to), claim, reading, part, problems);
    } else if (oidEnd - oid === subjectAlternativeName.length && startsWith(bytes, oid, subjectAlternativeName)) {
      number = 0;
      const where = `the subject alternative names of ${part}`;
      attempt(problems, where, () => readNames(new DerCursor(bytes, from, to), reading.names, where, problems));
    } else continue;
    const bit = 1 << number;
    if ((seen & bit) !== 0) problems.add('AMBIGUOUS', part, 'an extension occurs twice');
    seen |= bit;
  }
}

function startsWith(bytes: Buffer, at: number, start: Buffer): boolean {
  for (let i = 0; i < start.length; i++) if (bytes[at + i] !== start[i]) return false;
  return true;
}

function readClaim(
  value: DerCursor,
  { name, isDer }: ClaimExtension,
  reading: Reading,
  part: string,
  problems: Problems,
): void {
  let { at: from, end: to } = value;
  if (isDer) {
    const where = `the claim ${name} of ${part}`;
    let isRead = false;
    attempt(problems, where, () => {
      ({ from, to } = value.read(tags.utf8String));
      demandEnd(value);
      isRead = true;
    });
    if (!isRead) return;
  }
  // The first of several counts; the repetition is recorded.
  reading.claims[name] ??= textOf(value.bytes, from, to, `the claim ${name} of ${part}`, problems);
}

function readNames(value: DerCursor, names: CertificateName[], part: string, problems: Problems): void {
  const list = value.read(tags.sequence).inside();
  while (!list.done) {
    if (names.length === entryLimits.names) {
      problems.add('LIMIT', part, `more than ${entryLimits.names} names`);
      return;
    }
    const { tag } = list;
    const start = list.at;
    const { bytes, from, to, at } = list.any();
    const kind = nameKinds.get(tag);
    if (kind !== undefined) {
      const text = textOf(bytes, from, to, part, problems);
      if (!/^[\x20-\x7e]+$/.test(text)) problems.add('MALFORMED', part, 'a name is not printable ASCII');
      names.push({ kind, value: text });
    } else if (tag === addressTag) names.push({ kind: 'ip', value: addressText(bytes.subarray(from, to)) });
    else names.push(usernameOf(list.inside(), tag, part, problems) ?? other(bytes.subarray(start, at), part, problems));
  }
  demandEnd(value);
}

/** Returns the name that Fulcio writes as an otherName for its `username` identities. */
function usernameOf(name: DerCursor, tag: number, part: string, problems: Problems): CertificateName | undefined {
  if (tag !== tagOf.wrapped || name.tag !== tags.objectIdentifier) return undefined;
  const oid = name.any().contents();
  if (!oid.equals(usernameOid)) return undefined;
  const wrapped = name.read(tagOf.wrapped).inside();
  const { bytes, from, to } = wrapped.read(tags.utf8String);
  demandEnd(wrapped);
  demandEnd(name);
  return { kind: 'username', value: textOf(bytes, from, to, part, problems) };
}

function other(der: Buffer, part: string, problems: Problems): CertificateName {
  const kept = der.subarray(0, entryLimits.text / 2);
  if (kept.length < der.length) problems.add('LIMIT', part, `a name of ${der.length} bytes`);
  return { kind: 'other', value: kept.toString('hex') };
}

function addressText(bytes: Buffer): string {
  return bytes.length === 4 ? bytes.join('.') : bytes.subarray(0, 32).toString('hex');
}

/** Returns the text of UTF-8. Longer texts are cut, and end with `…`, so that they match nothing. */
function textOf(bytes: Buffer, from: number, to: number, part: string, problems: Problems): string {
  if (to - from > entryLimits.text) {
    problems.add('LIMIT', part, `a text of ${to - from} bytes; the limit is ${entryLimits.text}`);
    return `${bytes.toString('utf8', from, from + entryLimits.text - 4).slice(0, -1)}…`;
  }
  const text = bytes.toString('utf8', from, to);
  if (text.includes('\ufffd') && !Buffer.from(text).equals(bytes.subarray(from, to)))
    problems.add('MALFORMED', part, 'a text is not valid UTF-8');
  return text;
}

/** Reads a time of X.509 (RFC 5280, section 4.1.2.5). Returns `undefined` for one that does not exist. */
function readTime(validity: DerCursor): Date | undefined {
  const { tag } = validity;
  if (tag !== tags.utcTime && tag !== tags.generalizedTime) throw new MalformedDer('a time is missing');
  const { bytes, from, to } = validity.any();
  const yearDigits = tag === tags.utcTime ? 2 : 4;
  if (to - from !== yearDigits + 11 || bytes[to - 1] !== 0x5a) return undefined;
  const digits = (at: number, count: number): number => {
    let value = 0;
    for (let i = at; i < at + count; i++) value = value * 10 + (bytes[i] ?? 0) - 0x30;
    return value;
  };
  for (let i = from; i < to - 1; i++) if ((bytes[i] ?? 0) < 0x30 || (bytes[i] ?? 0) > 0x39) return undefined;
  const written = digits(from, yearDigits);
  const year = yearDigits === 4 ? written : written < 50 ? 2000 + written : 1900 + written;
  const rest = from + yearDigits;
  const [month, day, hour] = [digits(rest, 2) - 1, digits(rest + 2, 2), digits(rest + 4, 2)] as const;
  const [minute, second] = [digits(rest + 6, 2), digits(rest + 8, 2)] as const;
  const time = new Date(Date.UTC(year, month, day, hour, minute, second));
  // Date.UTC takes years below 100 for those of the 20th century, and rolls 30 February over to March. A month, hour or second that is out
  // of range changes the year, day or minute.
  const exists = time.getUTCFullYear() === year && time.getUTCDate() === day && time.getUTCMinutes() === minute;
  return exists ? time : undefined;
}
