/** Checks files of reports: events are appended once, whatever the last run left, and the others are replaced whole. */

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeliveryFiles, type FileFormat, fileDelivery, testReport } from '../../src/notify/index.ts';
import { lastSuccess, watchOcsfLines, watchPage, watchSarif } from '../../src/report/index.ts';
import { ago, at, change, finding, forked, fullReport, id, note, report } from '../report/watch-reports.ts';
import { failure } from '../services/loopback.ts';

let folder: string;
beforeEach(async () => {
  folder = await files.mkdtemp(join(tmpdir(), 'countersign-file-delivery-'));
});
afterEach(() => files.rm(folder, { recursive: true }));

const version = '1.2.3';
const open = (format: FileFormat, name: string, system: DeliveryFiles = files) =>
  fileDelivery({ format, path: join(folder, name), files: system, random: (length) => randomBytes(length), version });
const read = (name: string) => files.readFile(join(folder, name), 'utf8');
const ids = async (name: string) => {
  const text = await read(name);
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).metadata.uid as string);
};

const first = report({ open: [finding()], changes: [change(finding())] });
const second = report({ at: ago(-1), open: [finding(), forked], changes: [change(finding()), change(forked)] });
const seconds = (time: Date) => time.getTime() / 1000;
const uids = {
  created: `${id(1)}.created.${seconds(at)}`,
  forked: `${id(2)}.created.${seconds(at)}`,
  coverage: `coverage.${seconds(at)}`,
  later: `coverage.${seconds(ago(-1))}`,
};

describe('a file of events', () => {
  test('is created with its folder, and appended to', async () => {
    await open('ocsf', 'logs/events.jsonl').deliver(first);
    expect(await read('logs/events.jsonl')).toBe(`${watchOcsfLines(first, version).join('\n')}\n`);
    await open('ocsf', 'logs/events.jsonl').deliver(report({ at: ago(-1), changes: [change(forked)] }));
    expect(await ids('logs/events.jsonl')).toEqual([uids.created, uids.coverage, uids.forked, uids.later]);
  });

  test('has each event once, also if changes are delivered again', async () => {
    for (const each of [first, first, second, second]) await open('ocsf', 'events').deliver(each);
    expect(await ids('events')).toEqual([uids.created, uids.coverage, uids.forked, uids.later]);
  });

  test('has whole lines after a run that was killed at any byte', async () => {
    const whole = `${watchOcsfLines(first, version).join('\n')}\n`;
    const lengths = Array.from({ length: 40 }, (_, index) => Math.floor((whole.length * index) / 39));
    for (const length of [...lengths, 1, 14, 15, whole.indexOf('\n'), whole.indexOf('\n') + 1]) {
      await files.writeFile(join(folder, 'events'), whole.slice(0, length));
      await open('ocsf', 'events').deliver(first);
      expect(await read('events')).toBe(whole);
    }
  });

  test('keeps what was there before a part of a line', async () => {
    const [line = ''] = watchOcsfLines(first, version);
    await files.writeFile(join(folder, 'events'), `${line.replaceAll(id(1), id(7))}\n${line.slice(0, 100)}`);
    await open('ocsf', 'events').deliver(first);
    expect(await ids('events')).toEqual([uids.created.replace(id(1), id(7)), uids.created, uids.coverage]);
  });

  test('is stored on disk before the delivery ends', async () => {
    const calls: string[] = [];
    const watched: DeliveryFiles = {
      ...files,
      open: async (...args) => {
        const handle = await files.open(...args);
        const { sync, write } = handle;
        handle.sync = () => {
          calls.push(`sync ${args[0] === folder ? 'folder' : 'file'}`);
          return sync.call(handle);
        };
        handle.write = ((...all: Parameters<typeof write>) => {
          calls.push('write');
          return write.apply(handle, all);
        }) as typeof write;
        return handle;
      },
    };
    await open('ocsf', 'events', watched).deliver(first);
    expect(calls).toEqual(['write', 'sync file', 'sync folder']);
  });

  test.each([
    ['no newline', 'text'],
    ['another file', '{"type":"other"}\ntext'],
    ['binary', '\u0000'],
  ])('of somebody else is not cut: %s', async (_, content) => {
    await files.writeFile(join(folder, 'events'), content);
    expect(await failure(open('ocsf', 'events').deliver(first))).toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('does not end with an event'),
    });
    expect(await read('events')).toBe(content);
  });

  test('of gigabytes is read only at its end', async () => {
    const path = join(folder, 'events');
    await using handle = await files.open(path, 'w');
    await handle.truncate(3 * 1024 ** 3);
    await handle.write(`\n${watchOcsfLines(first, version)[0]}\n`, 3 * 1024 ** 3);
    const before = (await handle.stat()).size;
    await open('ocsf', 'events').deliver(first);
    const coverage = `${watchOcsfLines(first, version)[1]}\n`;
    expect((await handle.stat()).size).toBe(before + coverage.length);
  });
});

describe('a file that is replaced', () => {
  test('has the whole report', async () => {
    for (const each of [first, fullReport()]) {
      await open('sarif', 'out/watch.sarif').deliver(each);
      await open('html', 'out/watch.html').deliver(each);
      expect(await read('out/watch.sarif')).toBe(watchSarif(each, version));
      expect(await read('out/watch.html')).toBe(watchPage(each));
    }
    expect(await files.readdir(join(folder, 'out'))).toEqual(['watch.html', 'watch.sarif']);
  });

  test('keeps its former content if it cannot be written', async () => {
    await open('html', 'watch.html').deliver(first);
    const full: DeliveryFiles = {
      ...files,
      rename: async () => {
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
    };
    expect(await failure(open('html', 'watch.html', full).deliver(fullReport()))).toMatchObject({
      code: 'WRITE_FAILED',
      message: `cannot write ${join(folder, 'watch.html')}: ENOSPC`,
      remedy: 'Check the path, the permissions and the free disk space.',
    });
    expect(await read('watch.html')).toBe(watchPage(first));
    expect(await files.readdir(folder)).toEqual(['watch.html']);
  });

  test('of metrics states the last complete run, also after incomplete ones', async () => {
    const metrics = open('metrics', 'watch.prom');
    await metrics.deliver(report({ incomplete: ['GitHub cannot be reached'] }));
    expect(lastSuccess(await read('watch.prom'))).toBeUndefined();
    await metrics.deliver(report());
    for (const days of [-1, -2])
      await metrics.deliver(report({ at: ago(days), incomplete: ['GitHub cannot be reached'] }));
    expect(lastSuccess(await read('watch.prom'))).toEqual(at);
    expect(await read('watch.prom')).toContain(`countersign_last_run_timestamp_seconds ${seconds(ago(-2))}\n`);
  });

  test('of metrics replaces a file that is too large to be one', async () => {
    await files.writeFile(join(folder, 'watch.prom'), '');
    await files.truncate(join(folder, 'watch.prom'), 5 * 1024 * 1024);
    await open('metrics', 'watch.prom').deliver(report());
    expect(await read('watch.prom')).toMatch(/# EOF\n$/);
  });
});

describe('a path that cannot be written', () => {
  test.each(['ocsf', 'html', 'metrics', 'sarif'] as const)('is reported for %s', async (format) => {
    await files.mkdir(join(folder, 'folder'));
    expect(await failure(open(format, 'folder').deliver(first))).toMatchObject({ code: 'WRITE_FAILED' });
    await files.writeFile(join(folder, 'file'), '');
    expect(await failure(open(format, 'file/report').deliver(first))).toMatchObject({ code: 'WRITE_FAILED' });
  });

  test('is reported for a pipe, without waiting', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await failure(open('ocsf', 'pipe').deliver(first))).toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('not a regular file'),
    });
  });
});

test('a test is marked in each format', async () => {
  const tested = testReport('p', at);
  for (const format of ['ocsf', 'sarif', 'html', 'metrics'] as const) await open(format, format).deliver(tested);
  expect(JSON.parse((await read('ocsf')).split('\n')[0] ?? '').metadata.labels).toEqual(['test']);
  expect(JSON.parse(await read('sarif')).runs[0]).toMatchObject({
    properties: { test: true },
    results: [{ message: { text: expect.stringMatching(/^Test\. /) } }],
  });
  expect(await read('html')).toContain('Test report: its finding is not real.');
  expect(await read('metrics')).toContain('countersign_test 1\n');
});

test('the name contains format and path', () => {
  expect(open('ocsf', 'events').name).toBe(`ocsf ${join(folder, 'events')}`);
  expect(note.severity).toBe('note');
});
