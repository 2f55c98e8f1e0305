/** Converts configurations of rekor-monitor. */

import { describe, expect, test } from '@jest/globals';
import { importRekorMonitorConfig, readWatchPolicy } from '../../../src/run/policy/index.ts';

const convert = (yaml: string) => importRekorMonitorConfig(yaml, 'config.yaml');

test('a configuration becomes a policy', async () => {
  const { policy, notes } = await convert(`startIndex: 5
monitoredValues:
  certIdentities:
    - certSubject: ^jane@example\\.com$
      issuers:
        - https://accounts\\.google\\.com
        - https://github\\.com/login/oauth
    - certSubject: https://github\\.com/octo/app/\\.github/workflows/.*
    - certSubject: https://github\\.com/octo/app/\\.github/workflows/release\\.yml@refs/heads/main
  subjects:
    - joe@example\\.com
  fingerprints:
    - ${'AB'.repeat(32)}
  oidMatchers:
    fulcioExtensions:
      source-repository-uri: [https://github.com/octo/lib]
      source-repository-owner-uri: [https://github.com/octo]
      issuer: [https://token.example.com]
    oidExtensions:
      - objectIdentifier: [1, 3, 6, 1, 4, 1, 57264, 1, 9]
        extensionValues: [https://github.com/octo/ci/.github/workflows/sign.yml@refs/heads/main]
    customExtensions:
      - objectIdentifier: 1.3.6.1.4.1.57264.1.12
        extensionValues: [https://github.com/octo/third]
githubIssue:
  authenticationToken: hunter2
`);
  const read = await readWatchPolicy(policy ?? '', 'p');
  expect(read.identities.map(({ match, value, issuer }) => [match, value, issuer])).toEqual([
    ['exact', 'jane@example.com', 'https://accounts.google.com'],
    ['exact', 'jane@example.com', 'https://github.com/login/oauth'],
    ['segment', 'https://github.com/octo/app/.github/workflows', undefined],
    ['exact', 'https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main', undefined],
    ['exact', 'joe@example.com', undefined],
    ['exact', 'https://github.com/octo/ci/.github/workflows/sign.yml@refs/heads/main', undefined],
  ]);
  expect(read.repositories.map(({ name }) => name)).toEqual(['octo/lib', 'octo/third']);
  expect(read.owners.map(({ name }) => name)).toEqual(['octo']);
  expect(read.issuers.map(({ value }) => value)).toEqual(['https://token.example.com']);
  expect(read.keys.map(({ value }) => value)).toEqual(['ab'.repeat(32)]);
  expect(notes).toEqual([
    { line: 1, message: '"startIndex" is not converted: use `--from` instead' },
    {
      line: 13,
      message: 'a fingerprint is watched as that of a key; the fingerprint of a certificate matches nothing',
    },
    { line: 25, message: '"githubIssue" is not converted: use `--issue` instead, with the token in GITHUB_TOKEN' },
  ]);
  expect(`${policy}${JSON.stringify(notes)}`).not.toContain('hunter2');
});

describe('an expression', () => {
  test.each([
    '(jane|joe)@example\\.com',
    'jane@example\\.(com|org)',
    '.*@example\\.com',
    'jane.+@example\\.com',
    'jane@[a-z]+\\.com',
    '\\w+@example\\.com',
    'jane@example\\.com?',
  ])('%s is listed with its line', async (expression) => {
    const yaml = `monitoredValues:\n  certIdentities:\n    - certSubject: '${expression}'\n`;
    expect(await convert(yaml)).toEqual({
      policy: undefined,
      notes: [
        { line: 3, message: `the identity ${JSON.stringify(expression)} is not converted: it is a regular expression` },
      ],
    });
  });

  test.each(['octo', 'example\\.com', 'https://github\\.com/.*', 'https://github\\.com/octo.*', '^$'])(
    '%s is a part of a name',
    async (expression) => {
      const { policy, notes } = await convert(`monitoredValues:\n  subjects: ['${expression}']\n`);
      expect(policy).toBeUndefined();
      expect(notes).toEqual([{ line: 2, message: expect.stringContaining('it is a part of a name') }]);
    },
  );

  test('with plain dots is converted with a note', async () => {
    const { policy, notes } = await convert('monitoredValues:\n  subjects: [jane@example.com]\n');
    expect((await readWatchPolicy(policy ?? '', 'p')).identities[0]?.value).toBe('jane@example.com');
    expect(notes).toEqual([{ line: 2, message: expect.stringContaining('are converted as dots') }]);
  });

  test('for issuers that is not converted widens the identity, and says so', async () => {
    const { policy, notes } = await convert(
      "monitoredValues:\n  certIdentities:\n    - certSubject: jane@example\\.com\n      issuers: ['.+']\n",
    );
    expect((await readWatchPolicy(policy ?? '', 'p')).identities[0]?.issuer).toBeUndefined();
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining('is watched under every issuer'),
      expect.stringContaining('is a regular expression'),
    ]);
  });

  test('of a directory is a segment', async () => {
    const { policy } = await convert('monitoredValues:\n  subjects: ["https://github\\\\.com/octo/app"]\n');
    expect((await readWatchPolicy(policy ?? '', 'p')).identities[0]).toMatchObject({
      match: 'segment',
      value: 'https://github.com/octo/app',
    });
  });
});

test('claims that cannot be watched are listed', async () => {
  const { policy, notes } = await convert(
    'monitoredValues:\n  oidMatchers:\n    fulcioExtensions:\n      build-trigger: [push]\n      source-repository-identifier: ["5"]\n    customExtensions: [{ objectIdentifier: 1.2.3, extensionValues: [x] }]\n  other: 1\n',
  );
  expect(policy).toBeUndefined();
  expect(notes.map(({ line }) => line)).toEqual([4, 5, 6, 7]);
  expect(notes[1]?.message).toContain('add it as "id"');
});

test.each([
  ['watch: {}', 'FORMAT_UNSUPPORTED'],
  ['[]', 'FORMAT_UNSUPPORTED'],
  ['a: "b', 'FORMAT_UNSUPPORTED'],
  [`#${'x'.repeat(2 ** 20)}`, 'LIMIT_EXCEEDED'],
  [`monitoredValues: ${'['.repeat(10_000)}`, 'POLICY_INVALID'],
])('%.20s is refused', async (yaml, code) => {
  await expect(convert(yaml)).rejects.toMatchObject({ code });
});
