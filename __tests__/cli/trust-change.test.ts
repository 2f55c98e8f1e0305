/** `countersign reissue --dry-run --trusted-root NEW`: what a new trusted root no longer accepts. */

import { readdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

const person = 'releaser@example.org';
let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ 'a.txt': 'a', 'b.txt': 'b', list: 'a.txt.sigstore.json\nb.txt.sigstore.json\n' });
  const instance = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const signing = ['--signing-config', job.path('rekor-v2.json')];
  const env = { SIGSTORE_ID_TOKEN: await job.sandbox.personTokens.token(person) };
  const signed = await countersign(job, ['sign', 'a.txt', 'b.txt', ...instance, ...signing], { cwd, env });
  expect(signed).toMatchObject({ code: 0 });
});
afterAll(() => job[Symbol.asyncDispose]());

interface Validity {
  readonly start?: string;
  readonly end?: string;
}

interface RootDocument {
  readonly certificateAuthorities: readonly { readonly validFor: Validity }[];
  readonly timestampAuthorities: readonly { readonly validFor: Validity }[];
  readonly tlogs: readonly { readonly publicKey: { readonly validFor: Validity } }[];
}

const ended = { start: '2020-01-01T00:00:00Z', end: '2020-01-02T00:00:00Z' };

async function compare(change: (root: RootDocument) => RootDocument, ...args: readonly string[]): Promise<Run> {
  const root: RootDocument = JSON.parse(JSON.stringify(job.sandbox.trustedRoot));
  await writeFile(job.path('new_root.json'), JSON.stringify(change(root)));
  const roots = ['--old-trusted-root', job.path('trusted_root.json'), '--trusted-root', job.path('new_root.json')];
  const policy = ['--certificate-identity', person, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
  const sources = args.includes('--folder') ? [] : ['--list', 'list'];
  return countersign(job, ['reissue', ...sources, '--dry-run', '--instance', 'sandbox', ...roots, ...policy, ...args], {
    cwd,
  });
}

test.each<readonly [string, (root: RootDocument) => RootDocument, string]>([
  [
    'a rotated root',
    ({ certificateAuthorities: old, ...root }) => ({
      ...root,
      certificateAuthorities: [
        ...old.map((one) => ({ ...one, validFor: ended })),
        ...old.map((one) => ({ ...one, uri: 'https://ca.example.test', validFor: { start: '2100-01-01T00:00:00Z' } })),
      ],
    }),
    'certificate authority',
  ],
  [
    'an ended log',
    ({ tlogs, ...root }) => ({
      ...root,
      tlogs: tlogs.map((log) => ({ ...log, publicKey: { ...log.publicKey, validFor: ended } })),
    }),
    'transparency log',
  ],
  [
    'a revoked timestamp authority',
    ({ timestampAuthorities, ...root }) => ({
      ...root,
      timestampAuthorities: timestampAuthorities.map((one) => ({ ...one, validFor: ended })),
    }),
    'timestamp authority',
  ],
])('%s: every signature must be issued again, and nothing is written', async (_, change, part) => {
  const before = await readdir(cwd);
  const shown = await compare(change);
  expect(shown.stdout).toMatch(new RegExp(`^The ${part} .*: loses 2 signatures$`, 'm'));
  expect(shown.stdout).toContain('0 still accepted');
  expect(shown.stderr).toContain('the new trusted root does not accept 2 of 2 signatures');
  expect(shown.stderr).toContain('as --old-trusted-root');
  expect(shown.code).not.toBe(0);
  const { stdout, code } = await compare(change, '--json');
  expect(code).toBe(shown.code);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({
    version: 1,
    exitCode: code,
    counts: { accepted: 0, lost: 2, refused: 0 },
    lostBySeveral: 0,
  });
  expect(document.changes).toContainEqual(expect.objectContaining({ part, lost: 2 }));
  expect(document.signatures).toMatchObject([
    { result: 'lost', reasons: [{ part }] },
    { result: 'lost', reasons: [{ part }] },
  ]);
  expect(await readdir(cwd)).toEqual(before);
});

test('the same trusted root loses nothing', async () => {
  expect(await compare((root) => root)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('trusts everything that the current one trusts'),
    stderr: '',
  });
});

test.each([
  [['--upgrade'], 'USAGE', '--upgrade has no effect on'],
  [['--without-log', 'https://log.example.test'], 'USAGE', '--without-log cannot be combined'],
  [['--folder', 'gone'], 'USAGE', 'gone'],
  [['--folder', '.', '--manifest', 'gone'], 'USAGE', 'several sources'],
])('with %j, the failure is a JSON document', async (args, code, message) => {
  const { stdout, code: exitCode } = await compare((root) => root, ...args, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode,
    failure: { code, message: expect.stringContaining(message) },
    counts: null,
    signatures: [],
  });
});
