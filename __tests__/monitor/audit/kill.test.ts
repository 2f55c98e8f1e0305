/** An audit is killed at each step of writing. The next run continues: no entry is lost or passed on twice, and no finding is lost. */

import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { oneIn } from '../../kit/thorough.ts';
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

test('killed at each step of a run', async () => {
  const steps = Number(await run(await newFolder(), -1));
  expect(steps).toBeGreaterThan(40);
  for (const step of oneIn(3, Array(steps).keys())) {
    const folder = await newFolder();
    expect(await run(folder, step)).toBeUndefined();
    await expectWhole(folder);
  }
}, 240_000);

test('killed in each of many runs, at a step that comes later each time', async () => {
  const folder = await newFolder();
  let kills = 0;
  for (let step = 0; kills < 60; step++) {
    if ((await run(folder, step)) !== undefined) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(5);
  await expectWhole(folder);
}, 120_000);
