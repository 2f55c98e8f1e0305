/** `countersign tree`, as somebody runs it who is logged in to a registry. */

import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { parseImageReference } from '../../src/services/registry/index.ts';
import { Job } from '../action/job.ts';
import { attachment, multiPlatform } from '../kit/image-layout.ts';
import { attachInto, pushInto, registriesFor } from '../kit/registries.ts';
import { withHttp } from '../services/loopback.ts';
import { countersign, type Run } from './command.ts';

const built = multiPlatform();
const signature = attachment(built);

let job: Job;
let cwd: string;
let host: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace();
  host = new URL(job.sandbox.urls.registry).host;
  await withHttp(async (http) => {
    const client = registriesFor(http)(parseImageReference(`${host}/owner/app:1`).repository);
    await pushInto(client, built, ['1']);
    await attachInto(client, { subject: built, built: signature });
  });
});
afterAll(() => job[Symbol.asyncDispose]());

const tree = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  countersign(job, ['tree', ...args], { cwd, env });

test('lists what is attached, and says that nothing of it is verified', async () => {
  const { code, stdout, stderr } = await tree([`${host}/owner/app:1`]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`attached, listed by the registry (referrers API):\n└─ ${formatDigest(signature.digest)}  `);
  expect(stdout).toMatch(/\n\nNot verified: .*\n$/);
  expect(stdout).not.toContain('linux/');
  // No terminal is there.
  expect(stdout).not.toContain('\u001b');
});

test('loads no HTTP client but its own', async () => {
  const loaded = "process.moduleLoadList.some((name) => name.includes('deps/undici'))";
  const atExit = `process.on('exit', () => ${loaded} && process.stderr.write('undici was loaded'))`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(atExit)}`;
  expect(await tree([`${host}/owner/app:1`], { NODE_OPTIONS })).toMatchObject({ code: 0, stderr: '' });
});

test('ends as ever where nobody reads what it prints any more', async () => {
  const run = await countersign(job, ['tree', `${host}/owner/app:1`], { cwd, isUnread: true });
  expect(run).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
});

test('by a digest, with gh’s prefix, with each platform, as one line of JSON', async () => {
  const image = `oci://${host}/owner/app@${formatDigest(built.digest)}`;
  const { code, stdout } = await tree([image, '--recursive', '--json']);
  expect(code).toBe(0);
  expect(stdout.split('\n')).toHaveLength(2);
  expect(JSON.parse(stdout)).toMatchObject({
    verified: false,
    image,
    referrers: [{ digest: formatDigest(signature.digest) }],
    manifests: [{ platform: { architecture: 'amd64' } }, { platform: { architecture: 'arm64' } }],
  });
});

test('with the credentials that docker keeps, where the registry asks for them', async () => {
  const { username, password } = job.sandbox.registry.reader;
  const folder = job.path('docker');
  await mkdir(folder);
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  await writeFile(`${folder}/config.json`, JSON.stringify({ auths: { [host]: { auth } } }));
  job.sandbox.registry.configure({ authentication: 'bearer', anonymousPull: false });
  try {
    expect(await tree([`${host}/owner/app:1`])).toMatchObject({ code: 6, stdout: '' });
    expect(await tree([`${host}/owner/app:1`], { DOCKER_CONFIG: folder })).toMatchObject({ code: 0, stderr: '' });
  } finally {
    job.sandbox.registry.configure({ authentication: 'none' });
  }
});

test('waits for a registry as long as it may', async () => {
  job.sandbox.misbehave('registry:503');
  try {
    const once = await tree([`${host}/owner/app:1`, '--retry-budget', '0s']);
    expect(once).toMatchObject({ code: 6, stderr: expect.stringContaining('tried once') });
  } finally {
    job.sandbox.behave();
  }
});

describe('refuses', () => {
  test.each([
    ['alpine', 'neither a tag nor a digest'],
    ['No:Name:', 'is not a valid image name'],
  ])('%s', async (image, text) => {
    expect(await tree([image])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
  });

  test.each(['./layout', 'oci:layout'])('an image layout that is not there: %s', async (image) => {
    expect(await tree([image])).toMatchObject({ code: 3, stderr: expect.stringContaining('SUBJECT_UNREADABLE') });
  });

  test('an image that is not there', async () => {
    const { code, stderr } = await tree([`${host}/owner/app:2`]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^SUBJECT_MISSING: /);
  });
});
