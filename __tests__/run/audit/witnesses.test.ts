/** Witnesses of logs that share an origin. */

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';
import { auditSandbox } from './sandbox-audit.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  sandbox.transparencyLog.append(new Uint8Array(Buffer.from('entry')));
});
afterAll(() => sandbox.close());

test('the checkpoint of the current shard is no view of a frozen one, also if only that one is audited', async () => {
  const { frozenRekor, rekor, witness1 } = sandbox.urls;
  const state = join(await temporaryFolder(), 'state');
  const witnesses = [witness1];
  const { report, codes, outcome } = await auditSandbox(sandbox, state, {
    logs: [frozenRekor],
    witnesses,
    now: new Date(),
  });
  expect({ codes, outcome }).toEqual({ codes: [], outcome: 'clean' });
  expect(report.logs[0]?.notes.join()).toBe(
    `the witness ${witness1}/ has the checkpoint of ${rekor}, which has the same origin`,
  );
});
