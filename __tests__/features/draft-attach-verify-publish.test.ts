/**
 * B10: a release goes from a draft over attached files and a check to its publication, and is checked again from outside. The jobs of
 * release.yml on the simulated runner, each with a token that has the permissions of the job. The whole workflow, with its conditions and
 * expressions, is run by __tests__/interop/release-workflow.test.ts.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Fault, fault, type SandboxRepository, type StoredRelease } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { rootPath } from '../kit/pages.ts';
import { uploads } from '../kit/release-place.ts';
import { eventContext, type JobResult, type JobStep } from '../kit/runner/index.ts';

type Permissions = Readonly<Partial<Record<'contents' | 'id-token', 'write'>>> | Readonly<Record<'contents', 'read'>>;
type Texts = Readonly<Record<string, string>>;

const tag = 'v1';
const { jobs } = parse(await readFile(rootPath('.github/workflows/release.yml'), 'utf8')) as {
  readonly jobs: Readonly<Record<'publish' | 'check', { readonly permissions: Permissions }>>;
};
const files = { 'dist/app.tgz': 'app', 'dist/lib.tgz': 'lib' };

let job: Job;
let app: SandboxRepository;
let runs = 0;
beforeAll(async () => {
  job = await Job.start();
  await writeFile(job.path('github.json'), JSON.stringify(job.sandbox.releaseAuthority.trustedRoot));
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(() => {
  app = job.sandbox.github.addRepository(`example-org/app-${++runs}`, { immutableReleases: true });
});
afterEach(() => job.sandbox.faults.clear());

async function run(steps: readonly JobStep[], permissions: Permissions, attempt = 1): Promise<JobResult> {
  const { contents } = permissions;
  return job.run(await job.workspace(files), steps, {
    permissions,
    event: eventContext('push-tag', { repository: app.name, tag, attempt }),
    github: { api_url: job.sandbox.urls.github },
    githubToken: job.sandbox.github.jobToken(app, contents === undefined ? {} : { contents }),
  });
}

const expression = (text: string): string => `\${{ ${text} }}`;

/** Inputs of the verify action that expect a repository as the signer. */
const expecting = (repo: string): Texts => ({ 'certificate-identity': '', repo });

interface Attempt {
  /** The repository that the policy expects. */
  readonly repo?: string;
  readonly permissions?: Permissions;
  readonly attempt?: number;
}

/** The job that signs, attaches, checks the draft, and publishes. */
function publish({
  repo = app.name,
  permissions = jobs.publish.permissions,
  attempt,
}: Attempt = {}): Promise<JobResult> {
  const signing = { files: 'dist/*', 'bundle-dir': 'bundles' };
  const id = expression('steps.sign.outputs.release-id');
  const draft = { ...expecting(repo), 'release-assets': `${app.name}#${id}` };
  const steps = [
    job.step({ ...signing, release: 'draft' }),
    job.verifyStep(draft),
    job.step({ ...signing, release: id, 'publish-release': 'true' }, { id: 'publish' }),
  ];
  return run(steps, permissions, attempt);
}

/** The job that knows only the policy, and for GitHub's attestation the files. */
function check(): Promise<JobResult> {
  const place = `${app.name}@${tag}`;
  const byGitHub = { release: place, from: 'github', 'certificate-identity': '', 'certificate-oidc-issuer': '' };
  const steps = [
    job.verifyStep({ ...expecting(app.name), 'release-assets': place }),
    job.verifyStep({ ...byGitHub, files: 'dist/*', 'trusted-root': job.path('github.json') }, { id: 'attested' }),
  ];
  return run(steps, jobs.check.permissions);
}

const [passed, failed, skipped] = ['success', 'failure', 'skipped'] as const;
const conclusions = ({ stages }: JobResult): readonly string[] => stages.map(({ conclusion }) => conclusion);
const errors = ({ stages }: JobResult): string =>
  stages
    .flatMap(({ result }) => result?.annotations ?? [])
    .filter(({ level }) => level === 'error')
    .map(({ title = '', message }) => `${title} ${message}`)
    .join('\n');
const releases = (): readonly StoredRelease[] => job.sandbox.github.releases.of(app);
const drafts = (): readonly boolean[] => releases().map(({ isDraft }) => isDraft);
const assetNames = (): readonly string[] =>
  releases()
    .flatMap(({ assets }) => assets.map(({ name }) => name))
    .sort();
const allAssets = ['app.tgz', 'app.tgz.sigstore.json', 'lib.tgz', 'lib.tgz.sigstore.json'];

/** Changes what an asset is downloaded as, as soon as a request has had its effect. */
function swappedAfter(matching: RegExp, skip = 0): void {
  const swap: Fault = async (exchange) => {
    const answer = await exchange.answer();
    const asset = releases()[0]?.assets.find(({ name }) => name === 'app.tgz');
    if (asset !== undefined) job.sandbox.github.releases.replaceContent(asset, Buffer.from('other'));
    exchange.send(answer);
  };
  job.sandbox.faults.set({ service: 'github', matching }, swap, { skip });
}

test('everything is attached and checked before the publication, and checked again after it', async () => {
  const result = await publish();
  expect([errors(result), conclusions(result)]).toEqual(['', [passed, passed, passed]]);
  expect(releases()).toMatchObject([{ tag, isDraft: false, isImmutable: true }]);
  expect(assetNames()).toEqual(allAssets);
  // The publishing step uses the bundles of the first step.
  expect(job.count('rekor-v2', '/entries')).toBe(2);

  const sent = job.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
  const own = sent.filter((line) => line.includes(app.name));
  const places = (pattern: RegExp): readonly number[] => own.flatMap((line, at) => (pattern.test(line) ? [at] : []));
  const [uploaded, read] = [places(/^POST .*\/assets$/), places(/^GET .*\/releases\/assets\/\d+$/)];
  const [published, downloaded] = [places(/^PATCH /), places(/^GET .*\/releases\/download\//)];
  expect([uploaded.length, read.length, published.length, downloaded.length]).toEqual([4, 8, 1, 4]);
  expect([...uploaded, ...read, ...published, ...downloaded]).toEqual(
    [...uploaded, ...read, ...published, ...downloaded].sort((a, b) => a - b),
  );

  const checked = await check();
  expect([errors(checked), conclusions(checked)]).toEqual(['', [passed, passed]]);
});

describe('the draft stays a draft', () => {
  test('if an asset is swapped between its upload and the check', async () => {
    swappedAfter(/^POST .*\/assets\?name=app\.tgz&/);
    const result = await publish();
    expect([conclusions(result), drafts()]).toEqual([[passed, failed, skipped], [true]]);
    expect(errors(result)).toContain('RELEASE_ASSET_DIFFERS');
  });

  test('if an asset is swapped between the check and the publication', async () => {
    // The check and the publishing step begin with it.
    swappedAfter(/^GET .*\/releases\/\d+$/, 1);
    const result = await publish();
    expect([conclusions(result), drafts()]).toEqual([[passed, passed, failed], [true]]);
    expect(errors(result)).toContain('RELEASE_ASSET_DIFFERS');
  });

  test('if the policy expects another repository', async () => {
    const result = await publish({ repo: 'example-org/other' });
    expect([conclusions(result), drafts(), assetNames()]).toEqual([[passed, failed, skipped], [true], allAssets]);
    expect(errors(result)).toContain('IDENTITY_MISMATCH');
  });

  test('if somebody else attached a file', async () => {
    await publish({ repo: 'example-org/other' });
    const [draft] = releases();
    const url = new URL(`${job.sandbox.urls.github}/repos/${app.name}/releases/${draft?.id}`);
    const token = job.sandbox.github.userToken('jane', [app]);
    const document = await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).json();
    const upload = String(document.upload_url).replace(/\{.*/, '?name=extra.tgz');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/gzip' };
    expect((await fetch(upload, { method: 'POST', headers, body: 'extra' })).status).toBe(201);
    const result = await publish({ attempt: 2 });
    expect([conclusions(result), drafts()]).toEqual([[passed, failed, skipped], [true]]);
    expect(errors(result)).toContain('BUNDLE_MISSING');
  });
});

test('an attempt that was interrupted is completed by the next, which signs only what has no bundle there', async () => {
  job.sandbox.faults.set(uploads, fault.refuse(), { skip: 2 });
  const interrupted = await publish();
  expect([conclusions(interrupted), drafts()]).toEqual([[failed, skipped, skipped], [true]]);
  expect(assetNames()).toHaveLength(2);
  job.sandbox.faults.clear();
  const result = await publish({ attempt: 2 });
  expect([errors(result), conclusions(result)]).toEqual(['', [passed, passed, passed]]);
  expect([drafts(), assetNames()]).toEqual([[false], allAssets]);
});

test('each job needs its permissions', async () => {
  const withoutContents = await publish({ permissions: { 'id-token': 'write' } });
  expect([conclusions(withoutContents), releases()]).toEqual([[failed, skipped, skipped], []]);
  const withoutIdentity = await publish({ permissions: { contents: 'write' } });
  expect([conclusions(withoutIdentity), releases()]).toEqual([[failed, skipped, skipped], []]);
  expect(errors(withoutIdentity)).toContain('TOKEN_PERMISSION_MISSING');
});
