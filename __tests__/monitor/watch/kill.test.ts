/** A watch is killed at each step of writing. The next run continues: no finding is lost, and none is reported twice. */

import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { oneIn } from '../../kit/thorough.ts';
import { deliveries, entries, watched, watchOf } from '../kit/killed-watch.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

let program = '';
beforeAll(async () => {
  program = join(await temporaryFolder(), 'killed-watch.mjs');
  await build({
    entryPoints: [new URL('../kit/killed-watch-main.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@jest/globals'],
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

const alerts = Object.values(watched);

/** Watches to the end, and demands that each finding is there once, was learned once, and was told of once by each delivery. */
async function expectWhole(folder: string): Promise<void> {
  const { report } = await watchOf(folder);
  expect(report.audit.logs[0]?.coverage).toMatchObject({ from: 0, to: entries, size: entries });
  expect(report.incomplete).toEqual([]);
  const [misbehaviour, ...others] = report.open;
  expect(misbehaviour).toMatchObject({ severity: 'critical', about: { kind: 'log', code: 'SPLIT_VIEW' } });
  expect(others.map(({ title }) => title).sort()).toEqual([...alerts].sort());
  for (const name of deliveries) {
    const told = (await readdir(join(folder, name))).filter((file) => file.startsWith('watched'));
    expect(told.map((file) => file.replace(/ \S+$/, '')).sort()).toEqual(
      alerts.map((text) => `${text} created`).sort(),
    );
    expect(await readdir(join(folder, name))).toHaveLength(alerts.length + 1);
  }
  const state = join(folder, 'state', 'watch');
  const names = (await readdir(state)).map((name) => name.replace(/-[0-9a-f]+/, ''));
  expect(names.sort()).toEqual(['history.json', 'journal.jsonl', 'state.json']);
  const history = (await readdir(state)).find((name) => name.startsWith('history')) ?? '';
  expect(JSON.parse(await readFile(join(state, history), 'utf8')).texts).toEqual(alerts);
  const again = await watchOf(folder);
  expect(again.report).toMatchObject({ matched: 0, changes: [], incomplete: [] });
  expect(again.report.open).toHaveLength(alerts.length + 1);
}

test('killed at each step of a run', async () => {
  const steps = Number(await run(await newFolder(), -1));
  expect(steps).toBeGreaterThan(60);
  for (const step of oneIn(3, Array(steps).keys())) {
    const folder = await newFolder();
    expect(await run(folder, step)).toBeUndefined();
    await expectWhole(folder);
  }
});

test('killed in each of many runs, at a step that comes later each time', async () => {
  const folder = await newFolder();
  let kills = 0;
  for (let step = 0; kills < 60; step++) {
    if ((await run(folder, step)) !== undefined) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(5);
  await expectWhole(folder);
});
