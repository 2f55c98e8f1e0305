import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodePem, encodePem } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const der = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const small = '-----BEGIN X-----\nAAAA\n-----END X-----\n';

describe('PEM', () => {
  test('is written as OpenSSL writes it, and read from it', () => {
    expect(encodePem('PUBLIC KEY', der)).toBe(pem);
    expect(decodePem('PUBLIC KEY', pem)).toEqual([der]);
  });

  test('comes back, several blocks in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 4 }),
        (blocks) => {
          const text = blocks.map((block) => encodePem('CERTIFICATE', block)).join('');
          expect(decodePem('CERTIFICATE', text)).toEqual(blocks);
        },
      ),
    );
  });

  test.each([
    ['CR LF', pem.replaceAll('\n', '\r\n')],
    ['no line end after it', pem.trimEnd()],
    ['white space around it', `\n  ${pem}\n\n`],
    ['one long line', `-----BEGIN PUBLIC KEY-----\n${Buffer.from(der).toString('base64')}\n-----END PUBLIC KEY-----`],
  ])('is read with %s', (_, text) => {
    expect(decodePem('PUBLIC KEY', text)).toEqual([der]);
  });

  test('a certificate of 64 KiB is read', () => {
    const large = new Uint8Array(64 * 1024).fill(7);
    expect(decodePem('X', encodePem('X', large))).toEqual([large]);
  });

  test.each([
    ['no block', '', /the text contains no PEM block/],
    ['text that is none', 'AAAA', /at character 0/],
    ['text before it', `subject=x\n${small}`, /at character 0/],
    ['text after it', `${small}more`, /at character 39/],
    ['an empty line between two', `${small}\n${small}`, /at character 39/],
    ['another end', small.replace('END X', 'END Y'), /at character 0/],
    ['no end', small.replace('-----END X-----', ''), /at character 0/],
    ['nothing in it', '-----BEGIN X-----\n-----END X-----\n', /at character 0/],
    ['an attribute in it', small.replace('AAAA', 'Proc-Type: 4\n\nAAAA'), /at character 0/],
    ['too few hyphens', small.replace('-----BEGIN', '----BEGIN'), /at character 0/],
  ])('refuses %s', (_, text, reason) => {
    expectFailure(() => decodePem('X', text), 'PEM_INVALID', reason);
  });

  test('refuses another label, in the second block too', () => {
    expectFailure(() => decodePem('Y', small), 'PEM_INVALID', /expected a PEM block "Y"/);
    const second = small.replaceAll(' X', ' PRIVATE KEY');
    expectFailure(() => decodePem('X', small + second), 'PEM_INVALID', /expected a PEM block "X"/);
  });

  test('refuses base64 that is not canonical', () => {
    expectFailure(() => decodePem('X', small.replace('AAAA', 'AAB=')), 'BASE64_INVALID', /unused bits/);
  });
});
