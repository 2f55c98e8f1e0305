/** Logs that lie, before a monitor that shares nothing with them: what it finds is what was announced, and nothing else. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type LieName, lieNames, type Sandbox, serviceOf, startSandbox } from '../../index.ts';
import { findings, look, type Reader } from './monitor.ts';
import { certificateLog, rekorV1, rekorV2 } from './readers.ts';

type LogLie = Extract<LieName, `${'rekor-v1' | 'rekor-v2' | 'ct'}:${string}`>;

const expected: Readonly<Record<LogLie, readonly string[]>> = {
  'rekor-v2:forked-tree': ['history is another', 'not cosigned'],
  'rekor-v2:split-view': ['another view', 'history is another', 'not cosigned'],
  'rekor-v2:rolled-back-checkpoint': ['entry is missing', 'entry is not published', 'log has shrunk', 'not cosigned'],
  'rekor-v2:stale-checkpoint': ['entry is not published'],
  'rekor-v2:missing-entry': ['entry is missing', 'entry is not published'],
  'rekor-v2:altered-entry': [
    'another view',
    'answer is of another entry',
    'entries are not the leaves',
    'history is another',
    'proof does not lead to the root',
    'root is not of the entries',
  ],
  'rekor-v2:altered-tile': ['entries are not the leaves'],
  'rekor-v2:another-entry': ['answer is of another entry'],
  'rekor-v2:wrong-root-hash': [
    'another view',
    'not cosigned',
    'proof does not lead to the root',
    'root is not of the entries',
  ],
  'rekor-v2:wrong-inclusion-proof': ['proof does not lead to the root'],
  'rekor-v2:wrong-key-hint': ['key id is another', 'not cosigned'],
  'rekor-v2:checkpoint-by-another-key': ['not cosigned', 'signature does not verify'],
  'rekor-v2:wrong-origin': ['not cosigned', 'origin is another'],
  'rekor-v2:without-checkpoint': ['no checkpoint'],
  'rekor-v1:forked-tree': ['consistency is not proven', 'history is another'],
  'rekor-v1:split-view': ['another view', 'consistency is not proven', 'history is another'],
  'rekor-v1:rolled-back-checkpoint': ['entry is missing', 'entry is not published', 'log has shrunk'],
  'rekor-v1:stale-checkpoint': ['entry is not published'],
  'rekor-v1:missing-entry': ['entry is missing', 'entry is not published'],
  'rekor-v1:altered-entry': [
    'another view',
    'answer is of another entry',
    'entries are not the leaves',
    'history is another',
    'proof does not lead to the root',
    'root is not of the entries',
  ],
  'rekor-v1:another-entry': ['answer is of another entry'],
  'rekor-v1:wrong-root-hash': [
    'another view',
    'consistency is not proven',
    'proof does not lead to the root',
    'root is not of the entries',
  ],
  'rekor-v1:wrong-inclusion-proof': ['proof does not lead to the root'],
  'rekor-v1:wrong-consistency-proof': ['consistency is not proven'],
  'rekor-v1:wrong-key-hint': ['key id is another'],
  'rekor-v1:checkpoint-by-another-key': ['signature does not verify'],
  'rekor-v1:wrong-origin': ['origin is another'],
  'rekor-v1:without-checkpoint': ['no checkpoint'],
  'rekor-v1:promise-by-another-key': ['promise does not verify'],
  'rekor-v1:stale-integrated-time': ['time is another'],
  'rekor-v1:future-integrated-time': ['time is another'],
  'ct:forked-tree': ['consistency is not proven', 'history is another'],
  'ct:rolled-back-checkpoint': ['entry is missing', 'entry is not published', 'log has shrunk'],
  'ct:stale-checkpoint': ['entry is not published'],
  'ct:missing-entry': ['entry is missing', 'entry is not published'],
  'ct:altered-entry': ['entries are not the leaves', 'history is another', 'root is not of the entries'],
  'ct:altered-tile': ['entries are not the leaves'],
  'ct:wrong-root-hash': ['consistency is not proven', 'inclusion is not proven', 'root is not of the entries'],
  'ct:wrong-inclusion-proof': ['inclusion is not proven'],
  'ct:wrong-consistency-proof': ['consistency is not proven'],
  'ct:wrong-tree-head-signature': ['signature does not verify'],
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.behave());

describe.each([
  ['rekor-v2', rekorV2],
  ['rekor-v1', rekorV1],
  ['ct', certificateLog],
] as const)('%s', (service, readerOf) => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await readerOf(sandbox);
    // A proof of consistency has hashes only between trees of some size.
    while ((await look(reader)).size < 6) await reader.submit(() => undefined);
  });

  test('is right', async () => {
    expect(await findings(reader, await look(reader))).toEqual([]);
  });

  const lies = lieNames.filter((name) => serviceOf(name) === service) as readonly LogLie[];
  test.each(lies)('%s', async (name) => {
    const known = await look(reader);
    sandbox.misbehave(name);
    expect(await findings(reader, known)).toEqual(expected[name]);
    sandbox.behave();
    expect(await findings(reader, known)).toEqual([]);
  });
});
