/** The time of the last complete run, in a state that others could have changed. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { lastComplete, rememberComplete } from '../../src/action/outage-time.ts';

const now = new Date('2026-11-30T12:00:00Z');
const clock = (): Date => now;

let state = '';
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'countersign-outage-'));
});
afterEach(() => rm(state, { recursive: true, force: true }));

test('is remembered', async () => {
  const at = new Date('2026-11-30T05:00:00Z');
  await rememberComplete(state, at, { files, random: (length) => new Uint8Array(randomBytes(length)) });
  expect(await lastComplete(state, { files, clock })).toEqual(at);
});

test.each([
  ['there is no file', undefined],
  ['it is no JSON', 'x'],
  ['it has another schema', '{"schema":"other","completeAt":"2026-11-30T05:00:00Z"}'],
  ['it has no time', '{"schema":"countersign-monitor/1"}'],
  ['it has a time in the future', '{"schema":"countersign-monitor/1","completeAt":"2026-12-30T05:00:00Z"}'],
  ['it is too long', `{"schema":"countersign-monitor/1","x":"${'x'.repeat(5000)}"}`],
])('is now if %s', async (_, text) => {
  if (text !== undefined) await writeFile(join(state, 'monitor.json'), text);
  expect(await lastComplete(state, { files, clock })).toEqual(now);
});
