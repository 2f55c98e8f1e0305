import { describe, expect, test } from '@jest/globals';
import { findSecrets, secretPatterns } from '../../../src/sign/predicates/index.ts';

const long = (length: number): string => 'aB3'.repeat(length).slice(0, length);
// Put together here, so that no scanner takes this file for a leak.
const examples: Readonly<Record<string, readonly [secret: string, harmless: string]>> = {
  'a private key': [['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' '), '-----BEGIN PUBLIC KEY-----'],
  'a GitHub token': [`ghs_${long(36)}`, `ghs_${long(20)}`],
  'a fine-grained GitHub token': [`github_pat_${long(22)}_${long(59)}`, 'github_pat_token'],
  'an npm token': [`npm_${long(36)}`, `npm_${long(37)}`],
  'a PyPI token': [`pypi-AgE${long(60)}`, 'pypi-attestations'],
  'an AWS access key': [`AKIA${'ABCD2345'.repeat(2)}`, `AKIA${'ABCD2345'.repeat(3)}`],
  'a Google API key': [`AIza${long(35)}`, `AIza${long(36)}`],
  'a Google access token': [`ya29.${long(60)}`, 'ya29.x'],
  'an Azure storage key': [`AccountKey=${long(86)}==;`, 'AccountKey=…'],
  'an Azure client secret': [`abc8Q~${long(34)}`, `abc8Q~${long(33)}`],
  'a Slack token': [`xoxb-123456789012-${long(24)}`, 'xoxb-token'],
  'a Slack webhook': [
    `https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/${long(24)}`,
    'https://hooks.slack.com/services/',
  ],
  'a JSON Web Token': [`eyJ${long(20)}.eyJ${long(20)}.${long(40)}`, `eyJ${long(20)}.${long(20)}`],
};

test('each pattern has an example', () => {
  expect(secretPatterns.map(({ kind }) => kind)).toEqual(Object.keys(examples));
});

describe.each(Object.entries(examples))('%s', (kind, [secret, harmless]) => {
  test.each(['%', 'token: %', '"%"', 'a=%&b=1'])('is found in %j', (text) => {
    expect(findSecrets([text.replace('%', secret)])).toEqual([{ pointer: '/0', kind }]);
  });

  test('is not found in something similar', () => {
    expect(findSecrets(harmless)).toEqual([]);
  });
});

test.each([
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'sha512-6IUk0Xb0eXPq4iLQ0k6n9iLpo9lF1VpYl4aO7q9vYmJ0cY1v8s5n0o0a0Kx0N5W0u0fVdYp0r0b3jv0a==',
  'pkg:npm/%40aws-sdk/client-s3@3.1.0',
  'git+https://github.com/example/app@refs/heads/main',
  '0123456789abcdef0123456789abcdef01234567',
])('%j is no secret', (text) => {
  expect(findSecrets({ text })).toEqual([]);
});

test('a name of a member is examined, and never shown', () => {
  const secret = `npm_${long(36)}`;
  const found = findSecrets({ outer: { [secret]: { inner: `ghp_${long(36)}` } } });
  expect(found).toEqual([
    { pointer: '/outer', kind: 'an npm token' },
    { pointer: '/outer/inner', kind: 'a GitHub token' },
  ]);
  expect(JSON.stringify(found)).not.toContain(secret);
});

test('at most ten places are returned', () => {
  expect(findSecrets(Array.from({ length: 50 }, () => `npm_${long(36)}`))).toHaveLength(10);
});

test('a text of megabytes takes no time', () => {
  for (const piece of ['eyJ', 'a', 'xoxb-1', '-----BEGIN A ', 'AccountKey=', 'aaa8Q~', 'ghp_'])
    expect(findSecrets(piece.repeat(4_000_000 / piece.length))).toEqual([]);
});
