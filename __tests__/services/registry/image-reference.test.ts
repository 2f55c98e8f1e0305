import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import {
  formatRepository,
  parseImageReference,
  parseRegistry,
  parseRepository,
  parseTag,
} from '../../../src/services/registry/index.ts';
import { expectFailure } from '../../core/errors/failure.ts';

const hex = '0123456789abcdef'.repeat(4);

function refusal(text: string): CountersignError {
  try {
    parseImageReference(text);
  } catch (error) {
    if (error instanceof CountersignError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('a name that is taken', () => {
  test.each<[text: string, registry: string, name: string, tag: string | undefined]>([
    ['ghcr.io/owner/image:1.2', 'ghcr.io', 'owner/image', '1.2'],
    ['ghcr.io/owner/deep/er/image:x', 'ghcr.io', 'owner/deep/er/image', 'x'],
    ['registry.example:5000/image:1', 'registry.example:5000', 'image', '1'],
    ['localhost:5000/a/b:1', 'localhost:5000', 'a/b', '1'],
    ['localhost/a:1', 'localhost', 'a', '1'],
    ['127.0.0.1:5000/a:1', '127.0.0.1:5000', 'a', '1'],
    ['[::1]:5000/a:1', '[::1]:5000', 'a', '1'],
    ['[2001:db8::1]/a:1', '[2001:db8::1]', 'a', '1'],
    ['GHCR.io/owner/image:1', 'ghcr.io', 'owner/image', '1'],
    ['alpine:3', 'docker.io', 'library/alpine', '3'],
    ['owner/image:1', 'docker.io', 'owner/image', '1'],
    ['docker.io/alpine:3', 'docker.io', 'library/alpine', '3'],
    ['docker.io/owner/image:3', 'docker.io', 'owner/image', '3'],
    ['index.docker.io/alpine:3', 'docker.io', 'library/alpine', '3'],
    ['registry-1.docker.io/alpine:3', 'docker.io', 'library/alpine', '3'],
    [`alpine@sha256:${hex}`, 'docker.io', 'library/alpine', undefined],
    ['a/b.c_d__e-f--g:1', 'docker.io', 'a/b.c_d__e-f--g', '1'],
    [`r.example/a:${'t'.repeat(128)}`, 'r.example', 'a', 't'.repeat(128)],
    ['r.example/a:_x.Y-9', 'r.example', 'a', '_x.Y-9'],
    [`r.example/${'a'.repeat(245)}:1`, 'r.example', 'a'.repeat(245), '1'],
    [`r.example/a/${hex}:1`, 'r.example', `a/${hex}`, '1'],
  ])('%s', (text, registry, name, tag) => {
    const reference = parseImageReference(text);
    expect(reference.repository).toEqual({ registry, name });
    expect(reference.tag).toBe(tag);
    expect(formatRepository(reference.repository)).toBe(`${registry}/${name}`);
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('with a tag and a digest of %s', (algorithm) => {
    const digits = 'ab'.repeat({ sha256: 32, sha384: 48, sha512: 64 }[algorithm]);
    const { repository, tag, digest } = parseImageReference(`localhost:5000/a:1@${algorithm}:${digits}`);
    expect(repository).toEqual({ registry: 'localhost:5000', name: 'a' });
    expect(tag).toBe('1');
    expect(digest && formatDigest(digest)).toBe(`${algorithm}:${digits}`);
  });
});

describe('a name that is refused', () => {
  test.each<[text: string, problem: string]>([
    ['', 'it is empty'],
    [' ghcr.io/a:1', 'contains a space'],
    ['ghcr.io/a:1\n', 'contains a space'],
    ['ghcr.io/a\r\nHost: evil.example:1', 'contains a space'],
    ['ghcr.io/a\u0000:1', 'non-ASCII'],
    ['ghcr.io/\u202ea:1', 'non-ASCII'],
    ['ghcr.io/аdmin:1', 'non-ASCII'],
    ['https://ghcr.io/a:1', 'it is a URL'],
    ['ghcr.io/owner/image', 'neither a tag nor a digest'],
    ['alpine', 'neither a tag nor a digest'],
    ['ghcr.io/Owner/image:1', 'upper-case letters'],
    ['Owner/image:1', 'upper-case letters'],
    ['ghcr.io/:1', 'it has no path after the registry'],
    ['ghcr.io//a:1', 'a name consists'],
    ['ghcr.io/a/:1', 'a name consists'],
    ['/a:1', 'a name consists'],
    ['ghcr.io/a/../b:1', 'a name consists'],
    ['ghcr.io/..:1', 'a name consists'],
    ['ghcr.io/a/%2e%2e:1', 'a name consists'],
    ['ghcr.io/a?x=1:1', 'a name consists'],
    ['ghcr.io/a#x:1', 'a name consists'],
    ['ghcr.io/a\\b:1', 'a name consists'],
    ['ghcr.io/-a:1', 'a name consists'],
    ['ghcr.io/a-:1', 'a name consists'],
    ['ghcr.io/a..b:1', 'a name consists'],
    ['ghcr.io/a___b:1', 'a name consists'],
    ['ghcr.io/a._b:1', 'a name consists'],
    ['ghcr.io/$(id):1', 'a name consists'],
    [`${hex}:1`, 'read as a digest'],
    [`r.example/${'a'.repeat(246)}:1`, '256 characters; the limit is 255'],
    [`r.example/a:${'t'.repeat(1024)}`, 'the limit is 1024'],
    [`r.example/a:${'t'.repeat(129)}`, 'its tag must be'],
    ['ghcr.io/a:', 'its tag must be'],
    ['ghcr.io/a:-x', 'its tag must be'],
    ['ghcr.io/a:.x', 'its tag must be'],
    ['ghcr.io/a:x/../y', 'a name consists'],
    ['ghcr.io/a:x?y', 'its tag must be'],
    ['user@ghcr.io/a:1', 'its digest must be'],
    [`ghcr.io/a@sha256:${hex}@sha256:${hex}`, 'more than one "@"'],
    [`ghcr.io/a@sha256:${hex.toUpperCase()}`, 'its digest must be'],
    [`ghcr.io/a@sha256:${hex.slice(1)}`, '64, 96 or 128'],
    [`ghcr.io/a@sha256:${hex.slice(2)}`, '64, 96 or 128'],
    [`ghcr.io/a@md5:${hex}`, 'its digest must be'],
    ['ghcr.io/a@', 'its digest must be'],
    ['ghcr_io.x/a:1', 'not a host name'],
    ['-a.example/a:1', 'not a host name'],
    ['a-.example/a:1', 'not a host name'],
    ['a..example/a:1', 'not a host name'],
    ['.example/a:1', 'not a host name'],
    ['ghcr.io:/a:1', 'not a host name'],
    ['ghcr.io:0/a:1', 'not a host name'],
    ['ghcr.io:080/a:1', 'not a host name'],
    ['ghcr.io:65536/a:1', 'above 65535'],
    ['ghcr.io:99999/a:1', 'above 65535'],
    ['ghcr.io:x/a:1', 'not a host name'],
    ['[::1/a:1', 'not a host name'],
    ['[::1%25eth0]/a:1', 'not a host name'],
    ['[:::::]/a:1', 'not a host name'],
    ['[0:0:0:0:0:0:0:1]/a:1', 'must be written as [::1]'],
    // What URL takes for 127.0.0.1 is no name of it.
    ['127.1:80/a:1', 'must be written as 127.0.0.1'],
    ['0x7f.0.0.1/a:1', 'must be written as 127.0.0.1'],
    ['1.2.3.999/a:1', 'not a host name'],
  ])('%j', (text, problem) => {
    const error = refusal(text);
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain(problem);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is shown is what is tested
    expect(error.message).not.toMatch(/[\u0000-\u001f]/);
  });

  test('a text that is not looked at costs nothing', () => {
    expect(refusal(`${'a-'.repeat(5_000_000)}:1`).message.length).toBeLessThan(400);
  });
});

test('whatever is taken stays in its place in a URL', () => {
  const part = fc.stringMatching(/^[a-z0-9._/:@%?#\\-]{1,30}$/);
  fc.assert(
    fc.property(part, part, (host, name) => {
      let reference: ReturnType<typeof parseImageReference>;
      try {
        reference = parseImageReference(`${host}/${name}:1`);
      } catch (error) {
        return error instanceof CountersignError && error.code === 'USAGE';
      }
      const { registry, name: path } = reference.repository;
      const url = new URL(`/v2/${path}/manifests/1`, `https://${registry}`);
      return url.pathname === `/v2/${path}/manifests/1` && url.search === '' && url.hash === '' && url.username === '';
    }),
    { numRuns: 2000 },
  );
});

test.each(['latest', '_', 'A.b-c'])('the tag %s is one', (tag) => expect(parseTag(tag)).toBe(tag));
test.each(['', '-a', 'a/b', 'a b', 'a:b', '../x', 'é'])('the tag %j is none', (tag) => {
  expect(() => parseTag(tag)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

describe('a valid registry', () => {
  test.each([
    ['ghcr.io', 'ghcr.io'],
    ['GHCR.io', 'ghcr.io'],
    ['https://ghcr.io', 'ghcr.io'],
    ['https://ghcr.io/v2/', 'ghcr.io'],
    ['registry.example:5000/', 'registry.example:5000'],
    ['http://localhost:5000', 'localhost:5000'],
    ['docker.io', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['https://index.docker.io/v1/', 'docker.io'],
  ])('%s is %s', (text, registry) => {
    expect(parseRegistry(text)).toBe(registry);
  });

  test.each(['', 'ghcr.io/owner', 'https://ghcr.io/owner/', 'me@ghcr.io', 'ghcr.io:x', 'ghcr io', 'ghcr.io?x'])(
    '%j is none',
    (text) => {
      expect(() => parseRegistry(text)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});

describe('a repository', () => {
  test.each([
    ['ghcr.io/owner/signatures', 'ghcr.io/owner/signatures'],
    ['localhost:5000/a', 'localhost:5000/a'],
    ['owner/signatures', 'docker.io/owner/signatures'],
    ['GHCR.io/owner/a', 'ghcr.io/owner/a'],
  ])('%s', (text, expected) => {
    expect(formatRepository(parseRepository(text))).toBe(expected);
  });

  test.each([
    ['', 'it is empty'],
    ['ghcr.io/owner/a:1', 'it has a tag or a digest'],
    [`ghcr.io/owner/a@sha256:${'0'.repeat(64)}`, 'it has a tag or a digest'],
    ['https://ghcr.io/owner/a', 'it is a URL'],
    ['ghcr.io/Owner/a', 'it contains upper-case letters'],
    ['ghcr.io/a b', 'it contains a space'],
    ['registry.example:5000', 'it has a tag or a digest'],
  ])('%j is refused', (text, problem) => {
    expectFailure(() => parseRepository(text), 'USAGE', new RegExp(`is not a valid repository name: ${problem}`));
  });
});
