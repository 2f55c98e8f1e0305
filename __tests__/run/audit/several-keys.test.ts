/** Logs with several keys at one URL, and outages of them. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { fault, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';
import { auditSandbox, start } from './sandbox-audit.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => start });
});
afterEach(() => sandbox.behave());
afterAll(() => sandbox.close());

const minutes = (count: number): Date => new Date(start.getTime() + count * 60_000);
interface TrustedRootJson {
  readonly tlogs: readonly { readonly baseUrl: string; readonly publicKey: object; readonly logId: object }[];
}

/** Returns the trusted root with a second key of Rekor v1, and only that log. */
function twoKeys(): object {
  const root = sandbox.trustedRoot as object as TrustedRootJson;
  const [v1] = root.tlogs.filter(({ baseUrl }) => baseUrl === sandbox.urls.rekorV1);
  const [other] = root.tlogs.filter(({ baseUrl }) => baseUrl === sandbox.urls.rekor);
  return { ...root, ctlogs: [], tlogs: [v1, { ...other, baseUrl: sandbox.urls.rekorV1 }] };
}

interface ListJson {
  readonly logs: readonly { readonly keyId: string; readonly failingSince?: string }[];
}

const listOf = async (state: string): Promise<ListJson['logs']> =>
  (JSON.parse(await readFile(join(state, 'audit.json'), 'utf8')) as ListJson).logs;

test('an outage is recorded for each key, and reported once', async () => {
  const state = join(await temporaryFolder(), 'state');
  const roots = [twoKeys()];
  const through: Parameters<typeof auditSandbox>[2] = { roots };
  sandbox.faults.set('rekor-v1', fault.status(404));
  const first = await auditSandbox(sandbox, state, { ...through, now: minutes(0) });
  expect(first).toMatchObject({ codes: [], outcome: 'incomplete' });
  expect(first.report.incomplete).toEqual([expect.stringContaining(sandbox.urls.rekorV1)]);
  expect((await listOf(state)).map(({ failingSince }) => failingSince)).toEqual([
    minutes(0).toISOString(),
    minutes(0).toISOString(),
  ]);
  const later = await auditSandbox(sandbox, state, { ...through, now: minutes(15) });
  expect(later.codes).toEqual(['WATCH_BLIND', 'WATCH_BLIND']);
  expect(new Set(later.reported.map(({ finding }) => finding.id)).size).toBe(2);
});

test('an outage that is over is forgotten, also for a key without a shard', async () => {
  const state = join(await temporaryFolder(), 'state');
  const roots = [twoKeys()];
  sandbox.faults.set('rekor-v1', fault.status(404));
  await auditSandbox(sandbox, state, { roots, now: minutes(0) });
  sandbox.behave();
  expect(await auditSandbox(sandbox, state, { roots, now: minutes(5) })).toMatchObject({ codes: [], outcome: 'clean' });
  expect((await listOf(state)).filter(({ failingSince }) => failingSince !== undefined)).toEqual([]);
  sandbox.faults.set('rekor-v1', fault.status(404));
  const again = await auditSandbox(sandbox, state, { roots, now: minutes(25) });
  expect(again).toMatchObject({ codes: [], outcome: 'incomplete' });
});

test('a log of two roots that answers once is read', async () => {
  const state = join(await temporaryFolder(), 'state');
  sandbox.faults.set({ service: 'rekor-v1', matching: /\/api\/v1\/log$/ }, fault.status(404), 1);
  const { outcome, report } = await auditSandbox(sandbox, state, {
    roots: [sandbox.trustedRoot, sandbox.trustedRoot],
    logs: [sandbox.urls.rekorV1],
  });
  expect({ outcome, logs: report.logs.length }).toEqual({ outcome: 'clean', logs: 2 });
});
