/**
 * A program that audits a fake log, and kills itself at a step of writing: `node killed-audit.mjs <folder> <step>`. The folder holds the key
 * of the log, the state, and the journal of what was passed on. Prints the number of steps if it is not killed.
 */

import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { DiskStorage, type SigningKey } from '../../../sandbox/index.ts';
import { keptSigningKey } from '../../../sandbox/pki/index.ts';
import type { EntryConsumer } from '../../../src/monitor/log/index.ts';
import { writeAtomically } from '../../../src/node/index.ts';
import { runAudit } from './audit.ts';
import { Branch, FakeLog } from './fake-log.ts';

export const entries = 300;
/** The entry from which on the bundle's view is another one. */
const forkedAt = 5;

export function killedLog(folder: string): FakeLog {
  const key: SigningKey = keptSigningKey(new DiskStorage(folder), 'log', 'Ed25519');
  const log = new FakeLog(Branch.of(entries), {}, key);
  log.batchLength = 1;
  return log;
}

/** Keeps the entries in a file. An entry that comes again is ignored. */
export class Journal implements EntryConsumer {
  readonly #path: string;
  readonly #files: typeof fs;
  #lines: Map<number, string> | undefined;

  constructor(path: string, files: typeof fs) {
    this.#path = path;
    this.#files = files;
  }

  async accept({ first, entries: added }: Parameters<EntryConsumer['accept']>[0]): Promise<void> {
    const lines = await this.lines();
    for (const [at, bytes] of added.entries())
      if (!lines.has(first + at)) lines.set(first + at, Buffer.from(bytes).toString());
  }

  async flush(): Promise<void> {
    const lines = [...(await this.lines())].map(([index, text]) => `${index}: ${text}\n`);
    await writeAtomically(this.#files, randomBytes, this.#path, lines.join(''));
  }

  async lines(): Promise<Map<number, string>> {
    this.#lines ??= await fs.readFile(this.#path, 'utf8').then(
      (text) => new Map([...text.matchAll(/^(\d+): (.*)$/gm)].map(([, index, line = '']) => [Number(index), line])),
      () => new Map(),
    );
    return this.#lines;
  }
}

/** Audits the log of a folder, with a bundle that shows another view of it. */
export function auditOf(folder: string, files: typeof fs = fs) {
  const log = killedLog(folder);
  const other = log.served.forkAt(forkedAt, entries);
  return runAudit(join(folder, 'state'), [log], {
    from: 'start',
    consumers: [new Journal(join(folder, 'journal'), files)],
    views: [{ source: 'the bundle app.sigstore.json', note: log.note(9, other) }],
    world: { files },
  });
}

/** Returns the file system, with a call before each step of writing. */
export function countingFiles(onStep: () => void): typeof fs {
  const counted = <Call extends (...args: never[]) => unknown>(call: Call): Call =>
    ((...args: Parameters<Call>) => {
      onStep();
      return call(...args);
    }) as Call;
  const open: typeof fs.open = async (path, flags, mode) => {
    const isWriting = flags === 'wx' || flags === 'a';
    if (isWriting) onStep();
    const handle = await fs.open(path, flags, mode);
    if (!isWriting) return handle;
    handle.writeFile = counted(handle.writeFile.bind(handle));
    handle.sync = counted(handle.sync.bind(handle));
    handle.close = counted(handle.close.bind(handle));
    return handle;
  };
  return { ...fs, open, rename: counted(fs.rename), rm: counted(fs.rm), mkdir: counted(fs.mkdir) as typeof fs.mkdir };
}
