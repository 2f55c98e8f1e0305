import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { transform } from 'esbuild';
import { built } from '../kit/built.ts';

const source = fileURLToPath(new URL('../../src/node/heap-growth.ts', import.meta.url));

/** Makes garbage of old objects, in a process of its own. Returns the largest heap before a collection, in MiB. */
async function largestHeap(first: string): Promise<number> {
  const { code } = await transform(await readFile(source, 'utf8'), { loader: 'ts' });
  const script = `${code};
    import { getHeapStatistics, setFlagsFromString as set } from 'node:v8';
    set('--semi-space-growth-factor=1');
    ${first};
    const kept = [];
    let largest = 0;
    for (let at = 0; at < 6_000_000; at++) {
      kept[at % 300_000] = { at, text: 'text ' + at };
      if (at % 1000 === 0) largest = Math.max(largest, getHeapStatistics().used_heap_size);
    }
    console.log(largest / 2 ** 20);`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  // V8 reports an option that it does not know there.
  expect(stderr).toBe('');
  return Number(stdout);
}

test('the heap stays smaller than it would otherwise', async () => {
  expect(await largestHeap('growHeapSlowly()')).toBeLessThan((await largestHeap('')) * 0.8);
});

test.each([
  ['an audit', 'audit --state state --trusted-root root.json --retry-budget 0'],
  ['a watch', 'watch --state state --policy missing.yml --retry-budget 0'],
])('%s limits it', async (_, args) => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-heap-'));
  try {
    const spy = `import v8 from 'node:v8';
      import { syncBuiltinESMExports } from 'node:module';
      v8.setFlagsFromString = (flag) => process.stderr.write('flag ' + flag + '\\n');
      syncBuiltinESMExports();`;
    const preload = `--import=data:text/javascript,${encodeURIComponent(spy)}`;
    const ended = promisify(execFile)(process.execPath, [preload, await built('cli.mjs'), ...args.split(' ')], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder },
    });
    expect(await ended.catch((error: unknown) => error)).toMatchObject({
      stderr: expect.stringContaining('flag --heap-growing-percent='),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
