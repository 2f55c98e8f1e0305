import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../src/core/errors/index.ts';
import type { CertificateClaims } from '../../src/monitor/entries/index.ts';
import {
  type FoundEntry,
  isComplete,
  type SearchedLog,
  type SearchReport,
  searchJson,
  searchText,
} from '../../src/report/index.ts';

const hostile = 'https://github.com/a\u202e/b\n::error::gotcha\u001b[2J##[group]';

const certificate: CertificateClaims = {
  der: new Uint8Array(),
  certificateHash: 'ab'.repeat(32),
  keyHash: 'cd'.repeat(32),
  names: [{ kind: 'uri', value: hostile }],
  claims: { issuer: hostile, sourceRepositoryUri: hostile, buildTrigger: hostile, runInvocationUri: hostile },
  notBefore: new Date('2026-11-30T10:00:00Z'),
  notAfter: undefined,
};

const entry: FoundEntry = {
  log: 'https://log.example.test',
  origin: hostile,
  index: 7,
  globalIndex: 1007n,
  leafHash: 'ef'.repeat(32),
  treeSize: 9,
  claims: {
    type: 'signature',
    kind: 'hashedrekord',
    version: '0.0.1',
    signers: [],
    digests: [{ algorithm: 'sha256', value: '00', of: 'payload' }],
    problems: [{ code: 'MALFORMED', part: hostile, reason: hostile, leafHash: '' }],
  },
  signers: [
    { signer: { kind: 'certificate', certificate }, issuance: { isTrusted: false, reason: hostile } },
    { signer: { kind: 'other', format: 'pgp', keyHash: 'aa' }, issuance: undefined },
  ],
  time: new Date('2026-11-30T10:00:01Z'),
  isConfirmed: false,
  attestation: undefined,
  bundle: { reason: hostile },
};

const log: SearchedLog = {
  url: 'https://log.example.test',
  protocol: 'rekor-v2',
  origin: 'log.example.test',
  size: 100,
  ranges: [{ from: 10, to: 90 }],
  withProblems: 2,
  service: false,
  failures: [],
  missed: undefined,
  notSearched: undefined,
  isOptional: false,
};

const report: SearchReport = { conditions: [`identity ${hostile}`], entries: [entry], isLimited: false, logs: [log] };

test('shows hostile text without control characters and commands of runners', () => {
  for (const colour of [false, true]) {
    const lines = searchText(report, { colour }).split('\n');
    for (const line of lines) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(line.replaceAll(/\u001b\[\d+m/g, '')).not.toMatch(/[\u0000-\u001f\u202e]|##\[|^\s*::/);
    }
  }
});

test('marks a certificate of an unknown issuer, and an attestation that only the service knows', () => {
  const text = searchText(report);
  expect(text).toContain('NOT TRUSTED');
  expect(text).toContain('Anybody can log a certificate with this name.');
  expect(text).toContain('Only the index of the service says that this attestation is about the digest.');
  expect(text).toContain('  also          pgp key sha256:aa');
  expect(text).toContain('  payload digest sha256:00');
});

test('states the coverage', () => {
  const text = searchText(report);
  expect(text).toContain('    local index: entries 10 to 89 of 100\n    not in the index: entries 0 to 9, 90 to 99\n');
  expect(text).toContain('    2 entries in the index could not be read completely\n');
});

test('names failures, and logs that were not searched', () => {
  const failure = new CountersignError('ENTRY_ALTERED', hostile);
  const logs = [
    { ...log, failures: Array<CountersignError>(25).fill(failure) },
    { ...log, ranges: [], notSearched: 'no local index was specified' },
  ];
  const text = searchText({ ...report, entries: [], logs });
  expect(text).toContain('failed: ENTRY_ALTERED: https://github.com/a\\u202e/b');
  expect(text).toContain('and 5 more failures');
  expect(text).toContain('    not searched: no local index was specified\n');
  expect(text).toMatch(/^No entry with identity /);
});

test('says that there may be more entries than the limit', () => {
  expect(searchText({ ...report, isLimited: true })).toMatch(/^1 entry with .*, and there may be more \(--limit\)\.\n/);
});

describe('a search is complete', () => {
  const complete = (...logs: readonly SearchedLog[]): boolean => isComplete({ logs });

  test('if each log was searched as far as it is indexed', () => {
    expect(complete(log, { ...log, service: true, ranges: [] })).toBe(true);
  });

  test('not with a failure, a hole, or a log that was not searched', () => {
    expect(complete({ ...log, failures: [new CountersignError('SERVICE_UNAVAILABLE', 'x')] })).toBe(false);
    expect(complete({ ...log, ranges: [...log.ranges, { from: 95, to: 99 }] })).toBe(false);
    expect(complete({ ...log, notSearched: 'x' })).toBe(false);
  });

  test('whatever happens to a log that need not be searched', () => {
    expect(complete(log, { ...log, notSearched: 'x', isOptional: true })).toBe(true);
  });
});

test('the JSON has every value, and is incomplete with a failure', () => {
  const failure = new CountersignError('SEARCH_INCOMPLETE', 'x');
  expect(searchJson(report, failure)).toMatchObject({
    exitCode: 6,
    failure: { code: 'SEARCH_INCOMPLETE' },
    entries: [
      {
        index: '7',
        globalIndex: '1007',
        confirmed: false,
        digests: [{ digest: 'sha256:00', of: 'payload' }],
        signers: [
          { kind: 'certificate', names: [{ value: hostile }], issuance: { trusted: false, reason: hostile } },
          { kind: 'pgp', key: 'sha256:aa', issuance: null },
        ],
        problems: [{ code: 'MALFORMED' }],
        bundle: { path: null, reason: hostile },
      },
    ],
    logs: [
      {
        localIndex: {
          ranges: [{ from: '10', to: '89' }],
          gaps: [
            { from: '0', to: '9' },
            { from: '90', to: '99' },
          ],
        },
      },
    ],
  });
});
