/** The command's own words: help, version, and what it says to those who call it wrongly. */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace();
});
afterAll(() => job[Symbol.asyncDispose]());

const run = (...args: readonly string[]): Promise<Run> => countersign(job, args, { cwd });

test.each([
  [[], ['sign', 'verify', 'tree', 'sandbox', 'demo', 'Exit codes:', 'Examples:']],
  [
    ['sign'],
    ['--identity-token', '--bundle', '--bundle-dir', '--trusted-root', '--signing-config', '--json', '--retry-budget'],
  ],
  [
    ['verify'],
    [
      '--certificate-identity',
      '--certificate-oidc-issuer',
      '--repo',
      '--policy',
      '--claim',
      '--key',
      '--any-identity',
      '--bundle',
      '--trusted-root',
      '--offline',
    ],
  ],
  [['tree'], ['--recursive', '--json', '--registry-username']],
  [['watch'], ['--policy', '--state', '--issue', '--back-test', '--test-delivery', '--import', '--json']],
  [['reissue'], ['--list', '--without-log', '--signed-before', '--dry-run', '--state', '--repo', '--yes']],
  [['look-alike'], ['--target', '--kind', '--json']],
  [['sandbox'], ['--state', '--port', '--misbehave', '--list-misbehaviours']],
  [['demo'], ['--out', '--verbose']],
  [['errors'], ['[code]']],
])('countersign %j --help names what there is, in lines that fit', async (command, words) => {
  const { code, stdout, stderr } = await run(...command, '--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const word of words) expect(stdout).toContain(word);
  const lines = stdout.split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await run('--version')).toEqual({ code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
});

describe('wrong usage ends with 2, and a word about it on standard error alone', () => {
  test.each([
    [['sing'], "unknown command 'sing'"],
    [['sign', '--fiels', 'x'], "unknown option '--fiels'"],
    [['sign', 'a', '--concurrency', '0'], '--concurrency'],
    [['sign', 'a', '--retry-budget', 'soon'], '--retry-budget'],
    [['sign', 'a', '--bundle-format', 'cms'], '--bundle-format'],
    [['sign', 'a', '--instance', 'private'], '--instance'],
    [
      ['verify', '--certificate-identity', 'x', '--certificate-oidc-issuer', 'y'],
      "missing required argument 'artifacts'",
    ],
    [['verify', 'a', '--certificate-oidc-issuer', 'x'], 'no signer specified'],
    [['verify', 'a', '--certificate-identity', 'x'], 'no OIDC issuer specified'],
    [['verify', 'a', '--certificate-identity-regexp', 'x', '--certificate-oidc-issuer', 'y'], 'regular expression'],
    [['verify', 'a', '--any-ident', '--any-issuer'], "unknown option '--any-ident'"],
    [['sandbox'], '--state'],
    [['sandbox', '--state', 'x', '--port', 'http'], 'port'],
    [['sandbox', '--state', 'x', '--port', '0'], 'port'],
    [['sandbox', '--state', 'x', '--misbehave', 'rekor-v2:nonsense'], 'rekor-v2:forked-tree'],
    [
      ['sandbox', '--state', 'x', '--misbehave', 'tuf:500', '--misbehave', 'tuf:slow'],
      'tuf:slow and tuf:500 cannot be combined',
    ],
  ])('%j', async (args, text) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('no command at all', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Commands:');
  });
});
