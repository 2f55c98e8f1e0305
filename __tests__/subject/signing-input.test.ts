import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { preAuthenticationEncoding } from '../../src/core/encoding/index.ts';
import { readSimpleSigning } from '../../src/core/statement/index.ts';
import { type SigningInputFormat, SigningInputScanner } from '../../src/subject/signing-input.ts';

function scan(text: string | Uint8Array, pieceLength = 1024 * 1024): SigningInputFormat | undefined {
  const bytes = Buffer.from(text);
  const scanner = new SigningInputScanner();
  for (let at = 0; at < bytes.length; at += pieceLength) scanner.update(bytes.subarray(at, at + pieceLength));
  return scanner.format;
}

const digest = `sha256:${'ab'.repeat(32)}`;
const document = {
  critical: {
    identity: { 'docker-reference': 'example.test/app' },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  },
  optional: null,
};
const json = JSON.stringify(document);

describe('the text that a DSSE signature is made over', () => {
  test.each([
    ['application/vnd.in-toto+json', '{}'],
    ['', ''],
    ['text/plain', 'x'.repeat(3_000_000)],
  ])('of the type %j is found', (type, payload) => {
    expect(scan(preAuthenticationEncoding(type, Buffer.from(payload)))).toBe('dsse');
  });

  test('is found in whatever pieces it comes', () => {
    const text = preAuthenticationEncoding('application/vnd.in-toto+json', Buffer.from('{}'));
    for (let length = 1; length <= text.length; length++) expect(scan(text, length)).toBe('dsse');
  });

  test.each([
    '',
    'DSSEv1',
    'DSSEv',
    ' DSSEv1 0  0 ',
    'dssev1 0  0 ',
    'DSSEv2 0  0 ',
    'DSSEv1\t0  0 ',
    'notes\nDSSEv1 0  0 ',
  ])('%j is not such a text', (text) => {
    expect(scan(text)).toBeUndefined();
  });
});

describe('a simple signing document', () => {
  const member = '"docker-manifest-digest":"x"';

  test.each([
    ['as cosign writes it', json],
    ['with line breaks', JSON.stringify(document, undefined, 2)],
    ['after white space', ` \n\t\r${json}`],
    ['after a byte order mark', `\ufeff${json}`],
    ['with something after it', `${json} and more`],
    [
      'with members in another order',
      JSON.stringify({ optional: { a: [1, { b: '"' }] }, critical: document.critical }),
    ],
    ['with names in capital letters', json.replace('critical', 'CRITICAL').replace('image', 'Image')],
    ['with a letter that folds to k', json.replace('docker-m', 'doc\u212aer-m')],
    ['with a letter that folds to s', json.replace('digest', 'dige\u017ft')],
    ['with escapes in its names', json.replace('critical', '\\u0063ritical').replace('image', 'im\\u0061ge')],
    [
      'where each letter of a name is an escape',
      json.replace('critical', [...'critical'].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')),
    ],
    ['with another member of that name before it', `{"critical":1,${json.slice(1)}`],
    ['with another object of that name before it', `{"critical":{"image":{}},${json.slice(1)}`],
    ['with text that looks like its end', `{"a":"}]\\"{","critical":{"b":["}"],"image":{${member}}}}`],
    ['deep in lists elsewhere', `{"a":[[[{"b":[]}]]],"critical":{"image":{${member}}}}`],
    ['after 3 MB of something else', `{"a":"${'x'.repeat(3_000_000)}",${json.slice(1)}`],
  ])('%s is found', (_, text) => {
    expect(scan(text)).toBe('simple-signing');
    expect(scan(text.slice(0, 4000), 1)).toBe(scan(text.slice(0, 4000)));
  });

  test.each([
    ['a report with a count called critical', '{"critical":3,"high":5}'],
    ['a report with a list called critical', '{"critical":[{"image":{"docker-manifest-digest":"x"}}]}'],
    ['a list', `[${json}]`],
    ['a text', JSON.stringify(json)],
    ['names in another order', `{"image":{"critical":{${member}}}}`],
    ['the names below another', `{"a":{"critical":{"image":{${member}}}}}`],
    ['the last name too deep', `{"critical":{"image":{"a":{${member}}}}}`],
    ['the last name a value', '{"critical":{"image":{"a":"docker-manifest-digest"}}}'],
    ['the names in one text', '{"a":"critical:{image:{docker-manifest-digest:"}'],
    ['siblings instead of parents', `{"critical":{},"image":{},${member}}`],
    ['the second name after the end of the first', `{"critical":{"a":{}},"b":{"image":{${member}}}}`],
    ['longer names', `{"critical2":{"image":{${member}}}}`],
    ['a name with an escape that is none', `{"\\criti\\xcal":{"image":{${member}}}}`],
    ['a document after another', `{}${json}`],
    ['YAML', 'critical:\n  image:\n    docker-manifest-digest: x\n'],
    ['an archive that holds one', `PK\x03\x04${json}`],
  ])('%s is none', (_, text) => {
    expect(scan(text)).toBeUndefined();
    expect(scan(text, 1)).toBeUndefined();
  });

  test('is found wherever our own reader reads one', () => {
    const space = fc.stringMatching(/^[ \n\t\r]{0,3}$/);
    const other = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(other, other, space, fc.integer({ min: 1, max: 64 }), (optional, before, white, length) => {
        const text = `${white}${JSON.stringify({ ...before, critical: document.critical, optional })}`;
        expect(() => readSimpleSigning(Buffer.from(text))).not.toThrow();
        expect(scan(text, length)).toBe('simple-signing');
      }),
      { numRuns: 300 },
    );
  });
});
