/** The declarations of the package, in the versions of TypeScript that it is to be used with. `__tests__/package.test.ts` has the newest. */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';
import { checkTypes, type Resolution, resolutions, writeConsumer } from '../kit/consumer.ts';
import { run } from './kit/program.ts';

const typescripts: Readonly<Record<string, string>> = JSON.parse(process.env.COUNTERSIGN_INTEROP_TYPESCRIPTS ?? '{}');
let folder: string;
let consumer: string;

beforeAll(async () => {
  await built('lib/verify.mjs');
  folder = await mkdtemp(join(tmpdir(), 'countersign-types-'));
  consumer = join(folder, 'consumer');
  await mkdir(consumer);
  const npm = async (args: readonly string[], cwd: string) => {
    const { code, stdout, stderr } = await run('npm', args, { cwd, env: { HOME: folder } });
    if (code !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr}`);
    return stdout;
  };
  const [packed] = JSON.parse(await npm(['pack', '--json', '--pack-destination', folder], resolve('.')));
  await npm(['install', '--offline', '--no-save', join(folder, packed.filename)], consumer);
  await writeConsumer(consumer);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('there is the oldest TypeScript that is supported', () => {
  expect(Object.keys(typescripts)[0]).toMatch(/^5\.7\./);
});

describe.each(Object.entries(typescripts))('TypeScript %s', (_, compiler) => {
  test.each(Object.keys(resolutions) as Resolution[])('module resolution %s', async (resolution) => {
    expect(await checkTypes(compiler, consumer, resolution)).toBe('');
  });
});
