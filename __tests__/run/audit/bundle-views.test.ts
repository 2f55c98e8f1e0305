/** What bundles show of logs. The bundles are of the public-good instance. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Log, readTrustedRoot } from '../../../src/core/trust/index.ts';
import type { MonitoredLog } from '../../../src/monitor/log/index.ts';
import { bundleViews } from '../../../src/run/audit/bundle-views.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';

const fixture = (path: string) => files.readFile(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');
const bundle = await fixture('vectors/happy-path-v0.1.json');
const trust = readTrustedRoot(await fixture('roots/public-good.trusted_root.json'));

const monitored = (
  { baseUrl, keyId, publicKey, validFor }: Log,
  changes: Partial<MonitoredLog> = {},
): MonitoredLog => ({
  protocol: 'rekor-v1',
  baseUrl,
  keyId,
  publicKey,
  validFor,
  names: ['rekor.sigstore.dev - 1'],
  ...changes,
});
const [rekor] = trust.transparencyLogs;
if (rekor === undefined) throw new Error('the trusted root has a log of Rekor');
const shard = (treeId: string) => monitored(rekor, { names: [`rekor.sigstore.dev - ${treeId}`] });
const shards = ['3904496407287907110', '2605736670972794746', '1193050959916656506'].map(shard);
const certificateLogs = trust.certificateTransparencyLogs.map((log) => monitored(log, { protocol: 'rfc6962' }));

async function read(logs: readonly MonitoredLog[], change: (entry: ReturnType<typeof JSON.parse>) => void = () => {}) {
  const document = JSON.parse(bundle);
  change(document.verificationMaterial.tlogEntries[0]);
  const path = join(await temporaryFolder(), 'bundle.json');
  await files.writeFile(path, JSON.stringify(document));
  return bundleViews([path], { logs, roots: [trust] }, files);
}

const withoutProof = (entry: ReturnType<typeof JSON.parse>) => delete entry.inclusionProof;

describe('the promise of Rekor v1', () => {
  test('concerns the shard of the checkpoint', async () => {
    const { views, promises, problems } = await read(shards);
    expect(views).toMatchObject([{ note: expect.stringMatching(/^rekor\.sigstore\.dev - 2605/), keyId: rekor.keyId }]);
    expect(promises).toMatchObject([{ origin: 'rekor.sigstore.dev - 2605736670972794746', index: 23083061 }]);
    expect(promises[0]?.due).toEqual(new Date(1689177396_000));
    expect(problems).toEqual([]);
  });

  test('without a checkpoint concerns the last known shard that begins before its index', async () => {
    const { promises } = await read([...shards, shard('7')], withoutProof);
    expect(promises).toMatchObject([{ origin: 'rekor.sigstore.dev - 2605736670972794746', index: 23083061 }]);
  });

  test('without a checkpoint concerns the only shard', async () => {
    const { promises } = await read([shard('7')], withoutProof);
    expect(promises).toMatchObject([{ origin: undefined, index: 27246492 }]);
  });

  test('without a checkpoint is named if it may concern several shards', async () => {
    const { promises, problems } = await read([shard('7'), shard('8')], withoutProof);
    expect(promises).toEqual([]);
    expect(problems.join()).toMatch(/it is not known which shard it is about/);
  });

  test('is named if its signature is invalid', async () => {
    const { promises, problems } = await read(shards, (entry) => (entry.integratedTime = '1689177397'));
    expect(promises).toEqual([]);
    expect(problems.join()).toMatch(/^the bundle .*: the signed entry timestamp of the log is invalid/);
  });

  test.each([
    ['of another key', { keyId: new Uint8Array(32) }],
    ['of Rekor v2', { protocol: 'rekor-v2' }],
  ] as const)('does not concern a log %s', async (_, changes) => {
    expect(await read([{ ...shard('2605736670972794746'), ...changes }])).toMatchObject({ promises: [], problems: [] });
  });
});

describe('the promise of a certificate log', () => {
  test('is that of its key, and states no index', async () => {
    const { promises, problems } = await read(certificateLogs);
    expect(problems).toEqual([]);
    expect(promises).toMatchObject([{ origin: undefined, index: undefined }]);
    const [promise] = promises;
    expect(certificateLogs.some(({ keyId }) => keyId === promise?.log.keyId)).toBe(true);
    expect(promise?.due).toEqual(new Date('2023-07-13T15:56:35.979Z'));
  });

  test('does not concern a log of Rekor, or none', async () => {
    expect((await read(certificateLogs.map((log) => ({ ...log, protocol: 'rekor-v2' as const })))).promises).toEqual(
      [],
    );
    const others = certificateLogs.map((log) => ({ ...log, keyId: new Uint8Array(randomBytes(32)) }));
    expect(await read(others)).toMatchObject({ promises: [], problems: [] });
  });

  test('is named if its signature is invalid', async () => {
    const { publicKey } = rekor;
    const { promises, problems } = await read(certificateLogs.map((log) => ({ ...log, publicKey })));
    expect(promises).toEqual([]);
    expect(problems.join()).toMatch(/that is invalid, or whose issuer is not trusted/);
  });
});
