import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BlobStore, fault, type RuntimeJob, type Sandbox, startSandbox, systemSources } from '../index.ts';

let sandbox: Sandbox;
let folder: string;
let now: Date;
beforeEach(async () => {
  now = new Date();
  sandbox = await startSandbox({ clock: () => now });
  folder = await mkdtemp(join(tmpdir(), 'countersign-artifacts-'));
});
afterEach(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the real @actions/artifact', () => {
  type Result = { readonly value?: Record<string, never>; readonly error?: string };

  /** Runs steps of the client in a process with the environment of a job. */
  async function client(...steps: readonly (readonly unknown[])[]): Promise<readonly Result[]> {
    const script = fileURLToPath(new URL('artifact-client.mjs', import.meta.url));
    const output = join(folder, 'results.json');
    const child = spawn(process.execPath, [script, JSON.stringify({ output, steps })], {
      env: {
        ACTIONS_RUNTIME_TOKEN: sandbox.artifactService.job.token,
        ACTIONS_RESULTS_URL: sandbox.urls.results,
        GITHUB_WORKSPACE: folder,
        GITHUB_SERVER_URL: 'https://github.com',
      },
      stdio: 'ignore',
    });
    await new Promise((resolve) => child.once('close', resolve));
    return JSON.parse(await readFile(output, 'utf8'));
  }

  test('uploads several blocks, lists, downloads and deletes', async () => {
    const big = randomBytes(20 * 1024 * 1024);
    await writeFile(join(folder, 'big.bin'), big);
    await writeFile(join(folder, 'small.txt'), 'small');
    const files = [join(folder, 'big.bin'), join(folder, 'small.txt')];
    const [uploaded, listed, downloaded, twice] = await client(
      ['uploadArtifact', 'bundles', files, folder, { compressionLevel: 0 }],
      ['listArtifacts'],
      ['downloadArtifact', 1_000_000_001, { path: join(folder, 'down') }],
      ['uploadArtifact', 'bundles', files.slice(1), folder],
    );
    const [artifact] = sandbox.artifactService.artifacts;
    if (artifact === undefined) throw new Error('no artifact');
    expect(uploaded).toEqual({
      value: { id: Number(artifact.id), size: artifact.bytes.length, digest: sha256(artifact.bytes) },
    });
    expect(listed).toMatchObject({ value: { artifacts: [{ name: 'bundles', id: Number(artifact.id) }] } });
    expect(downloaded).toMatchObject({ value: { digestMismatch: false } });
    expect((await readFile(join(folder, 'down', 'big.bin'))).equals(big)).toBe(true);
    expect(await readFile(join(folder, 'down', 'small.txt'), 'utf8')).toBe('small');
    expect(twice?.error).toContain('(409) Conflict: an artifact with this name already exists on the workflow run');
    expect(sandbox.requests.filter(({ service, method }) => service === 'blobs' && method === 'PUT')).toHaveLength(4);

    const [deleted, gone] = await client(['deleteArtifact', 'bundles'], ['getArtifact', 'bundles']);
    expect(deleted).toEqual({ value: { id: Number(artifact.id) } });
    expect(gone?.error).toContain('Artifact not found for name: bundles');
    expect(sandbox.artifactService.artifacts).toEqual([]);
  });

  test('uploads one file as it is', async () => {
    await writeFile(join(folder, 'a.sigstore.json'), '{}');
    const upload = ['uploadArtifact', 'ignored', [join(folder, 'a.sigstore.json')], folder, { skipArchive: true }];
    const [uploaded, downloaded] = await client(upload, [
      'downloadArtifact',
      1_000_000_001,
      { path: join(folder, 'down') },
    ]);
    expect(uploaded).toMatchObject({ value: { size: 2, digest: sha256(Buffer.from('{}')) } });
    expect(sandbox.artifactService.artifacts).toMatchObject([
      { name: 'a.sigstore.json', mimeType: 'application/json' },
    ]);
    expect(downloaded).toMatchObject({ value: { digestMismatch: false } });
    expect(await readFile(join(folder, 'down', 'a.sigstore.json'), 'utf8')).toBe('{}');
  });

  test('meets its own artifact when the answer to the first try is lost', async () => {
    await writeFile(join(folder, 'a'), 'a');
    sandbox.faults.set({ service: 'artifacts', matching: /CreateArtifact$/ }, fault.afterEffect(), 1);
    const [uploaded] = await client(['uploadArtifact', 'bundles', [join(folder, 'a')], folder]);
    expect(uploaded?.error).toContain('(409)');
  });
});

/** A call of the service as the package makes it. */
async function call(method: string, fields: object, job: RuntimeJob = sandbox.artifactService.job, token = job.token) {
  const url = `${sandbox.urls.results}twirp/github.actions.results.api.v1.ArtifactService/${method}`;
  const ids = { workflow_run_backend_id: job.runId, workflow_job_run_backend_id: job.jobId };
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...ids, ...fields }),
  });
  return { status: response.status, json: await response.json() };
}

const creation = { version: 7, mime_type: 'application/zip' };
const block = (url: string, id: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}&comp=block&blockid=${encodeURIComponent(btoa(id))}`, { method: 'PUT', body, headers });
const commit = (url: string, ...ids: readonly string[]) =>
  fetch(`${url}&comp=blocklist`, {
    method: 'PUT',
    headers: { 'x-ms-blob-content-type': 'application/zip' },
    body: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><BlockList>${ids.map((id) => `<Latest>${btoa(id)}</Latest>`).join('')}</BlockList>`,
  });

/** Creates an artifact, and gives the URL to upload it by. */
async function created(name: string, job?: RuntimeJob): Promise<string> {
  const { status, json } = await call('CreateArtifact', { name, ...creation }, job);
  expect([status, json]).toEqual([200, { ok: true, signed_upload_url: expect.any(String) }]);
  return json.signed_upload_url;
}

const finalize = (name: string, bytes: string, job?: RuntimeJob) =>
  call('FinalizeArtifact', { name, size: String(bytes.length), hash: `sha256:${sha256(Buffer.from(bytes))}` }, job);

async function uploaded(name: string, bytes: string, job?: RuntimeJob): Promise<string> {
  const url = await created(name, job);
  await block(url, '1', bytes);
  await commit(url, '1');
  expect((await finalize(name, bytes, job)).status).toBe(200);
  return url;
}

describe('the artifact service', () => {
  test('puts blocks together in the order of the list', async () => {
    const url = await created('parts');
    await block(url, '2', 'second');
    await block(url, '1', 'first ');
    await block(url, '3', 'never listed');
    expect((await commit(url, '1', '2')).status).toBe(201);
    expect(await finalize('parts', 'first second')).toMatchObject({ status: 200, json: { ok: true } });
    expect(sandbox.artifactService.artifacts.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'first second',
    ]);
  });

  test('takes only tokens of its own, for their own run and job', async () => {
    const { job } = sandbox.artifactService;
    const [sibling, stranger, expired] = [
      await sandbox.artifactService.newJob(job.runId),
      await sandbox.artifactService.newJob(),
      await sandbox.artifactService.newJob(job.runId, -1),
    ];
    const create = (as: RuntimeJob, token?: string) => call('CreateArtifact', { name: 'a', ...creation }, as, token);
    const unauthenticated = { status: 401, json: { code: 'unauthenticated' } };
    expect(await create(job, 'not a token')).toMatchObject(unauthenticated);
    expect(await create(job, sandbox.jobTokens.requestToken)).toMatchObject(unauthenticated);
    expect(await create(job, await sandbox.jobTokens.token('sigstore'))).toMatchObject(unauthenticated);
    expect(await create(expired)).toMatchObject(unauthenticated);
    expect(await create(job, `${job.token.slice(0, -4)}AAAA`)).toMatchObject(unauthenticated);
    expect(await create(job, stranger.token)).toMatchObject({ status: 403, json: { code: 'permission_denied' } });
    expect(await create(job, sibling.token)).toMatchObject({ status: 403, json: { code: 'permission_denied' } });
    expect(await create({ ...job, jobId: 'unknown' })).toMatchObject({ status: 404, json: { code: 'not_found' } });
    expect(await create(sibling)).toMatchObject({ status: 200 });
  });

  test('gives a name once in a run, in whichever job, finished or not', async () => {
    const { job } = sandbox.artifactService;
    const sibling = await sandbox.artifactService.newJob(job.runId);
    const conflict = {
      status: 409,
      json: { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' },
    };
    const again = (as?: RuntimeJob) => call('CreateArtifact', { name: 'a', ...creation }, as);
    await created('a');
    expect(await again()).toEqual(conflict);
    expect(await again(sibling)).toEqual(conflict);
    await uploaded('b', 'b', sibling);
    expect(await call('CreateArtifact', { name: 'b', ...creation })).toEqual(conflict);
    expect((await again(await sandbox.artifactService.newJob())).status).toBe(200);
  });

  test('takes no name that a file may not have, and no type that is none', async () => {
    for (const name of ['', ...'":<>|*?\r\n\\/'].map((character) => character && `a${character}b`)) {
      expect(await call('CreateArtifact', { name, ...creation })).toMatchObject({
        status: 400,
        json: { code: 'invalid_argument' },
      });
    }
    expect(await call('CreateArtifact', { name: 'a', version: 7 })).toMatchObject({
      status: 400,
      json: { msg: 'mime_type a valid mime_type is required for this artifact version' },
    });
    expect((await call('CreateArtifact', { name: 'a', version: 4, unknown_field: 1 })).status).toBe(200);
  });

  test('finalizes what was committed, as it was, and once', async () => {
    expect(await finalize('a', '')).toMatchObject({ status: 404 });
    const url = await created('a');
    await block(url, '1', 'bytes');
    expect(await finalize('a', 'bytes')).toMatchObject({ status: 404, json: { code: 'not_found' } });
    await commit(url, '1');
    expect(await finalize('a', 'byte')).toMatchObject({ status: 400, json: { msg: expect.stringContaining('size') } });
    expect(await finalize('a', 'bites')).toMatchObject({ status: 400, json: { msg: expect.stringContaining('hash') } });
    expect((await call('ListArtifacts', {})).json).toEqual({ artifacts: [] });
    expect(await call('GetSignedArtifactURL', { name: 'a' })).toMatchObject({ status: 404 });
    expect(await finalize('a', 'bytes')).toMatchObject({ status: 200 });
    expect(await finalize('a', 'bytes')).toMatchObject({ status: 412, json: { code: 'failed_precondition' } });
    expect((await block(url, '2', 'late')).status).toBe(409);
    expect((await call('ListArtifacts', { name_filter: 'a' })).json).toMatchObject({
      artifacts: [{ name: 'a', size: '5', digest: `sha256:${sha256(Buffer.from('bytes'))}` }],
    });
    expect((await call('ListArtifacts', { id_filter: '1' })).json).toEqual({ artifacts: [] });
  });

  test('shows the artifacts of the run to all of its jobs, until they expire', async () => {
    const sibling = await sandbox.artifactService.newJob(sandbox.artifactService.job.runId);
    await uploaded('a', 'bytes');
    const { json } = await call('GetSignedArtifactURL', { name: 'a' }, sibling);
    const response = await fetch(json.signed_url);
    expect(await response.text()).toBe('bytes');
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toContain('filename="a.zip"');
    expect((await call('GetSignedArtifactURL', { name: 'a' }, await sandbox.artifactService.newJob())).status).toBe(
      404,
    );
    now = new Date(now.getTime() + 91 * 24 * 3600_000);
    const later = await sandbox.artifactService.newJob(sandbox.artifactService.job.runId);
    expect((await call('ListArtifacts', {}, later)).json).toEqual({ artifacts: [] });
  });

  test('refuses what it does not serve in the words of Twirp', async () => {
    expect(await call('MigrateArtifact', {})).toMatchObject({ status: 404, json: { code: 'bad_route' } });
    const stray = await fetch(`${sandbox.urls.results}elsewhere`);
    expect([stray.status, (await stray.json()).code]).toEqual([404, 'bad_route']);
    expect(await call('CreateArtifact', { name: 7 })).toMatchObject({ status: 400, json: { code: 'malformed' } });
  });
});

describe('the blob store', () => {
  const code = (response: Response): readonly [number, string | null] => [
    response.status,
    response.headers.get('x-ms-error-code'),
  ];

  test('goes by the signature of the URL alone, and refuses a token', async () => {
    const url = await created('a');
    expect(new URL(url).origin).not.toBe(new URL(sandbox.urls.results).origin);
    expect(new URL(url).search).toMatch(/sig=[A-Za-z0-9%]+(?:%3D)$/);
    const bearer = { authorization: `Bearer ${sandbox.artifactService.job.token}` };
    expect(code(await block(url, '1', 'x', bearer))).toEqual([403, 'AuthenticationFailed']);
    for (const other of [
      url.replace(/sig=\w/, 'sig=%00'),
      url.replace('sp=cw', 'sp=rcw'),
      url.replace(/sig=[^&]*/, ''),
    ]) {
      expect(code(await block(other, '1', 'x'))).toEqual([403, 'AuthenticationFailed']);
    }
    expect(code(await fetch(url))).toEqual([403, 'AuthorizationPermissionMismatch']);
    now = new Date(now.getTime() + 3601_000);
    expect(code(await block(url, '1', 'x'))).toEqual([403, 'AuthenticationFailed']);
  });

  test('commits only blocks that it has', async () => {
    const url = await created('a');
    await block(url, '1', 'x');
    expect(code(await commit(url, '1', '2'))).toEqual([400, 'InvalidBlockList']);
    expect(code(await block(url, 'another length', 'x'))).toEqual([400, 'InvalidBlobOrBlock']);
    expect(code(await fetch(`${url}&comp=blocklist`, { method: 'PUT', body: '<BlockList><Other/>' }))).toEqual([
      400,
      'InvalidXmlDocument',
    ]);
    expect(code(await fetch(`${url}&comp=block&blockid=!`, { method: 'PUT', body: 'x' }))).toEqual([
      400,
      'InvalidQueryParameterValue',
    ]);
    expect(code(await fetch(url, { method: 'PUT', body: 'x' }))).toEqual([400, 'InvalidQueryParameterValue']);
    expect(code(await commit(url, '1'))).toEqual([201, null]);
    // What is committed stays listable; what was not listed is gone.
    expect(code(await commit(url, '1', '1'))).toEqual([201, null]);
  });

  test('has nothing that was not put', async () => {
    const store = new BlobStore('http://127.0.0.1:1', systemSources);
    expect(store.bytes('/a')).toBeUndefined();
    expect(store.downloadUrl('/a', { fileName: 'é".txt' })).toContain('rscd=');
    await uploaded('a', 'bytes');
    const { json } = await call('GetSignedArtifactURL', { name: 'a' });
    await call('DeleteArtifact', { name: 'a' });
    expect(code(await fetch(json.signed_url))).toEqual([404, 'BlobNotFound']);
  });
});
