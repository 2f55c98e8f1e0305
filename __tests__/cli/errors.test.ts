/** `countersign errors` */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inFlags } from '../../src/cli/option-names.ts';
import { errorReference } from '../../src/core/errors/reference.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace();
});
afterAll(() => job[Symbol.asyncDispose]());

const run = (...args: readonly string[]): Promise<Run> => countersign(job, ['errors', ...args], { cwd });

test.each(['BUNDLE_MISSING', 'bundle_missing'])('%s: its meaning, exit code and remedy', async (code) => {
  const { meaning, remedy } = errorReference.BUNDLE_MISSING;
  const stdout = `BUNDLE_MISSING (exit code 3)\n\n${meaning}\n\nWhat to do: ${inFlags(remedy)}\n`;
  expect(await run(code)).toEqual({ code: 0, signal: null, stdout, stderr: '' });
});

test('without a code, all codes are listed', async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const listed = stdout.match(/^ {2}[A-Z\d_]+(?= {2})/gm)?.map((line) => line.trim());
  expect(listed?.sort()).toEqual(Object.keys(errorReference).sort());
});

test('an unknown code is wrong usage, and the nearest code is suggested', async () => {
  const { code, stdout, stderr } = await run('BUNDEL_MISSING');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('USAGE: "BUNDEL_MISSING" is not an error code');
  expect(stderr).toContain('Did you mean BUNDLE_MISSING?');
});
