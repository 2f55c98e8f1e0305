/**
 * Checksums files: the lines that `sha256sum`, `shasum` and their BSD cousins write.
 *
 * ```
 * <hex>  name              GNU and shasum, text
 * <hex> *name              the same, binary
 * <hex> name               BSD, reversed (`sha256 -r`)
 * \<hex>  na\\me\nx        a name with a backslash or line break, escaped
 * SHA256 (name) = <hex>    BSD; also `sha256sum --tag` and openssl (`SHA2-256(name)= <hex>`)
 * # comment
 * ```
 */

import { type Digest, digestLengths, type HashAlgorithm, isHashAlgorithm, toDigest } from '../core/crypto/index.ts';
import { decodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import type { DigestSubject } from './subject.ts';

export const checksumsLimits = { bytes: 16 * 1024 * 1024, lines: 100_000 } as const;

/** A line of a checksums file. Its name has no blanks around it. */
export interface ChecksumLine extends DigestSubject {
  /** The name exactly as it is written: a file's name may begin or end with a blank. */
  readonly written: string;
}

/**
 * Returns the subjects of a checksums file, in the order of their lines.
 *
 * @param file what the file is called in errors
 * @throws CountersignError `DIGEST_INVALID` with file and line; `SUBJECT_MISSING` if it names nothing; `LIMIT_EXCEEDED`
 */
export function parseChecksums(text: string, file: string): readonly ChecksumLine[] {
  if (text.includes('-----BEGIN PGP SIGNED MESSAGE-----'))
    malformed(file, 'is a PGP-signed message', clearsignedRemedy);
  const lines = text.split('\n');
  if (lines.length - 1 > checksumsLimits.lines) {
    fail('LIMIT_EXCEEDED', `the checksums file ${file} has more than ${checksumsLimits.lines} lines`, {
      remedy: 'Split it into several files.',
    });
  }
  const subjects = lines.flatMap((line, index) => {
    const origin = `${file}, line ${index + 1}`;
    const checksum = parseLine(line.replace(/\r$/, ''), origin);
    return checksum === undefined ? [] : [{ kind: 'digest', ...checksum, origin } as const];
  });
  if (subjects.length === 0) {
    fail('SUBJECT_MISSING', `the checksums file ${file} has no entries`, {
      remedy: 'Check the command that writes it, for example `sha256sum *.tgz > SHA256SUMS`.',
    });
  }
  return subjects;
}

type Checksum = Pick<ChecksumLine, 'name' | 'written' | 'digest'>;

const tagged = /^([A-Za-z0-9/-]+) ?\((.*)\) ?= ?([0-9a-zA-Z]+)$/;
const untagged = /^([0-9a-zA-Z]+)(?: [ *]| )(.*)$/;

function parseLine(line: string, origin: string): Checksum | undefined {
  if (line.startsWith('#') || line.trim() === '') return undefined;
  if (line.includes('\0'))
    malformed(origin, 'contains a NUL character', 'Write the file as UTF-8 and without `--zero`.');
  const content = line.replace(/^[ \t]+/, '');
  const escaped = content.startsWith('\\');
  const unescaped = escaped ? content.slice(1) : content;
  const [, tag, taggedName = '', taggedHex = ''] = tagged.exec(unescaped) ?? [];
  if (tag !== undefined) {
    const algorithm =
      algorithmOfTag(tag) ?? malformed(origin, `has a digest of the unsupported type ${tag}`, kindsRemedy);
    return { ...nameOf(taggedName, escaped, origin), digest: digestOf(taggedHex, algorithm, origin) };
  }
  if (/^[0-9a-f]{64,}$/i.test(unescaped)) malformed(origin, 'has a digest but no name', namelessRemedy);
  const [, hex, name = ''] =
    untagged.exec(unescaped) ?? malformed(origin, 'does not consist of a digest and a name', formRemedy);
  const digits = hex ?? '';
  if (/^[0-9a-zA-Z]+ \^/.test(unescaped))
    malformed(origin, 'was written in bits mode', 'Create the file without `--01`.');
  if (!/^[0-9a-f]+$/i.test(digits)) malformed(origin, 'does not start with a digest', formRemedy);
  const algorithm = algorithmOfLength(digits.length) ?? malformed(origin, wrongLength(digits), kindsRemedy);
  return { ...nameOf(name, escaped, origin), digest: digestOf(digits, algorithm, origin) };
}

/** `SHA256`, `SHA2-256`, in any case. */
function algorithmOfTag(tag: string): HashAlgorithm | undefined {
  const name = tag.toLowerCase().replace(/^sha2?-/, 'sha');
  return isHashAlgorithm(name) ? name : undefined;
}

function algorithmOfLength(digits: number): HashAlgorithm | undefined {
  return Object.keys(digestLengths)
    .filter(isHashAlgorithm)
    .find((algorithm) => digestLengths[algorithm] * 2 === digits);
}

function digestOf(hex: string, algorithm: HashAlgorithm, origin: string): Digest {
  if (!/^[0-9a-f]+$/i.test(hex)) malformed(origin, 'has a digest that is not hexadecimal', formRemedy);
  if (hex.length !== digestLengths[algorithm] * 2) {
    malformed(origin, `is for ${algorithm}, but ${wrongLength(hex)}`, kindsRemedy);
  }
  return toDigest(algorithm, decodeHex(hex.toLowerCase()));
}

function nameOf(text: string, escaped: boolean, origin: string): Pick<ChecksumLine, 'name' | 'written'> {
  const written = escaped ? unescapeName(text, origin) : text;
  if (written === '') malformed(origin, 'has no name', formRemedy);
  if (written === '-')
    malformed(
      origin,
      'is for standard input, which has no file name',
      'Pass the file name to the program that creates the checksums.',
    );
  return { name: written.replace(/^[ \t]+|[ \t]+$/g, '') || written, written };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\\\', '\\'],
  ['\\n', '\n'],
  ['\\r', '\r'],
]);

function unescapeName(text: string, origin: string): string {
  return text.replace(
    /\\.?/g,
    (pair) =>
      escapes.get(pair) ??
      malformed(origin, 'contains an escape other than \\\\, \\n and \\r', 'Create the file again with `sha256sum`.'),
  );
}

function wrongLength(hex: string): string {
  const lengths = Object.entries(digestLengths).map(([name, bytes]) => `${bytes * 2} (${name})`);
  return `has a digest of ${hex.length} digits; supported lengths are ${lengths.join(', ')}`;
}

const kindsRemedy = 'Create the file with sha256sum, sha384sum or sha512sum.';
const clearsignedRemedy =
  'Extract the text from the message with `gpg --output SHA256SUMS --decrypt SHA256SUMS.asc`, and specify that file.';
const namelessRemedy =
  'Add the file name after the digest, as sha256sum does, or specify both with `digests` as `app.tgz@sha256:…`.';
const formRemedy = 'Each line must have the form `<hex>  <name>`, `<hex> *<name>` or `SHA256 (<name>) = <hex>`.';

/** Fails without quoting the line: the file may not be a checksum file at all. */
function malformed(origin: string, problem: string, remedy: string): never {
  fail('DIGEST_INVALID', `${origin} ${problem}`, { remedy });
}
