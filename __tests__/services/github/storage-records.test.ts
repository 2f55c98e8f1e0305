/** Storage records of an organization, at the sandbox's. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  fault,
  type Sandbox,
  type SandboxRepository,
  secondaryRateLimit,
  startSandbox,
} from '../../../sandbox/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { Secret } from '../../../src/node/index.ts';
import { openStorageRecorder, type StorageRecord, type StorageRecorder } from '../../../src/services/github/index.ts';
import { type HttpConnections, openHttp, withRetries } from '../../../src/services/http/index.ts';
import { failure } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const image = await digest('sha256', Buffer.from('image'));
const record: StorageRecord = { name: 'ghcr.io/octo/app', digest: image, registryUrl: 'https://ghcr.io' };

let sandbox: Sandbox;
let app: SandboxRepository;
let connections: HttpConnections;
let time: SkippedTime;
beforeEach(async () => {
  time = new SkippedTime();
  sandbox = await startSandbox({ clock: time.clock });
  app = sandbox.github.addRepository('octo/app');
  connections = openHttp('countersign');
});
afterEach(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

function recorder(token = sandbox.github.jobToken(app, { 'artifact-metadata': 'write' })): StorageRecorder {
  const http = withRetries(connections.send, { ...time, budget: 60_000, random: half });
  return openStorageRecorder({ http, token: new Secret(token), apiUrl: sandbox.urls.github, clock: time.clock });
}

const kept = () => sandbox.github.storageRecords.all;
const sent = () => sandbox.requests.filter(({ service }) => service === 'github').length;

test('a record has what is known of the artifact', async () => {
  const whole = {
    ...record,
    artifactUrl: 'https://ghcr.io/octo/app',
    repository: 'octo/app',
    version: '1.2.3',
    gitHubRepository: 'app',
  };
  const created = await recorder().create('octo', whole);
  expect(created).toEqual({ ids: [String(kept()[0]?.id)], warnings: [] });
  expect(kept()).toEqual([
    {
      id: expect.any(Number),
      organization: 'octo',
      name: 'ghcr.io/octo/app',
      digest: `sha256:${Buffer.from(image.bytes).toString('hex')}`,
      registryUrl: 'https://ghcr.io',
      artifactUrl: 'https://ghcr.io/octo/app',
      repository: 'octo/app',
      status: 'active',
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      others: { version: '1.2.3', github_repository: 'app' },
    },
  ]);
});

test.each<readonly [string, Partial<StorageRecord>]>([
  ['artifact_url', { artifactUrl: `https://ghcr.io/${'a'.repeat(137)}` }],
  ['artifact_url', { artifactUrl: 'http://ghcr.io/octo/app' }],
  ['repository', { repository: 'r'.repeat(129) }],
  ['version', { version: 'v'.repeat(101) }],
  ['github_repository', { gitHubRepository: 'octo/app' }],
])('what GitHub does not take as %s is left out, with a warning', async (member, change) => {
  const { ids, warnings } = await recorder().create('octo', { ...record, ...change });
  expect(ids).toHaveLength(1);
  expect(warnings).toEqual([expect.stringContaining(`the storage record has no ${member}: "`)]);
});

test('an artifact_url of 152 characters is kept', async () => {
  const artifactUrl = `https://ghcr.io/${'a'.repeat(136)}`;
  expect((await recorder().create('octo', { ...record, artifactUrl })).warnings).toEqual([]);
  expect(kept()[0]?.artifactUrl).toBe(artifactUrl);
});

test.each<readonly [string, Partial<StorageRecord>, string]>([
  ['without a name', { name: '' }, '1 to 256'],
  ['of a long name', { name: 'n'.repeat(257) }, '1 to 256'],
  ['of a long registry', { registryUrl: `https://${'r'.repeat(249)}` }, '1 to 256'],
  ['of a registry without TLS', { registryUrl: 'http://localhost:5000' }, 'https only'],
  ['of another digest', { digest: await digest('sha512', Buffer.from('image')) }, 'SHA-256'],
])('a record %s is refused before it is sent', async (_, change, message) => {
  const error = await failure(recorder().create('octo', { ...record, ...change }));
  expect(error).toMatchObject({ code: 'USAGE', message: expect.stringContaining(message) });
  expect(sent()).toBe(0);
});

test('an organization that is none is refused before anything is sent', async () => {
  expect((await failure(recorder().create('octo/../x', record))).code).toBe('USAGE');
  expect(sent()).toBe(0);
});

test('each registry has its own record, and a repeated one is the same', async () => {
  await recorder().create('octo', record);
  await recorder().create('octo', { ...record, registryUrl: 'https://docker.io' });
  await recorder().create('octo', record);
  expect(kept().map(({ registryUrl }) => registryUrl)).toEqual(['https://docker.io', 'https://ghcr.io']);
});

test('a request whose response is lost is repeated: it updates the same record', async () => {
  sandbox.faults.set('github', fault.afterEffect(fault.status(502)), 1);
  const { ids } = await recorder().create('octo', record);
  expect([ids.length, kept().length, sent()]).toEqual([1, 1, 2]);
});

test('without the permission, the remedy names it', async () => {
  const error = await failure(recorder(sandbox.github.jobToken(app, { attestations: 'write' })).create('octo', record));
  expect(error).toMatchObject({
    code: 'PERMISSION_MISSING',
    remedy: expect.stringContaining('`artifact-metadata: write`'),
  });
});

test('of a user, there are no records', async () => {
  const tool = sandbox.github.addRepository('jane/tool', { ownerType: 'User' });
  const token = sandbox.github.jobToken(tool, { 'artifact-metadata': 'write' });
  const error = await failure(recorder(token).create('jane', record));
  expect(error).toMatchObject({ code: 'SERVICE_REFUSED', remedy: expect.stringContaining('organizations only') });
});

test('a rate limit is no missing permission', async () => {
  sandbox.faults.set('github', secondaryRateLimit(60), 1);
  expect((await failure(recorder().create('octo', record))).code).toBe('RATE_LIMITED');
});
