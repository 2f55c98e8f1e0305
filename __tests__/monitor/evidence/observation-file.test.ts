import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { foundLog, observation, readEvidence, writeObservation } from '../../../src/monitor/evidence/index.ts';
import { AlteredEntry } from '../../../src/monitor/log/index.ts';
import { expectFailure } from '../../core/errors/failure.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const system = { files, random: randomBytes };
const fake = new FakeLog(Branch.of(8));
const finding = observation('ENTRY_ALTERED', foundLog(fake.log, 'log.example'), 'an altered entry', 'Look again.', [3]);
const context = {
  log: fake.log,
  keySource: 'a test',
  fetched: [{ url: 'https://log.example/x', time: new Date(0), status: 200, sha256: new Uint8Array([1]) }],
  now: new Date('2026-11-30T12:00:00Z'),
  tool: 'countersign test',
};

async function write(folder: string, served: ConstructorParameters<typeof AlteredEntry>[0]) {
  const path = await writeObservation(folder, finding, new AlteredEntry(served), await fake.head(), context, system);
  return path === undefined ? undefined : { path, document: JSON.parse(await files.readFile(path, 'utf8')) };
}

const entry = (length: number) => ({ index: 3, bytes: new Uint8Array(length), expected: undefined });

test('has the log, its checkpoint, and what it served', async () => {
  const written = await write(join(await temporaryFolder(), 'observations'), { entry: entry(2) });
  expect(written?.document).toMatchObject({
    finding: { id: finding.id, code: 'ENTRY_ALTERED', message: 'an altered entry', found: '2026-11-30T12:00:00.000Z' },
    log: { origin: 'log.example', keySource: 'a test' },
    entry: { index: 3, length: 2, bytes: 'AAA=', expected: null },
    bundle: null,
    fetched: [{ url: 'https://log.example/x', status: 200, sha256: '01' }],
    tool: 'countersign test',
  });
});

describe('is bounded', () => {
  const [maxEntry, maxBundle] = [1024 * 1024, 4 * 1024 * 1024];
  test.each([
    [maxEntry, maxBundle, true],
    [maxEntry + 1, maxBundle + 1, false],
  ])('an entry of %d bytes in a bundle of %d', async (entryLength, bundleLength, isKept) => {
    const bundle = { first: 0, bytes: new Uint8Array(bundleLength), hashes: [] };
    const written = await write(await temporaryFolder(), { entry: entry(entryLength), bundle });
    for (const [part, length] of [
      [written?.document.entry, entryLength],
      [written?.document.bundle, bundleLength],
    ]) {
      expect(part).toMatchObject({ length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(part.bytes === null).toBe(!isKept);
    }
  });

  test('to a hundred files', async () => {
    const folder = await temporaryFolder();
    for (let length = 1; length <= 100; length++) expect(await write(folder, { entry: entry(length) })).toBeDefined();
    expect(await write(folder, { entry: entry(101) })).toBeUndefined();
    // One that exists is named.
    expect(await write(folder, { entry: entry(7) })).toBeDefined();
    expect(await files.readdir(folder)).toHaveLength(100);
  });
});

test('is no evidence', async () => {
  const written = await write(await temporaryFolder(), { entry: entry(1) });
  const bytes = new Uint8Array(await files.readFile(written?.path ?? ''));
  expectFailure(() => readEvidence(bytes), 'EVIDENCE_INVALID', /is an observation, and no evidence/);
});
