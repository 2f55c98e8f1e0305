/** The rule by which `instance: auto` chooses. */

import { expect, test } from '@jest/globals';
import { chooseInstance, tenantOf } from '../../../src/run/world/index.ts';

const refusal = (remedy: string) => expect.objectContaining({ code: 'USAGE', remedy: expect.stringContaining(remedy) });

test.each([
  ['https://github.com', 'public', 'public-good', 'the repository is public'],
  ['https://github.com', 'private', 'github', 'the repository is private'],
  ['https://github.com', 'internal', 'github', 'the repository is internal'],
  ['https://octo.ghe.com', 'public', 'github', 'octo.ghe.com has a Sigstore of its own'],
  ['https://octo.ghe.com', undefined, 'github', 'octo.ghe.com has a Sigstore of its own'],
])('on %s, a repository that is %s signs with %s', (server, visibility, name, reason) => {
  expect(chooseInstance(server, visibility)).toEqual({ name, reason: expect.stringContaining(reason) });
});

test.each([undefined, '', 'Public', 'secret'])('a visibility of %j is no reason for either', (visibility) => {
  expect(() => chooseInstance('https://github.com', visibility)).toThrow(refusal('`public-good` or `github`'));
});

test.each(['https://ghe.corp.example', 'https://codeberg.org', 'https://github.com.evil.example', 'x', ''])(
  'for jobs of %j there is no choice',
  (server) => {
    expect(() => chooseInstance(server, 'public')).toThrow(refusal('`instance: custom`'));
  },
);

test.each([
  ['https://octo.ghe.com', 'octo.ghe.com'],
  ['https://octo.ghe.com/', 'octo.ghe.com'],
  ['https://github.com', undefined],
  ['https://ghe.com', undefined],
  ['https://evilghe.com', undefined],
  ['https://a.b.ghe.com', undefined],
  ['https://octo.ghe.com.evil.example', undefined],
])('the tenant of %s is %s', (server, tenant) => {
  expect(tenantOf(server)).toBe(tenant);
});
