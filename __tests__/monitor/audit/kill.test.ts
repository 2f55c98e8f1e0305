/** An audit is killed at each step of writing. The next run continues: no entry is lost or passed on twice, and no finding is lost. */

import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { mapConcurrently } from '../../../src/node/index.ts';
import { summaryOf } from '../kit/audit.ts';
import { auditOf, entries, Journal } from '../kit/killed-audit.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

let program = '';
beforeAll(async () => {
  program = join(await temporaryFolder(), 'killed-audit.mjs');
  const entry = new URL('../kit/killed-audit-main.ts', import.meta.url).pathname;
  const external = ['@jest/globals'];
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external,
  });
});

/** Runs the program. Returns what it printed; `undefined` if it was killed. */
function run(folder: string, step: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, folder, String(step)], (error, stdout) => {
      if (error === null) resolve(stdout);
      else if (error.signal === 'SIGKILL') resolve(undefined);
      else reject(error);
    });
  });
}

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Audits to the end, and again, and demands that everything is there once. */
async function expectWhole(folder: string): Promise<void> {
  const report = await auditOf(folder);
  expect(summaryOf(report)).toEqual(['SPLIT_VIEW', 'misbehaviour']);
  expect(report.logs[0]?.coverage).toMatchObject({ from: 0, to: entries, size: entries });
  const lines = await new Journal(join(folder, 'journal'), fs).lines();
  expect([...lines]).toEqual(Array.from({ length: entries }, (_, at) => [at, `entry ${at}`]));
  expect(await readdir(join(folder, 'state', 'evidence'))).toHaveLength(1);
  expect(await readdir(join(folder, 'state'))).toEqual(['audit.json', 'evidence', 'logs']);
  expect(await readdir(join(folder, 'state', 'logs'))).toHaveLength(1);
  const again = await auditOf(folder);
  expect(again.logs[0]).toMatchObject({ coverage: { read: 0 }, findings: [{ isNew: false }] });
  expect(await readdir(join(folder, 'state', 'evidence'))).toHaveLength(1);
}

/** The number of processes that are killed, and of those that run at once. */
const kills = 100;
const atOnce = 4;

test(`killed ${kills} times, at each step of a run and in runs that continue: nothing is lost or reported twice`, async () => {
  const steps = Number(await run(await newFolder(), -1));
  // Each step of a run at least once. The rest are kills of runs that continue.
  expect(steps).toBeGreaterThan(60);
  expect(steps).toBeLessThan(kills);
  const killedAt = async (step: number): Promise<void> => {
    const folder = await newFolder();
    expect(await run(folder, step)).toBeUndefined();
    await expectWhole(folder);
  };
  await mapConcurrently([...Array(steps).keys()], killedAt, atOnce);

  let left = kills - steps;
  while (left > 0) {
    const folder = await newFolder();
    // A step that comes later each time, until a run is short enough to end before it.
    for (let step = 0; left > 0 && (await run(folder, step)) === undefined; step++) left -= 1;
    await expectWhole(folder);
  }
});
