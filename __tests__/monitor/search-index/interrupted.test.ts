/** Ends the writing of an index at every step of the file system, as `kill -9` does, and continues. */

import { randomBytes } from 'node:crypto';
import * as system from 'node:fs/promises';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { IndexBuilder, type IndexFiles, SearchIndex } from '../../../src/monitor/search-index/index.ts';
import { batches, digestOf, log, origin } from './entries.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'index-'));
});
afterEach(() => rm(folder, { recursive: true }));

class Killed extends Error {}

/** Returns a file system that does no more than so many steps. Half of the bytes of a write are written first. */
function killedAfter(steps: number): IndexFiles {
  let left = steps;
  const step = (): void => {
    if (left-- <= 0) throw new Killed();
  };
  const counted =
    <Args extends readonly unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      step();
      return call(...args);
    };
  return {
    ...system,
    mkdir: counted(system.mkdir) as typeof system.mkdir,
    rename: counted(system.rename),
    // A killed process removes nothing.
    rm: counted(system.rm),
    open: async (...args: Parameters<typeof system.open>) => {
      step();
      const handle = await system.open(...args);
      const { writeFile, sync } = handle;
      handle.sync = counted(sync.bind(handle));
      handle.writeFile = async (content) => {
        if (left <= 0 && content instanceof Uint8Array)
          await writeFile.call(handle, content.subarray(0, content.length / 2));
        step();
        await writeFile.call(handle, content);
      };
      return handle;
    },
  };
}

/** Reads 20 batches and saves the position after every third, as an audit does. */
async function run(files: IndexFiles, saved: { position: number }): Promise<void> {
  const builder = new IndexBuilder(files, randomBytes, folder);
  let since = 0;
  for (const batch of batches(saved.position, 200, 10)) {
    await builder.accept(batch, log, origin);
    if (++since % 3 !== 0) continue;
    await builder.flush();
    saved.position = batch.first + batch.entries.length;
  }
  await builder.flush();
  saved.position = 200;
}

test('loses no entry and finds none twice, wherever it is killed', async () => {
  let kills = 0;
  for (let steps = 0; ; steps++) {
    await rm(folder, { recursive: true });
    const saved = { position: 0 };
    try {
      await run(killedAfter(steps), saved);
      break;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      kills++;
    }
    await run(system, saved);
    const index = await SearchIndex.open(system, folder, { origin, keyId: log.keyId });
    expect(index).toMatchObject({ ranges: [{ from: 0, to: 200 }], damaged: [] });
    for (const number of [0, 29, 30, 31, 120, 199]) {
      const found: number[] = [];
      for await (const one of index.candidates([[{ kind: 'digest', value: `sha256:${digestOf(number)}` }]]))
        found.push(one);
      expect(found).toEqual([number]);
    }
    const [logFolder = ''] = await readdir(folder);
    expect(await readdir(join(folder, logFolder))).toEqual(['0000000000000000.idx']);
  }
  expect(kills).toBeGreaterThan(25);
});
