import { describe, expect, test } from '@jest/globals';
import { SecretMasker } from '../../runner/masks.ts';

const secret = `s3cret "v/al'ue" <&> ünd`;

describe('masks', () => {
  test.each<[form: string, text: string]>([
    ['as it is', secret],
    ['Base64', Buffer.from(secret).toString('base64')],
    ['Base64 after one byte', Buffer.from(secret).subarray(1).toString('base64')],
    ['Base64 after two bytes', Buffer.from(secret).subarray(2).toString('base64')],
    ['URI', 's3cret%20%22v%2Fal%27ue%22%20%3C%26%3E%20%C3%BCnd'],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['XML', 's3cret &quot;v/al&apos;ue&quot; &lt;&amp;&gt; ünd'],
    ['a command line', `s3cret \\"v/al'ue\\" <&> ünd`],
    ['an expression', `s3cret "v/al''ue" <&> ünd`],
  ])('%s', (_, text) => {
    const masker = new SecretMasker([secret]);
    expect(masker.mask(`before ${text} after ${text}`)).toBe('before *** after ***');
    expect(masker.values).toEqual([secret]);
  });

  test('Base64 of a user name and the secret, at every offset', () => {
    const masker = new SecretMasker(['correct-horse-battery']);
    for (const user of ['a', 'ab', 'abc']) {
      const masked = masker.mask(Buffer.from(`${user}:correct-horse-battery`).toString('base64'));
      expect(masked).toMatch(/^.{4,8}\*\*\*$/);
    }
  });

  test.each<[what: string, secrets: readonly string[], text: string, masked: string]>([
    ['no secret', [], 'plain', 'plain'],
    ['an empty secret is none', [''], 'plain', 'plain'],
    ['one letter is enough', ['a'], 'banana', 'b***n***n***'],
    ['secrets that overlap become one', ['abcd', 'cdef'], 'x abcdef y', 'x *** y'],
    ['secrets that touch become one', ['abcd', 'efgh'], 'abcdefgh', '***'],
    ['a secret in a secret', ['abcdef', 'cd'], 'abcdef cd', '*** ***'],
    ['a secret that overlaps itself', ['aba'], 'ababa', '***'],
    ['the lines of a secret', ['one\r\n  two \n\nthree'], '[one] [two] [three]', '[***] [***] [***]'],
    ['quotes around it', ['"0123456789"'], '0123456789', '***'],
    ['quotes around a short one', ['"012345"'], '012345', '012345'],
    ['PowerShell, before and after the last &', ['secret1&secret2&secret3'], 'secret1&secret2& secret3', '*** ***'],
    ['PowerShell, at &+', ['secret1&+secret2'], 'secret1&+ ecret2', '*** ***'],
    ['PowerShell, parts too short', ['abc&def'], 'abc& def', 'abc& def'],
  ])('%s', (_, secrets, text, masked) => {
    expect(new SecretMasker(secrets).mask(text)).toBe(masked);
  });

  test('line separators as the JSON writer escapes them', () => {
    expect(new SecretMasker(['a\u2028b\u0085c']).mask('a\\u2028b\\u0085c')).toBe('***');
  });
});
