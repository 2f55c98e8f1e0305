import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shownUrl } from '../../../src/core/trust/index.ts';

describe('a URL as people may see it', () => {
  test.each([
    ['https://rekor.example.test', 'https://rekor.example.test'],
    ['https://rekor.example.test/', 'https://rekor.example.test/'],
    ['HTTPS://Rekor.example.test:8443/a/b', 'HTTPS://Rekor.example.test:8443/a/b'],
    ['https://user:hunter2@rekor.example.test/a', 'https://rekor.example.test/a'],
    ['https://user@rekor.example.test', 'https://rekor.example.test/'],
    ['https://:hunter2@rekor.example.test', 'https://rekor.example.test/'],
    ['https://us%40er:hun%40ter2@rekor.example.test', 'https://rekor.example.test/'],
    ['https://us@er:hunter2@rekor.example.test', 'https://rekor.example.test/'],
    ['https:user:hunter2@rekor.example.test', 'https://rekor.example.test/'],
    ['https:\\\\user:hunter2@rekor.example.test', 'https://rekor.example.test/'],
    [' https://user:hunter2@rekor.example.test', 'https://rekor.example.test/'],
    ['https://store.example.test/blob?sig=hunter2&se=1', 'https://store.example.test/blob'],
    ['https://store.example.test/blob#hunter2', 'https://store.example.test/blob'],
    ['https://store.example.test/blob?', 'https://store.example.test/blob'],
    ['https://example.test/@scope/name', 'https://example.test/@scope/name'],
    ['file:///etc', 'file:///etc'],
    ['mailto:user@example.test', 'mailto:'],
    ['', ''],
    ['tuf.example', 'tuf.example'],
    ['user:hunter2@tuf.example', 'user:'],
    ['//user:hunter2@tuf.example/a', 'tuf.example/a'],
    ['https://user:hun/ter2@tuf.example:x/a?b', 'tuf.example:x/a'],
    ['https://user:hunter2@', ''],
  ])('%j is shown as %j', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
    if (URL.canParse(url)) expect(shownUrl(new URL(url))).toBe(shownUrl(new URL(url).href));
  });

  test('shows no password and no query, whatever they are', () => {
    const part = fc.string({ minLength: 1 }).map((text) => `s3cr3t${encodeURIComponent(text)}`);
    fc.assert(
      fc.property(fc.constantFrom('https', 'http', 'ftp', 'ws'), part, part, part, (scheme, user, password, query) => {
        const url = `${scheme}://${user}:${password}@host.example.test/path?q=${query}#${query}`;
        expect(shownUrl(url)).toBe(`${scheme}://host.example.test/path`);
      }),
    );
  });
});
