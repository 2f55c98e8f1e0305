/** The journal: entries that concern the policy, from the moment at which the audit passes them on until they have been judged. */

import type * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { ProtoField } from '../../core/encoding/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import {
  type FileReading,
  type FileWriting,
  makeFolder,
  readRegularFile,
  syncFolder,
  writeAtomically,
} from '../../node/index.ts';
import { entryKey, readStoredEntry, type StoredEntry, storedEntryJson } from './stored-entry.ts';

/** The functions of a file system that the journal needs. */
export type JournalFiles = FileReading & FileWriting & Pick<typeof fs, 'truncate'>;

const schema = 'countersign-watch-journal/1';
/** In bytes. A journal of this length takes no more entries: the audit stops there, and continues once they have been judged. */
const fullLength = 64 * 1024 * 1024;
/** In bytes. A batch may come after a journal that is nearly full. */
const maxLength = 3 * fullLength;
const maxLine = 1024 * 1024;

interface JournalContent {
  readonly generation: number;
  readonly entries: readonly StoredEntry[];
  /** The index after the last entry that was compared with the policy, by the keys of logs. */
  readonly reached: ReadonlyMap<string, number>;
  /** The length of the complete lines, in bytes. */
  readonly length: number;
  /** A sentence without its full stop: the problem of the first line that cannot be read. */
  readonly problem: string | undefined;
}

const nothing: JournalContent = { generation: 0, entries: [], reached: new Map(), length: 0, problem: undefined };

/**
 * A file with a line for each entry, which is only appended to. A process may be killed at any time: the last line may be cut off. The
 * entries of such a line come again, since the audit has not stored its position after them.
 */
export class Journal {
  readonly #files: JournalFiles;
  readonly #random: RandomBytes;
  readonly #path: string;
  readonly #known: Set<string>;
  readonly #entries: StoredEntry[];
  #generation: number;
  /** In bytes; 0 if there is no file, or one that cannot be read. */
  #length: number;
  /** True if the file has nothing but its header. */
  #isBare: boolean;
  /** Lines that are not on disk yet. */
  #open: string[] = [];
  #openLength = 0;
  readonly #unsaved = new Map<string, number>();
  /** The index after the last entry that was compared with the policy by earlier runs, by the keys of logs. */
  readonly reachedBefore: ReadonlyMap<string, number>;
  /** A sentence without its full stop: the problem of a journal that cannot be read, or not all of it. */
  readonly problem: string | undefined;

  private constructor(files: JournalFiles, random: RandomBytes, path: string, content: JournalContent) {
    this.#files = files;
    this.#random = random;
    this.#path = path;
    this.#generation = content.generation;
    this.#entries = [...content.entries];
    this.reachedBefore = content.reached;
    this.#known = new Set(content.entries.map(entryKey));
    this.#length = content.length;
    this.problem = content.problem;
    this.#isBare = content.entries.length === 0 && content.reached.size === 0 && content.problem === undefined;
  }

  /**
   * Opens the journal, which need not exist. A line that is cut off is removed.
   *
   * @param earlier the generation of an earlier journal of this watch
   * @throws the system's error
   */
  static async open(files: JournalFiles, random: RandomBytes, path: string, earlier: number): Promise<Journal> {
    try {
      const bytes = await readRegularFile(files, path, maxLength);
      const content = readJournal(bytes, path);
      // A line that is appended to one that is cut off could not be read.
      if (content.length < bytes.length) await files.truncate(path, content.length);
      return new Journal(files, random, path, content);
    } catch (error) {
      const content = { ...nothing, generation: earlier };
      if (systemCode(error) === 'ENOENT') return new Journal(files, random, path, content);
      if (!(error instanceof CountersignError)) throw error;
      return new Journal(files, random, path, { ...content, problem: error.message });
    }
  }

  /** Counts the journals of a watch: raised each time that one is replaced. */
  get generation(): number {
    return this.#generation;
  }

  /** The entries, in the order in which they came. */
  get entries(): readonly StoredEntry[] {
    return this.#entries;
  }

  /**
   * Demands room for another batch.
   *
   * @throws CountersignError `LIMIT_EXCEEDED` if the journal is full: its entries must be judged first
   */
  demandRoom(): void {
    if (this.#length + this.#openLength <= fullLength) return;
    fail('LIMIT_EXCEEDED', 'more entries concern the policy than a run can judge: the next run continues there', {
      remedy: 'Run the watch again. If this remains, watch fewer names.',
    });
  }

  /** Adds an entry. @returns true if it is new, and false if it is ignored since it came before */
  add(entry: StoredEntry): boolean {
    const key = entryKey(entry);
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    this.#entries.push(entry);
    this.#append(storedEntryJson(entry));
    return true;
  }

  /** Records that all entries of a log before this index were compared with the policy. */
  advance(log: string, end: number): void {
    this.#unsaved.set(log, end);
  }

  /** Stores everything on disk. @throws the system's error */
  async flush(): Promise<void> {
    for (const [log, reached] of this.#unsaved) this.#append({ reached, log });
    this.#unsaved.clear();
    if (this.#open.length === 0) return;
    if (this.#length === 0) return this.#replace(this.#generation + 1, this.#take());
    const text = this.#take();
    await using handle = await this.#files.open(this.#path, 'a');
    await handle.writeFile(text);
    await handle.sync();
    this.#length += Buffer.byteLength(text);
    this.#isBare = false;
  }

  /**
   * Replaces the journal by one without its first entries, which have been judged. The state has the positions in the logs.
   *
   * @throws the system's error
   */
  async drop(count: number): Promise<void> {
    if (this.#length === 0 || this.#isBare) return;
    for (const entry of this.#entries.splice(0, count)) this.#known.delete(entryKey(entry));
    await this.#replace(this.#generation + 1, this.#entries.map((entry) => lineOf(storedEntryJson(entry))).join(''));
  }

  async #replace(generation: number, lines: string): Promise<void> {
    const text = `${lineOf({ schema, generation })}${lines}`;
    await makeFolder(this.#files, dirname(this.#path));
    await writeAtomically(this.#files, this.#random, this.#path, text);
    await syncFolder(this.#files, dirname(this.#path));
    this.#generation = generation;
    this.#length = Buffer.byteLength(text);
    this.#isBare = lines === '';
  }

  #append(value: object): void {
    const line = lineOf(value);
    this.#open.push(line);
    this.#openLength += line.length;
  }

  #take(): string {
    const text = this.#open.join('');
    this.#open = [];
    this.#openLength = 0;
    return text;
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** @throws CountersignError `STATE_INVALID` for a file that is not a journal */
function readJournal(bytes: Uint8Array, path: string): JournalContent {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const [first = '', ...lines] = Buffer.from(bytes.subarray(0, length)).toString('utf8').split('\n').slice(0, -1);
  const header = lineField(first, `${path}:1`);
  if (header.field('schema').text() !== schema) header.field('schema').fail(`is not ${schema}`);
  const entries: StoredEntry[] = [];
  const reached = new Map<string, number>();
  let problem: string | undefined;
  for (const [at, line] of lines.entries()) {
    try {
      const field = lineField(line, `${path}:${at + 2}`);
      if (field.field('reached').present) reached.set(field.field('log').text(), field.field('reached').safeInteger());
      else entries.push(readStoredEntry(field));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      // The other lines are not lost.
      problem ??= error.message;
    }
  }
  return { generation: header.field('generation').safeInteger(), entries, reached, length, problem };
}

function lineField(line: string, place: string): ProtoField {
  return ProtoField.parse(line, 'STATE_INVALID', place, { maxLength: maxLine });
}
