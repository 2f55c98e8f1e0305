/** Checks that each refusal of the action says what is wrong, where, and what to do. */

import { createHash } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { bundlesIn, type Files, failure, Job, lastStep, readAll, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterEach(() => job.sandbox.jobTokens.configure());
afterAll(() => job[Symbol.asyncDispose]());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('an authority without a certificate log is refused, unless that is typed out; then the summary says so', async () => {
  const workspace = await job.workspace({ a: 'a' });
  job.sandbox.misbehave('fulcio:without-log');
  try {
    const refused = await job.sign(workspace, { files: 'a' });
    expect(failure(refused)).toContain('SCT_MISSING');
    expect(await bundlesIn(workspace)).toEqual([]);
    const signed = await job.sign(workspace, { files: 'a', 'insecure-ignore-sct': 'true' });
    expect(signed.conclusion).toBe('success');
    expect(signed.summary).toContain(
      'certificate transparency is not required, so misissued certificates may go unnoticed',
    );
    expect(signed.summary).toContain('--insecure-ignore-sct');
    expect(await bundlesIn(workspace)).toEqual(['a.sigstore.json']);
    const verify = (inputs: Readonly<Record<string, string>>) =>
      job.run(workspace, [job.verifyStep({ files: 'a', ...inputs })]);
    expect(failure(lastStep(await verify({})))).toContain('from 0 of 1 required certificate transparency logs');
    expect((await verify({ 'insecure-ignore-sct': 'true' })).conclusion).toBe('success');
  } finally {
    job.sandbox.behave();
  }
});

test('a Sigstore without a log is refused, unless that is typed out; then the summary says so', async () => {
  const workspace = await job.workspace({ a: 'a' });
  const { rekorTlogUrls: _, rekorTlogConfig: __, ...withoutLog } = job.sandbox.signingConfig;
  await writeFile(job.path('without-log.json'), JSON.stringify(withoutLog));
  const inputs = { files: 'a', 'signing-config': job.path('without-log.json') };
  const refused = await job.sign(workspace, inputs);
  expect(failure(refused)).toMatch(
    /SIGNING_CONFIG_INVALID: the signing config has no transparency log.*`insecure-ignore-tlog`/s,
  );
  expect(job.count('fulcio')).toBe(0);
  const signed = await job.sign(workspace, { ...inputs, 'insecure-ignore-tlog': 'true' });
  expect(signed.conclusion).toBe('success');
  expect(signed.summary).toContain('transparency log entries are not required');
  expect(signed.summary).toContain('--insecure-ignore-tlog');
  expect(await bundlesIn(workspace)).toEqual(['a.sigstore.json']);
  const verify = (given: Readonly<Record<string, string>>) =>
    job.run(workspace, [job.verifyStep({ files: 'a', ...given })]);
  expect(failure(lastStep(await verify({})))).toContain('from 0 of 1 required transparency logs');
  expect((await verify({ 'insecure-ignore-tlog': 'true' })).conclusion).toBe('success');
});

describe('the job', () => {
  test('without the permission is told which two lines to add', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a' }, { permitted: false });
    const said = failure(result);
    expect(said).toContain('TOKEN_PERMISSION_MISSING: this job is not allowed to request an identity token');
    expect(said).toContain('\n  permissions:\n    id-token: write\n');
    expect(job.count('fulcio')).toBe(0);
  });

  test('of a pull request from a fork is told that it never has the permission', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const github = { event_name: 'pull_request', ref: 'refs/pull/27/merge', head_ref: 'topic', base_ref: 'main' };
    const event = { pull_request: { head: { repo: { fork: true, full_name: 'stranger/example-repo' } } } };
    const result = await job.sign(workspace, { files: 'a' }, { permitted: false, github, event });
    expect(failure(result)).toContain('A pull request from a fork never has this permission.');
  });

  test('of a pull request of the repository itself may sign', async () => {
    const event = { event_name: 'pull_request', ref: 'refs/pull/27/merge' };
    const workflow = `${exampleJob.job_workflow_ref.split('@')[0]}@refs/pull/27/merge`;
    job.sandbox.jobTokens.configure({ claims: { ...event, job_workflow_ref: workflow, workflow_ref: workflow } });
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a' }, { github: event });
    expect(result.conclusion).toBe('success');
    expect(subjectsOf(result)[0]?.identity).toBe(`https://github.com/${workflow}`);
  });

  test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
    'started by %s signs only where that is allowed',
    async (event_name) => {
      job.sandbox.jobTokens.configure({ claims: { event_name } });
      const workspace = await job.workspace({ a: 'a' });
      // What the environment says does not matter: the token does.
      const result = await job.sign(workspace, { files: 'a' }, { github: { event_name: 'push' } });
      expect(failure(result)).toContain(`TRIGGER_REFUSED: this job was triggered by ${event_name}`);
      expect(failure(result)).toContain('`allow-dangerous-triggers: true`');
      expect(job.count('fulcio')).toBe(0);
      const allowed = await job.sign(workspace, { files: 'a', 'allow-dangerous-triggers': 'true' });
      expect(allowed.conclusion).toBe('success');
    },
  );

  test('with a token for another audience, or without a workflow, signs nothing', async () => {
    const workspace = await job.workspace({ a: 'a' });
    for (const claims of [
      { aud: 'https://github.com/example-org' },
      { job_workflow_ref: undefined },
      { exp: undefined },
    ]) {
      job.sandbox.jobTokens.configure({ claims });
      const result = await job.sign(workspace, { files: 'a' });
      expect(failure(result)).toContain('TOKEN_INVALID: the ');
    }
    expect(await bundlesIn(workspace)).toEqual([]);
  });

  test('whose token lacks what provenance needs is told which claim', async () => {
    job.sandbox.jobTokens.configure({ claims: { repository_owner_id: undefined } });
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a', 'bundle-format': 'attestation' });
    expect(failure(result)).toContain('repository_owner_id');
  });
});

describe('what is to be signed', () => {
  type Case = readonly [
    what: string,
    files: Files,
    inputs: Readonly<Record<string, string>>,
    code: string,
    ...texts: string[],
  ];
  const cases: readonly Case[] = [
    ['nothing at all', {}, {}, 'SUBJECT_MISSING', '`files`', '`checksums`', '`digests`'],
    [
      'patterns that match nothing, each of them named',
      { a: 'a' },
      { files: 'a\n*.tgz\nout/**' },
      'SUBJECT_MISSING',
      '"*.tgz"',
      '"out/**"',
    ],
    ['nothing but exclusions', { a: 'a' }, { files: '!a' }, 'SUBJECT_MISSING', 'no files specified'],
    ['what is excluded again', { a: 'a' }, { files: 'a\n!a' }, 'SUBJECT_MISSING', '"a" matches only excluded files'],
    ['a directory', { 'dist/a': 'a' }, { files: 'dist' }, 'SUBJECT_MISSING', '"dist" is a directory', '`dist/**`'],
    ['files outside of the workspace', {}, { files: '../*' }, 'USAGE', '../*'],
    ['a checksums file that is not there', {}, { checksums: 'SUMS' }, 'SUBJECT_UNREADABLE', 'SUMS', 'ENOENT'],
    [
      'a malformed checksums file',
      { SUMS: `${sha256('a')}  a\nnonsense\n` },
      { checksums: 'SUMS' },
      'DIGEST_INVALID',
      'SUMS, line 2',
    ],
    [
      'a checksum of the wrong length',
      { SUMS: '# sums\n\nabc123  a\n' },
      { checksums: 'SUMS' },
      'DIGEST_INVALID',
      'SUMS, line 3',
      '6 digits',
    ],
    [
      'checksums of a kind that is too weak',
      { SUMS: `MD5 (a) = ${'0'.repeat(32)}\n` },
      { checksums: 'SUMS' },
      'DIGEST_INVALID',
      'SUMS, line 1',
      'MD5',
    ],
    ['an empty checksums file', { SUMS: '' }, { checksums: 'SUMS' }, 'SUBJECT_MISSING', 'SUMS'],
    [
      'a digest of the wrong length',
      {},
      { digests: 'a@sha256:abcd' },
      'DIGEST_INVALID',
      '`digests`, line 1',
      '4 digits',
    ],
    ['a digest but no name', {}, { digests: `@sha256:${sha256('a')}` }, 'DIGEST_INVALID', '`digests`, line 1'],
    ['an empty digest', {}, { digests: 'ghcr.io/example-org/app@' }, 'DIGEST_INVALID', '`digests`, line 1'],
    [
      'two digests under one name',
      { SUMS: `${sha256('1')}  a\n` },
      { checksums: 'SUMS', digests: `a@sha256:${sha256('2')}` },
      'USAGE',
      '"a"',
      'SUMS, line 1',
      '`digests`, line 1',
    ],
    [
      'a SHA-512 digest by itself',
      {},
      { digests: `a@sha512:${'0'.repeat(128)}` },
      'USAGE',
      'SHA-256',
      '`bundle-format: attestation`',
    ],
    [
      'a file and a digest that name one thing twice',
      { a: 'a' },
      { files: 'a', digests: `a@sha256:${sha256('b')}` },
      'SUBJECT_CHANGED',
      '`digests`, line 1: the sha256 digest does not match the file a',
    ],
    [
      'the name of an artifact with a slash',
      { a: 'a' },
      { files: 'a', 'upload-artifact': 'true', 'artifact-name': 'a/b' },
      'USAGE',
      '`artifact-name`',
    ],
    [
      'a trusted root that is not there',
      { a: 'a' },
      { files: 'a', 'trusted-root': 'no.json' },
      'USAGE',
      'the trusted root',
      'no.json',
      'ENOENT',
    ],
    ['a trusted root that is none', { a: 'a' }, { files: 'a', 'trusted-root': 'a' }, 'TRUSTED_ROOT_INVALID', ''],
    ['a signing config that is none', { a: '{}' }, { files: 'a', 'signing-config': 'a' }, 'SIGNING_CONFIG_INVALID', ''],
    [
      'an instance that is not described',
      { a: 'a' },
      { files: 'a', 'trusted-root': '', 'signing-config': '' },
      'USAGE',
      '`trusted-root`',
      '`signing-config`',
    ],
    ['a concurrency of nothing', { a: 'a' }, { files: 'a', concurrency: '0' }, 'USAGE', '`concurrency`'],
    [
      'a format that is none',
      { a: 'a' },
      { files: 'a', 'bundle-format': 'cms' },
      'USAGE',
      '`bundle-format`',
      'per-file',
    ],
  ];

  test.each(cases)('%s', async (_what, files, inputs, code, ...texts) => {
    const workspace = await job.workspace(files);
    const result = await job.sign(workspace, inputs);
    const said = failure(result);
    expect(said).toContain(`${code}: `);
    for (const text of texts) expect(said).toContain(text);
    expect(said).not.toMatch(/\n\s+at /);
    // What stands in a public log cannot be taken back: what is wrong is found before.
    expect(job.count('rekor-v2')).toBe(0);
  });

  test('the same thing named twice is signed once', async () => {
    const workspace = await job.workspace({ 'a.txt': 'a', SUMS: `${sha256('b')}  b\n` });
    const result = await job.sign(workspace, {
      files: 'a.txt\n*.txt\n./a.txt',
      checksums: 'SUMS',
      digests: `b@sha256:${sha256('b')}`,
    });
    expect(result.conclusion).toBe('success');
    expect(subjectsOf(result).map(({ name }) => name)).toEqual(['a.txt', 'b']);
  });

  test('a symbolic link out of the workspace', async () => {
    await writeFile(job.path('secret.txt'), 'secret');
    const workspace = await job.workspace({ 'a.txt': 'a' });
    await symlink(job.path('secret.txt'), join(workspace, 'b.txt'));
    const said = failure(await job.sign(workspace, { files: '*.txt' }));
    expect(said).toContain('USAGE: "b.txt" is a link to ');
    expect(said).toContain('outside of the workspace');
    expect(await bundlesIn(workspace)).toEqual([]);
  });

  test('a symbolic link within the workspace is signed under its own name', async () => {
    const workspace = await job.workspace({ 'v1.txt': 'v1' });
    await symlink('v1.txt', join(workspace, 'latest.txt'));
    const result = await job.sign(workspace, { files: '*.txt' });
    expect((await job.judge(workspace, result)).map(({ name }) => name)).toEqual(['latest.txt', 'v1.txt']);
  });

  test('a link that leads nowhere, and a checksums file that is a directory', async () => {
    const workspace = await job.workspace({ 'a.txt': 'a' });
    await symlink('gone', join(workspace, 'b.txt'));
    expect(failure(await job.sign(workspace, { files: 'b.txt' }))).toContain('"b.txt" is a broken link');
    await mkdir(join(workspace, 'SUMS'));
    expect(failure(await job.sign(workspace, { checksums: 'SUMS' }))).toContain('SUBJECT_UNREADABLE: ');
  });

  test('a folder is where a bundle goes: nothing is signed, and the error says what is in the way', async () => {
    const workspace = await job.workspace({ a: 'a', b: 'b', c: 'c' });
    await mkdir(join(workspace, 'b.sigstore.json'));
    for (const overwrite of ['false', 'true']) {
      const said = failure(await job.sign(workspace, { files: '?', overwrite }));
      expect(said).toMatch(/^USAGE: nothing was signed, .*b\.sigstore\.json is a folder\n.*`bundle-dir`/);
      expect(said).not.toContain('`overwrite: true`');
      expect(job.count('rekor-v2')).toBe(0);
    }
  });

  test("a project's own file of the manifest's name is not overwritten", async () => {
    const workspace = await job.workspace({ a: 'a', 'out/manifest.json': '{"mine":true}' });
    const result = await job.sign(workspace, { files: 'a', 'bundle-dir': 'out' });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(result.outputs.get('manifest-path')).toBe(join(workspace, 'out/manifest-2.json'));
    expect(await readFile(join(workspace, 'out/manifest.json'), 'utf8')).toBe('{"mine":true}');
    expect(await bundlesIn(workspace)).toEqual(['out/a.sigstore.json']);
  });

  test('what vanishes, changes or is replaced while the run is under way', async () => {
    const workspace = await job.workspace({ '1': 'first', '2': 'vanishes', '3': 'is replaced', '4': 'last' });
    job.sandbox.faults.set('fulcio', async (exchange) => {
      await rm(join(workspace, '2'));
      await writeFile(join(workspace, 'new'), 'another');
      await rename(join(workspace, 'new'), join(workspace, '3'));
      exchange.send(await exchange.answer());
    });
    const result = await job.sign(workspace, { files: '?', concurrency: '1' });
    job.sandbox.faults.clear();
    const said = failure(result);
    expect(said).toMatch(/^2: .*cannot be read: ENOENT/);
    expect(said).toMatch(/\n3: .* was replaced after the run started/);
    expect(result.annotations.map(({ title }) => title)).toEqual(['SUBJECT_UNREADABLE', 'SUBJECT_CHANGED', undefined]);
    expect((await job.judge(workspace, result)).map(({ name }) => name)).toEqual(['1', '4']);
  });

  test('bundles outside of the workspace are uploaded too', async () => {
    const workspace = await job.workspace({ 'dist/a': 'a' });
    const inputs = { files: 'dist/a', 'bundle-dir': job.path('elsewhere'), 'upload-artifact': 'true' };
    const result = await job.sign(workspace, inputs);
    expect(result.conclusion).toBe('success');
    expect([...(await readAll(job.path('elsewhere'))).keys()]).toEqual([
      'bundles.sigstore.jsonl',
      'dist/a.sigstore.json',
      'manifest.json',
    ]);
  });

  describe('a folder for bundles that a link leads out of the workspace', () => {
    const linked = async (target: string, name = 'out', files: Files = { 'dist/a': 'a' }) => {
      const workspace = await job.workspace(files);
      await mkdir(job.path('outside'), { recursive: true });
      await symlink(target === '' ? job.path('outside') : target, join(workspace, name));
      return workspace;
    };
    const leftOutside = async () => [...(await readAll(job.path('outside'))).keys()];

    test.each<[what: string, target: string, inputs: Readonly<Record<string, string>>]>([
      ['itself', '', { 'bundle-dir': 'out' }],
      ['by a way that does not exist yet', '', { 'bundle-dir': 'out/new/deeper' }],
      ['with an attestation', '', { 'bundle-dir': 'out', 'bundle-format': 'attestation' }],
      ['for a digest', '', { files: '', digests: `x@sha256:${sha256('x')}`, 'bundle-dir': 'out' }],
      ['to the folder above', '..', { 'bundle-dir': 'out' }],
      ['to what does not exist', '../later', { 'bundle-dir': 'out' }],
    ])('%s: nothing is signed', async (_, target, inputs) => {
      const workspace = await linked(target);
      const said = failure(await job.sign(workspace, { files: 'dist/a', ...inputs }));
      expect(said).toMatch(/^USAGE: .* is a link to .*, which is outside of .*\n.*Remove the link/);
      expect([job.count('oidc'), job.count('fulcio'), await leftOutside()]).toEqual([0, 0, []]);
      expect(await bundlesIn(workspace)).toEqual([]);
    });

    test('is one by its whole path too, and where the workspace is reached by a link', async () => {
      const workspace = await linked('');
      await symlink(workspace, `${workspace}-alias`);
      for (const [named, directory] of [
        [workspace, join(workspace, 'out')],
        [`${workspace}-alias`, 'out'],
        [`${workspace}-alias`, join(workspace, 'out')],
      ] as const) {
        const said = failure(await job.sign(named, { files: 'dist/a', 'bundle-dir': directory }));
        expect(said).toContain(' is a link to ');
      }
      expect(await leftOutside()).toEqual([]);
    });

    test.each(['per-file', 'attestation'])('is one in it too: %s', async (format) => {
      // A bundle in a folder of the folder for bundles; an attestation is not in any.
      const workspace = await linked('', 'out/dist', { 'dist/a': 'a', b: 'b', 'out/x': 'x' });
      const result = await job.sign(workspace, { files: 'dist/a\nb', 'bundle-dir': 'out', 'bundle-format': format });
      expect(await leftOutside()).toEqual([]);
      if (format === 'attestation') return expect(result.conclusion).toBe('success');
      expect(failure(result)).toMatch(/dist\/a: .* is a link to .*\n?USAGE: 1 of 2 subjects were not signed/s);
      expect(await bundlesIn(workspace)).toEqual(['out/b.sigstore.json']);
      expect(job.count('rekor-v2', '/entries')).toBe(1);
    });

    test('is one that was placed while the run was under way', async () => {
      const workspace = await job.workspace({ '1': 'first', 'dist/2': 'second' });
      job.sandbox.faults.set('fulcio', async (exchange) => {
        await symlink(job.path('outside'), join(workspace, 'out/dist'));
        exchange.send(await exchange.answer());
      });
      const result = await job.sign(workspace, { files: '1\ndist/2', 'bundle-dir': 'out', concurrency: '1' });
      job.sandbox.faults.clear();
      expect(failure(result)).toContain('USAGE: ');
      expect([await bundlesIn(workspace), await leftOutside()]).toEqual([['out/1.sigstore.json'], []]);
    });

    test('is not where bundles of an earlier run are looked for', async () => {
      const workspace = await job.workspace({ 'dist/a': 'a' });
      expect((await job.sign(workspace, { files: 'dist/a', 'bundle-dir': 'out' })).conclusion).toBe('success');
      await rename(join(workspace, 'out/dist'), job.path('outside/dist'));
      await symlink(job.path('outside/dist'), join(workspace, 'out/dist'));
      expect(failure(await job.sign(workspace, { files: 'dist/a', 'bundle-dir': 'out' }))).toContain('USAGE: ');
      await rm(job.path('outside/dist'), { recursive: true });
    });

    test('within the workspace is none, nor a workspace that is reached by a link', async () => {
      const workspace = await linked('dist/bundles');
      await mkdir(join(workspace, 'dist/bundles'));
      await symlink(workspace, `${workspace}-alias`);
      for (const named of [workspace, `${workspace}-alias`]) {
        const result = await job.sign(named, { files: 'dist/a', 'bundle-dir': 'out' });
        expect([result.conclusion, await bundlesIn(workspace)]).toEqual([
          'success',
          ['dist/bundles/dist/a.sigstore.json'],
        ]);
      }
    });
  });

  test('bundles of an earlier run are not signed themselves', async () => {
    const workspace = await job.workspace({ 'dist/a': 'a', 'dist/b': 'b' });
    for (const format of ['per-file', 'per-file', 'attestation', 'attestation']) {
      const result = await job.sign(workspace, { files: '**', 'bundle-format': format });
      expect(result.conclusion).toBe('success');
      expect(subjectsOf(result).map(({ name }) => name)).toEqual(['dist/a', 'dist/b']);
    }
  });

  test('a hard link is a file like any other', async () => {
    const workspace = await job.workspace({ 'a.txt': 'a' });
    await link(join(workspace, 'a.txt'), join(workspace, 'b.txt'));
    const result = await job.sign(workspace, { files: '*.txt' });
    expect(await job.judge(workspace, result)).toHaveLength(2);
  });

  test('an empty file is signed', async () => {
    const workspace = await job.workspace({ empty: '' });
    const result = await job.sign(workspace, { files: 'empty' });
    expect(await job.judge(workspace, result)).toHaveLength(1);
  });
});
