import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { fault } from '../../../sandbox/index.ts';
import { equalBytes } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { readSigningConfig, readTrustedRoot } from '../../../src/core/trust/index.ts';
import { type LogsOptions, logsOf, openReader } from '../../../src/monitor/readers/index.ts';
import { openWorld, type World } from './kit.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.sandbox.behave());
afterAll(async () => world[Symbol.asyncDispose]());

const trust = () => readTrustedRoot(JSON.stringify(world.sandbox.trustedRoot));
const find = (options: Partial<LogsOptions> = {}) => logsOf(trust(), { http: world.connections.send, ...options });

test('the logs of a trusted root, each shard of Rekor v1 as one', async () => {
  const { urls, rekorV1Log, transparencyLog, frozenLog, certificateLog } = world.sandbox;
  const { logs, unreadable } = await find();
  const [first, second] = rekorV1Log.shards;
  const { hostname, host } = new URL(urls.rekorV1);
  const v1Names = (treeId = 0n) => [`${hostname} - ${treeId}`, `${host} - ${treeId}`];
  expect(unreadable).toEqual([]);
  expect(logs.map(({ protocol, baseUrl, names, isEnded }) => ({ protocol, baseUrl, names, isEnded }))).toEqual([
    { protocol: 'rekor-v2', baseUrl: urls.rekor, names: [transparencyLog.origin, new URL(urls.rekor).host] },
    { protocol: 'rekor-v2', baseUrl: urls.frozenRekor, names: [frozenLog.origin, new URL(urls.frozenRekor).host] },
    { protocol: 'rekor-v1', baseUrl: urls.rekorV1, names: v1Names(first?.treeId), isEnded: true },
    { protocol: 'rekor-v1', baseUrl: urls.rekorV1, names: v1Names(second?.treeId) },
    { protocol: 'rfc6962', baseUrl: urls.certificateLog, names: [certificateLog.origin] },
  ]);
  expect(logs[1]?.validFor.end).toBeInstanceOf(Date);
  for (const log of logs) {
    const head = await openReader(log, { http: world.connections.send }).head();
    expect(log.names).toContain(head.origin);
  }
});

test('a new shard of Rekor v2 is a log of its own, and the one before it is frozen', async () => {
  await using rotated = await openWorld();
  const { sandbox, connections } = rotated;
  await sandbox.rotateRekor();
  const { logs } = await logsOf(readTrustedRoot(JSON.stringify(sandbox.trustedRoot)), { http: connections.send });
  const heads = await Promise.all(
    logs
      .filter(({ protocol }) => protocol === 'rekor-v2')
      .map((log) => openReader(log, { http: connections.send }).head()),
  );
  expect(heads.map(({ frozen }) => frozen).sort()).toEqual([false, true, true]);
});

test('the keys are those of the trusted root', async () => {
  const { logs } = await find();
  const { transparencyLogs, certificateTransparencyLogs } = trust();
  for (const { baseUrl, keyId, publicKey } of logs) {
    const log = [...transparencyLogs, ...certificateTransparencyLogs].find((one) => one.baseUrl === baseUrl);
    expect(equalBytes(log?.keyId ?? new Uint8Array(), keyId)).toBe(true);
    expect(log?.publicKey.spki).toEqual(publicKey.spki);
  }
});

test('the signing config states the API versions, so that logs need not be asked', async () => {
  world.requested();
  await find({ signingConfig: readSigningConfig(JSON.stringify(world.sandbox.signingConfigBothLogs)) });
  expect(world.requested()).toEqual(expect.arrayContaining(['/api/v1/log', '/ct/ct/v1/get-sth']));
  expect(world.sandbox.requests.slice(-2).map(({ path }) => path)).not.toContain('/api/v2/checkpoint');
});

test('a certificate log that only serves tiles', async () => {
  world.sandbox.faults.set({ service: 'ct', matching: /get-sth/ }, fault.status(404));
  const { logs } = await find();
  expect(logs.at(-1)).toMatchObject({ protocol: 'static-ct', baseUrl: world.sandbox.urls.certificateLog });
});

test('logs that do not answer are named, and the others are found', async () => {
  world.sandbox.faults.set('rekor-v1', fault.status(503));
  world.sandbox.faults.set('ct', fault.status(404));
  const { logs, unreadable } = await find();
  expect(logs.map(({ protocol }) => protocol)).toEqual(['rekor-v2', 'rekor-v2']);
  expect(unreadable).toMatchObject([
    { baseUrl: world.sandbox.urls.rekorV1, error: { code: 'SERVICE_UNAVAILABLE' } },
    { baseUrl: world.sandbox.urls.certificateLog, error: { code: 'SERVICE_REFUSED' } },
  ]);
});

test.each(['ctfe.example/2022', 'ftp://ctfe.example', 'https://[', ''])(
  'a log with %j as its URL is named, and the others are found',
  async (baseUrl) => {
    const { certificateTransparencyLogs, ...others } = trust();
    const spoilt = certificateTransparencyLogs.map((log) => ({ ...log, baseUrl }));
    const found = await logsOf({ ...others, certificateTransparencyLogs: spoilt }, { http: world.connections.send });
    expect(found.logs).toHaveLength(4);
    expect(found.unreadable).toMatchObject([{ baseUrl, error: { code: 'TRUSTED_ROOT_INVALID' } }]);
  },
);

test('each shard of Rekor v1 is read under the key that signs it', async () => {
  const { transparencyLogs, ...others } = trust();
  const [v2, , v1] = transparencyLogs;
  if (v1 === undefined || v2 === undefined) throw new Error('no logs');
  const earlierKey = { ...v1, publicKey: v2.publicKey, keyId: new Uint8Array(32) };
  for (const logs of [
    [earlierKey, v1],
    [v1, earlierKey],
  ]) {
    const found = await logsOf({ ...others, transparencyLogs: logs }, { http: world.connections.send });
    const shards = found.logs.filter(({ protocol }) => protocol === 'rekor-v1');
    expect(shards.map(({ publicKey }) => publicKey)).toEqual([v1.publicKey, v1.publicKey]);
  }
  // If no key is named, the shard is not left out, but does not verify.
  const without = [earlierKey, { ...earlierKey, keyId: new Uint8Array(32).fill(1) }];
  const found = await logsOf({ ...others, transparencyLogs: without }, { http: world.connections.send });
  expect(found.logs.filter(({ protocol }) => protocol === 'rekor-v1')).toHaveLength(2);
});

test('a slash at the end of an address is no part of it', async () => {
  const { transparencyLogs, ...others } = trust();
  const logs = transparencyLogs.map((log) => ({ ...log, baseUrl: `${log.baseUrl}/` }));
  const found = await logsOf({ ...others, transparencyLogs: logs }, { http: world.connections.send });
  expect(found.logs[0]?.baseUrl).toBe(world.sandbox.urls.rekor);
});

test('other errors are not taken for an answer of a log', async () => {
  const http = () => Promise.reject(new TypeError('a bug'));
  await expect(find({ http })).rejects.toThrow('a bug');
  const cancelled = () => Promise.reject(new CountersignError('CANCELLED', 'the run was cancelled'));
  await expect(find({ http: cancelled })).rejects.toThrow('the run was cancelled');
});
