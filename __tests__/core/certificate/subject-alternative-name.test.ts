import { describe, expect, test } from '@jest/globals';
import type { GeneralName } from '../../../sandbox/pki/index.ts';
import { oids, readCertificate, type SubjectAlternativeName } from '../../../src/core/certificate/index.ts';
import { concatBytes, der, utf8 } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';
import { extension, makeAuthorities, makeLeaf } from './made.ts';

const { intermediate } = makeAuthorities();
const workflow = 'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main';

const namesOf = (...names: readonly GeneralName[]) =>
  readCertificate(makeLeaf(intermediate, { subjectAlternativeNames: { critical: true, names } }))
    .subjectAlternativeNames;

/** The names in an extension with this value. */
const namesIn = (value: Uint8Array) =>
  readCertificate(
    makeLeaf(intermediate, {
      subjectAlternativeNames: undefined,
      additionalExtensions: [extension(oids.subjectAlternativeName, value)],
    }),
  ).subjectAlternativeNames;

const usernameOid = '1.3.6.1.4.1.57264.1.7';

describe('subject alternative names', () => {
  test.each<[GeneralName, SubjectAlternativeName]>([
    [
      { kind: 'uniformResourceIdentifier', value: workflow },
      { kind: 'uri', value: workflow },
    ],
    [
      { kind: 'uniformResourceIdentifier', value: 'https://gitlab.com/g/p//.gitlab-ci.yml@refs/heads/main' },
      { kind: 'uri', value: 'https://gitlab.com/g/p//.gitlab-ci.yml@refs/heads/main' },
    ],
    [
      { kind: 'rfc822Name', value: 'someone@example.test' },
      { kind: 'email', value: 'someone@example.test' },
    ],
    [
      { kind: 'otherName', typeId: usernameOid, value: der.utf8String('ünd!example.test') },
      { kind: 'username', value: 'ünd!example.test' },
    ],
    [
      { kind: 'otherName', typeId: '1.2.3', value: der.utf8String('a') },
      { kind: 'unknown', tag: 0xa0 },
    ],
    [
      { kind: 'dNSName', value: 'example.test' },
      { kind: 'unknown', tag: 0x82 },
    ],
    [
      { kind: 'directoryName', value: { commonName: 'a' } },
      { kind: 'unknown', tag: 0xa4 },
    ],
  ])('%j', (written, read) => {
    expect(namesOf(written)).toEqual([read]);
  });

  test('several, in their order; none', () => {
    expect(
      namesOf({ kind: 'rfc822Name', value: 'a@b.test' }, { kind: 'uniformResourceIdentifier', value: 'x:y' }),
    ).toEqual([
      { kind: 'email', value: 'a@b.test' },
      { kind: 'uri', value: 'x:y' },
    ]);
    expect(namesIn(der.sequence())).toEqual([]);
  });

  test('sixteen are read, seventeen are not', () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, i): GeneralName => ({ kind: 'dNSName', value: `h${i}` }));
    expect(namesOf(...names(16))).toHaveLength(16);
    expectFailure(() => namesOf(...names(17)), 'LIMIT_EXCEEDED', /more than 16 subject alternative names/);
  });

  test.each([
    ['an empty URI', der.sequence(der.contextPrimitive(6, new Uint8Array())), /not printable ASCII/],
    ['an empty address', der.sequence(der.contextPrimitive(1, new Uint8Array())), /not printable ASCII/],
    [
      'a zero in a URI',
      der.sequence(der.contextPrimitive(6, utf8('https://good.test\0.evil.test'))),
      /not printable ASCII/,
    ],
    ['a line end in a URI', der.sequence(der.contextPrimitive(6, utf8('https://good.test\n'))), /not printable ASCII/],
    ['an escape in an address', der.sequence(der.contextPrimitive(1, utf8('a\u001b@b'))), /not printable ASCII/],
    ['a delete in an address', der.sequence(der.contextPrimitive(1, utf8('a\u007f@b'))), /not printable ASCII/],
    [
      'a letter that is not ASCII',
      der.sequence(der.contextPrimitive(6, utf8('https://gıthub.com'))),
      /not printable ASCII/,
    ],
    [
      'bytes that are no letters',
      der.sequence(der.contextPrimitive(6, new Uint8Array([0x68, 0xff]))),
      /not printable ASCII/,
    ],
    ['a name beyond the end', new Uint8Array([0x30, 3, 0x86, 2, 0x68]), /exceeds the remaining/],
    ['bytes after the names', concatBytes(der.sequence(), der.null()), /unexpected data after the end/],
    [
      'a username that is not UTF8String',
      der.sequence(der.context(0, der.oid(usernameOid), der.context(0, der.printableString('a')))),
      /expected tag 0xc/,
    ],
    [
      'a username that is not UTF-8',
      der.sequence(der.context(0, der.oid(usernameOid), der.context(0, der.element(0x0c, new Uint8Array([0xff]))))),
      /not valid UTF-8/,
    ],
    [
      'a username and another',
      der.sequence(der.context(0, der.oid(usernameOid), der.context(0, der.utf8String('a'), der.utf8String('b')))),
      /unexpected data after the end/,
    ],
    [
      'a username and bytes after it',
      der.sequence(der.context(0, der.oid(usernameOid), der.context(0, der.utf8String('a')), der.null())),
      /unexpected data after the end/,
    ],
    [
      'a username without its tag',
      der.sequence(der.context(0, der.oid(usernameOid), der.utf8String('a'))),
      /expected tag 0xa0/,
    ],
  ])('%s is refused', (_, value, reason) => {
    expectFailure(() => namesIn(value), 'CERTIFICATE_INVALID', reason);
  });
});
