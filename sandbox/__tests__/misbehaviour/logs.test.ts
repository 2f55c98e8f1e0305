/** Logs that lie, before a monitor that shares nothing with them: what it finds is what was announced, and nothing else. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  exampleJob,
  generateSigningKey,
  jobIdentity,
  type LieName,
  lieNames,
  type Sandbox,
  serviceOf,
  startSandbox,
} from '../../index.ts';
import { findings, look, type Reader } from './monitor.ts';
import { certificateLog, rekorV1, rekorV2 } from './readers.ts';

type LogLie = Extract<LieName, `${'rekor-v1' | 'rekor-v2' | 'ct'}:${string}`>;

const expected: Readonly<Record<LogLie, readonly string[]>> = {
  'rekor-v2:forked-tree': ['history is another', 'not cosigned'],
  'rekor-v2:split-view': ['another view', 'history is another', 'not cosigned'],
  'rekor-v2:late-split-view': ['another view', 'entry is missing', 'not cosigned'],
  'rekor-v2:withheld-entries': ['entry is missing'],
  'rekor-v2:collected-partials': [],
  'rekor-v2:thawed-log': ['an ended shard has changed'],
  'rekor-v2:hundred-signatures': ['signed by strangers'],
  'rekor-v2:without-cosignatures': ['not cosigned'],
  'rekor-v2:cosignatures-by-another-key': ['cosignature does not verify'],
  'rekor-v2:stale-cosignatures': ['cosignature is of another time'],
  'rekor-v2:future-cosignatures': ['cosignature is of another time'],
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
  'rekor-v1:late-split-view': ['another view', 'entry is missing'],
  'rekor-v1:withheld-entries': ['entry is missing'],
  'rekor-v1:changed-inactive-shard': ['an ended shard has changed'],
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
  'ct:withheld-entries': ['entry is missing'],
  'ct:collected-partials': [],
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

test.each([
  ['rekor-v2', '/api/v2/tile/0/', '/api/v2/tile/entries/'],
  ['rekor-v2', '/tile/0/', '/tile/entries/'],
  ['ct', '/ct/tile/0/', '/ct/tile/data/'],
] as const)('%s: partial tiles below %s are collected once the full ones exist', async (service, ...paths) => {
  const { certificateAuthority, transparencyLog, certificateLog: certificates, urls } = sandbox;
  const store = service === 'ct' ? certificates.store : transparencyLog.store;
  const { publicKey } = generateSigningKey('P-256');
  while (store.size < 300) {
    if (service === 'ct') certificateAuthority.issue({ publicKey, ...jobIdentity({ ...exampleJob, iss: 'x' }) });
    else transparencyLog.append(Buffer.from(`filler ${store.size}`));
  }
  const origin = service === 'ct' ? new URL(urls.certificateLog).origin : urls.rekor;
  const statuses = async () => {
    const tiles = ['000', '000.p/44', '001', `001.p/${store.size - 256}`].flatMap((tile) =>
      paths.map((path) => origin + path + tile),
    );
    return Promise.all(tiles.map(async (url) => (await fetch(url)).status));
  };
  expect(await statuses()).toEqual([200, 200, 200, 200, 404, 404, 200, 200]);
  sandbox.misbehave(`${service}:collected-partials`);
  expect(await statuses()).toEqual([200, 200, 404, 404, 404, 404, 200, 200]);
});

test('readers of an entry that was there before a late split view see the same as signers', async () => {
  const { transparencyLog: log, urls } = sandbox;
  const before = log.size;
  sandbox.misbehave('rekor-v2:late-split-view');
  log.append(Buffer.from('the true entry'));
  const read = async (): Promise<readonly string[]> => {
    const bundle = Buffer.from(
      await (await fetch(`${urls.rekor}/tile/entries/${tileOf(before)}`)).arrayBuffer(),
    ).toString('latin1');
    const [, size, root] = (await (await fetch(`${urls.rekor}/checkpoint`)).text()).split('\n');
    return [String(size), String(root === Buffer.from(log.root()).toString('base64')), bundle.slice(-14)];
  };
  expect(await read()).toEqual([String(before + 1), 'false', expect.not.stringContaining('the true entry')]);
  sandbox.behave();
  expect(await read()).toEqual([String(before + 1), 'true', 'the true entry']);
});

/** The path of the bundle that ends with an entry. */
function tileOf(index: number): string {
  const [tile, width] = [Math.floor(index / 256), (index % 256) + 1];
  return `${String(tile).padStart(3, '0')}.p/${width}`;
}
