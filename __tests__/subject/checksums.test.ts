import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Digest, digestLengths, formatDigest, type HashAlgorithm, toDigest } from '../../src/core/crypto/index.ts';
import { encodeHex } from '../../src/core/encoding/index.ts';
import { parseChecksums } from '../../src/subject/checksums.ts';
import { failure } from '../services/loopback.ts';

const hex = { sha256: 'ab'.repeat(32), sha384: 'cd'.repeat(48), sha512: 'ef'.repeat(64) } as const;

function parsed(text: string): readonly (readonly [name: string, digest: string])[] {
  return parseChecksums(text, 'SUMS').map(({ name, digest }) => [name, formatDigest(digest)]);
}

describe('the forms of a line', () => {
  test.each<[line: string, name: string, digest: string]>([
    [`${hex.sha256}  app.tgz`, 'app.tgz', `sha256:${hex.sha256}`],
    [`${hex.sha256} *app.tgz`, 'app.tgz', `sha256:${hex.sha256}`],
    [`${hex.sha256} app.tgz`, 'app.tgz', `sha256:${hex.sha256}`],
    [`  ${hex.sha256}  app.tgz`, 'app.tgz', `sha256:${hex.sha256}`],
    [`${hex.sha256}    two blanks  `, 'two blanks', `sha256:${hex.sha256}`],
    [`${hex.sha256} *\ttab\t`, 'tab', `sha256:${hex.sha256}`],
    [`SHA256 ( app.tgz ) = ${hex.sha256}`, 'app.tgz', `sha256:${hex.sha256}`],
    [`${hex.sha256}   \t `, ' \t ', `sha256:${hex.sha256}`],
    [`${hex.sha256}  ^hat`, '^hat', `sha256:${hex.sha256}`],
    [`${hex.sha256}  *star`, '*star', `sha256:${hex.sha256}`],
    [`${hex.sha256} **`, '*', `sha256:${hex.sha256}`],
    [`${hex.sha256}  ./a (b) = c`, './a (b) = c', `sha256:${hex.sha256}`],
    [`${hex.sha256.toUpperCase()}  upper`, 'upper', `sha256:${hex.sha256}`],
    [`${hex.sha384}  app`, 'app', `sha384:${hex.sha384}`],
    [`${hex.sha512} *app`, 'app', `sha512:${hex.sha512}`],
    [`\\${hex.sha256}  a\\\\b\\nc\\rd`, 'a\\b\nc\rd', `sha256:${hex.sha256}`],
    [`${hex.sha256}  a\\nb`, 'a\\nb', `sha256:${hex.sha256}`],
    [`SHA256 (app.tgz) = ${hex.sha256}`, 'app.tgz', `sha256:${hex.sha256}`],
    [`SHA256(app.tgz)= ${hex.sha256}`, 'app.tgz', `sha256:${hex.sha256}`],
    [`SHA2-256(app.tgz)= ${hex.sha256}`, 'app.tgz', `sha256:${hex.sha256}`],
    [`SHA2-512 (app) = ${hex.sha512}`, 'app', `sha512:${hex.sha512}`],
    [`SHA384 (app) = ${hex.sha384}`, 'app', `sha384:${hex.sha384}`],
    [`SHA256 (a) = (b) = ${hex.sha256}) = ${hex.sha256}`, `a) = (b) = ${hex.sha256}`, `sha256:${hex.sha256}`],
    [`\\SHA256 (a\\nb) = ${hex.sha256}`, 'a\nb', `sha256:${hex.sha256}`],
    [`${hex.sha256}  ünïcödé 日本語 🐎`, 'ünïcödé 日本語 🐎', `sha256:${hex.sha256}`],
  ])('%j', (line, name, digest) => {
    expect(parsed(line)).toEqual([[name, digest]]);
    expect(parsed(`# made by hand\r\n\r\n  \n${line}\r\n`)).toEqual([[name, digest]]);
  });

  test('say where they stand', () => {
    const subjects = parseChecksums(`# comment\n\n${hex.sha256}  a\n${hex.sha512}  b`, 'dist/SHA256SUMS');
    expect(subjects).toMatchObject([
      { kind: 'digest', name: 'a', origin: 'dist/SHA256SUMS, line 3' },
      { kind: 'digest', name: 'b', origin: 'dist/SHA256SUMS, line 4' },
    ]);
  });
});

describe('what sha256sum and its kin write of any names', () => {
  const name = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .filter((text) => !text.includes('\0') && text !== '-');
  const digest = fc
    .constantFrom<HashAlgorithm>('sha256', 'sha384', 'sha512')
    .chain((algorithm) =>
      fc
        .uint8Array({ minLength: digestLengths[algorithm], maxLength: digestLengths[algorithm] })
        .map((bytes): Digest => toDigest(algorithm, bytes)),
    );
  const form = fc.constantFrom<(name: string, digest: Digest, mark: string) => string>(
    (escaped, { bytes }, mark) => `${mark}${encodeHex(bytes)}  ${escaped}`,
    (escaped, { bytes }, mark) => `${mark}${encodeHex(bytes)} *${escaped}`,
    (escaped, { bytes, algorithm }, mark) => `${mark}${algorithm.toUpperCase()} (${escaped}) = ${encodeHex(bytes)}`,
  );
  const end = fc.constantFrom('\n', '\r\n');

  test('is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, digest, form), { minLength: 1, maxLength: 8 }), end, (lines, lineEnd) => {
        const text = lines
          .map(([raw, of, write]) => {
            // GNU coreutils 9: a name with a backslash, line feed or carriage return is escaped, and the line marked.
            const escaped = raw.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
            return write(escaped, of, escaped === raw ? '' : '\\') + lineEnd;
          })
          .join('');
        const read = parseChecksums(text, 'SUMS').map((line) => [line.written, formatDigest(line.digest)]);
        expect(read).toEqual(lines.map(([raw, of]) => [raw, formatDigest(of)]));
      }),
    );
  });

  test('whatever else the text is, the answer is subjects or an error with a place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        try {
          expect(parsed(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({
            name: 'CountersignError',
            message: expect.stringMatching(/^(?:SUMS, line \d+ |the checksums file SUMS has no entries)/),
            remedy: expect.any(String),
          });
        }
      }),
    );
  });
});

describe('a line that is malformed', () => {
  const lengths = '64 (sha256), 96 (sha384), 128 (sha512)';
  const form = 'Each line must have the form `<hex>  <name>`, `<hex> *<name>` or `SHA256 (<name>) = <hex>`.';
  const nameless =
    'Add the file name after the digest, as sha256sum does, or specify both with `digests` as `app.tgz@sha256:…`.';
  const kinds = 'Create the file with sha256sum, sha384sum or sha512sum.';

  test.each<[line: string, problem: string, remedy: string]>([
    ['hello', 'does not consist of a digest and a name', form],
    [hex.sha256, 'has a digest but no name', nameless],
    [hex.sha384.toUpperCase(), 'has a digest but no name', nameless],
    [` ${hex.sha512}`, 'has a digest but no name', nameless],
    [`${hex.sha256}\tname`, 'does not consist of a digest and a name', form],
    [`${hex.sha256} ^name`, 'was written in bits mode', 'Create the file without `--01`.'],
    [`${hex.sha256}  `, 'has no name', form],
    [`SHA256 () = ${hex.sha256}`, 'has no name', form],
    [
      `${hex.sha256}  -`,
      'is for standard input, which has no file name',
      'Pass the file name to the program that creates the checksums.',
    ],
    ['does not consist of a digest', 'does not start with a digest', form],
    [`${'a'.repeat(40)}  name`, `has a digest of 40 digits; supported lengths are ${lengths}`, kinds],
    [`${hex.sha256}0  name`, `has a digest of 65 digits; supported lengths are ${lengths}`, kinds],
    [
      `SHA256 (a) = ${hex.sha512}`,
      `is for sha256, but has a digest of 128 digits; supported lengths are ${lengths}`,
      kinds,
    ],
    [`SHA256 (a) = ${'xy'.repeat(32)}`, 'has a digest that is not hexadecimal', form],
    [`MD5 (a) = ${'a'.repeat(32)}`, 'has a digest of the unsupported type MD5', kinds],
    [`SHA512/256 (a) = ${hex.sha256}`, 'has a digest of the unsupported type SHA512/256', kinds],
    [`SHA3-256 (a) = ${hex.sha256}`, 'has a digest of the unsupported type SHA3-256', kinds],
    [
      `\\${hex.sha256}  a\\tb`,
      'contains an escape other than \\\\, \\n and \\r',
      'Create the file again with `sha256sum`.',
    ],
    [
      `\\${hex.sha256}  a\\`,
      'contains an escape other than \\\\, \\n and \\r',
      'Create the file again with `sha256sum`.',
    ],
    [`${hex.sha256}  a\0`, 'contains a NUL character', 'Write the file as UTF-8 and without `--zero`.'],
  ])('%j', async (line, problem, remedy) => {
    const error = await failure((async () => parseChecksums(`# two lines\n${hex.sha256}  ok\n${line}\n`, 'S'))());
    expect([error.code, error.message, error.remedy]).toEqual(['DIGEST_INVALID', `S, line 3 ${problem}`, remedy]);
    expect(error.exitCode).toBe(5);
  });

  test('is not quoted: the file may hold something else', async () => {
    const error = await failure((async () => parseChecksums('TOKEN=secret', 'S'))());
    expect(`${error.message} ${error.remedy}`).not.toContain('secret');
  });
});

describe('a file', () => {
  test.each(['', '\n', '# nothing\r\n\r\n'])('that names nothing is refused: %j', async (text) => {
    const error = await failure((async () => parseChecksums(text, 'SUMS'))());
    expect(error.code).toBe('SUBJECT_MISSING');
    expect(error.message).toBe('the checksums file SUMS has no entries');
    expect(error.remedy).toBe('Check the command that writes it, for example `sha256sum *.tgz > SHA256SUMS`.');
  });

  test('that is signed with PGP is refused, with what to do', async () => {
    const text = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${hex.sha256}  a\n-----BEGIN PGP SIGNATURE-----\n\nx\n`;
    const error = await failure((async () => parseChecksums(text, 'SUMS.asc'))());
    expect([error.code, error.message]).toEqual(['DIGEST_INVALID', 'SUMS.asc is a PGP-signed message']);
    expect(error.remedy).toContain('gpg --output SHA256SUMS --decrypt');
  });

  test('has at most 100,000 lines', async () => {
    const line = `${hex.sha256}  a\n`;
    expect(parseChecksums(line.repeat(100_000), 'SUMS')).toHaveLength(100_000);
    const error = await failure((async () => parseChecksums(line.repeat(100_001), 'SUMS'))());
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(error.message).toBe('the checksums file SUMS has more than 100000 lines');
  });
});
