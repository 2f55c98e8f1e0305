/** Writes reports to files. */

import { constants } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RandomBytes } from '../core/crypto/index.ts';
import { asObject, asText, decodeUtf8, parseJson } from '../core/encoding/index.ts';
import { attempt, CountersignError, fail, systemCode } from '../core/errors/index.ts';
import type { WatchReport } from '../monitor/watch/index.ts';
import {
  describeFile,
  type FileReading,
  type FileWriting,
  makeFolder,
  NotRegularFile,
  readExactly,
  readRegularFile,
  syncFolder,
  writeAtomically,
} from '../node/index.ts';
import { lastSuccess, type OcsfEvent, watchMetrics, watchOcsfEvents, watchPage, watchSarif } from '../report/index.ts';
import type { Delivery } from './delivery.ts';

/** `ocsf`: JSON lines, to which changes are appended. The others are replaced by each run. */
export type FileFormat = 'ocsf' | 'sarif' | 'html' | 'metrics';

/** The functions of a file system that deliveries use. */
export type DeliveryFiles = FileReading & FileWriting & Pick<typeof fs, 'open'>;

export interface FileDeliveryOptions {
  readonly format: FileFormat;
  readonly path: string;
  readonly files: DeliveryFiles;
  readonly random: RandomBytes;
  /** The version of Countersign. */
  readonly version: string;
}

const maxMetricsLength = 4 * 1024 * 1024;
/** The end of a file of events in which those of an interrupted run are looked for, in bytes. */
const tailLength = 8 * 1024 * 1024;

/** Returns the delivery to a file. */
export function fileDelivery(options: FileDeliveryOptions): Delivery {
  const { format, path } = options;
  return {
    name: `${format} ${path}`,
    deliver: async (report) => {
      try {
        await deliver(report, options);
      } catch (cause) {
        if (cause instanceof CountersignError) throw cause;
        if (cause instanceof NotRegularFile || systemCode(cause) === 'EISDIR')
          fail('WRITE_FAILED', `cannot write ${path}: it is not a regular file`, {
            cause,
            remedy: 'Use another path.',
          });
        const code = systemCode(cause);
        if (code === undefined) throw cause;
        fail('WRITE_FAILED', `cannot write ${path}: ${code}`, {
          cause,
          remedy: 'Check the path, the permissions and the free disk space.',
        });
      }
    },
  };
}

async function deliver(report: WatchReport, options: FileDeliveryOptions): Promise<void> {
  const { format, path, files, random, version } = options;
  switch (format) {
    case 'ocsf':
      return append(files, path, watchOcsfEvents(report, version));
    case 'sarif':
      return writeAtomically(files, random, path, watchSarif(report, version));
    case 'html':
      return writeAtomically(files, random, path, watchPage(report));
    case 'metrics':
      return writeAtomically(files, random, path, watchMetrics(report, await earlierSuccess(files, path)));
  }
}

/** Returns the time of the last complete run that the file states, which an incomplete run must not forget. */
async function earlierSuccess(files: FileReading, path: string): Promise<Date | undefined> {
  try {
    return lastSuccess(decodeUtf8(await readRegularFile(files, path, maxMetricsLength)) ?? '');
  } catch (cause) {
    // A file that is too large is not ours, and replaced.
    if (systemCode(cause) === 'ENOENT' || cause instanceof CountersignError) return undefined;
    throw cause;
  }
}

/** Appends the events that the end of the file does not have yet, and stores them on disk. */
async function append(files: DeliveryFiles, path: string, events: readonly OcsfEvent[]): Promise<void> {
  const { O_RDWR, O_CREAT, O_NONBLOCK = 0 } = constants;
  await makeFolder(files, dirname(path));
  // Without O_NONBLOCK, opening a named pipe would wait for a reader.
  await using handle = await files.open(path, O_RDWR | O_CREAT | O_NONBLOCK, 0o644);
  const size = Number((await describeFile(handle, path)).size);
  const length = Math.min(size, Math.max(tailLength, 2 * byteLength(events)));
  const tail = await readExactly(handle, size - length, length, () =>
    fail('WRITE_FAILED', `${path} changed while it was read`, {
      remedy: 'Only one run may write to a file at a time.',
    }),
  );
  const end = tail.lastIndexOf('\n') + 1;
  demandTornLine(tail.subarray(end), path);
  const known = uidsOf(tail.subarray(0, end));
  const lines = events.filter(({ uid }) => !known.has(uid)).map(({ json }) => `${json}\n`);
  // A run that was killed while it wrote left a part of a line, and its event is written again.
  const position = size - length + end;
  if (position < size) await handle.truncate(position);
  const bytes = Buffer.from(lines.join(''));
  for (let written = 0; written < bytes.length; )
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  await handle.sync();
  await syncFolder(files, dirname(path));
}

function byteLength(events: readonly OcsfEvent[]): number {
  return events.reduce((sum, { json }) => sum + Buffer.byteLength(json) + 1, 0);
}

/** The start of each event. */
const eventStart = '{"activity_id":';

/**
 * Demands that the end of the file without a line end is the start of an event: the file of somebody else must not be cut.
 *
 * @throws CountersignError `WRITE_FAILED`
 */
function demandTornLine(rest: Uint8Array, path: string): void {
  const start = Buffer.from(rest.subarray(0, eventStart.length)).toString();
  if (eventStart.startsWith(start) || start === eventStart) return;
  fail('WRITE_FAILED', `cannot append to ${path}: it does not end with an event`, {
    remedy: 'Use a file that contains only events of Countersign, or a new one.',
  });
}

/** Returns the ids of the events in the lines. The first line may be incomplete. */
function uidsOf(lines: Uint8Array): ReadonlySet<string> {
  const uids = new Set<string>();
  for (const line of Buffer.from(lines).toString().split('\n')) {
    if (!line.startsWith(eventStart)) continue;
    const event = attempt(() => asObject(parseJson(Buffer.from(line), { maxLength: tailLength, maxDepth: 32 })));
    const uid = asText(asObject(event?.metadata)?.uid);
    if (uid !== undefined) uids.add(uid);
  }
  return uids;
}
