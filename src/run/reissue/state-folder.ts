/**
 * The state of a run: what was done, and every old bundle that was replaced. A process may be killed at any moment; the next run with the same
 * folder continues, and signs nothing twice whose new bundle had been written here.
 */

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { asObject, asText, type JsonObject, parseJsonObject } from '../../core/encoding/index.ts';
import { attempt, CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { makeFolder, pathExists, readRegularFile, writeAtomically } from '../../node/index.ts';
import type { ReissuedSubject } from '../../sign/predicates/index.ts';
import type { World } from '../world/index.ts';
import { type Line, readLines } from './lines.ts';
import { readSubject } from './read-subject.ts';

const schema = 'countersign-reissue-journal/1';
const maxPending = 64 * 1024 * 1024;

/** A new bundle, and what the statement about the run says of it; none for a bundle that was converted without signing. */
export interface NewBundle {
  readonly text: string;
  readonly subject: ReissuedSubject;
}

type StateWorld = Pick<World, 'files' | 'random'>;

/** What the journal of earlier runs says. */
interface Earlier {
  readonly exists: boolean;
  /** The number of signatures that were begun, and of which no run has told the outcome. */
  readonly unknown: number;
  /** Subjects that no statement links yet. */
  readonly unlinked: readonly ReissuedSubject[];
  readonly links: readonly string[];
  /** The length of the whole lines, in bytes. */
  readonly length: number;
}

export class StateFolder implements AsyncDisposable {
  readonly #folder: string;
  readonly #world: StateWorld;
  readonly #handle: FileHandle;
  readonly earlier: Earlier;
  #lines: string[] = [];
  /** The write that is about to begin, which takes further lines. */
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  private constructor(folder: string, world: StateWorld, handle: FileHandle, earlier: Earlier) {
    this.#folder = folder;
    this.#world = world;
    this.#handle = handle;
    this.earlier = earlier;
  }

  /** The path of the journal, which has the outcome of each signature. */
  get journalPath(): string {
    return join(this.#folder, 'journal.jsonl');
  }

  /**
   * Opens the folder, which is created if it does not exist.
   *
   * @param terms describes the run; a folder belongs to one
   * @throws CountersignError `USAGE` for the folder of another run; `STATE_INVALID`, `WRITE_FAILED`
   */
  static async open(folder: string, terms: string, world: StateWorld): Promise<StateFolder> {
    try {
      await makeFolder(world.files, folder);
      const path = join(folder, 'journal.jsonl');
      const { begun, ...read } = await readJournal(path, folder, terms, world);
      // A line that was cut off could not be read together with one that is appended to it.
      if (read.exists) await world.files.truncate(path, read.length);
      let unknown = 0;
      for (const key of begun) if (!(await pathExists(pathOf(folder, 'new', key), world.files))) unknown++;
      const handle = await world.files.open(path, read.exists ? 'a' : 'w', 0o644);
      const state = new StateFolder(folder, world, handle, { ...read, unknown });
      if (!read.exists) await state.append({ schema, terms });
      return state;
    } catch (cause) {
      throw unwritable(folder, cause);
    }
  }

  /** Returns the name under which the state keeps the bundles of a place. */
  keyOf(location: string): string {
    return createHash('sha256').update(location).digest('hex');
  }

  /** Reports whether a place has its new bundle. */
  async isDone(key: string): Promise<boolean> {
    const { files } = this.#world;
    return (await pathExists(this.#path('old', key), files)) && !(await pathExists(this.#path('new', key), files));
  }

  /** Returns the new bundle that was written for a place, but perhaps not delivered; `undefined` if there is none. */
  async readNew(key: string): Promise<NewBundle | undefined> {
    if (!this.earlier.exists) return undefined;
    const path = this.#path('new', key);
    let bytes: Uint8Array;
    try {
      bytes = await readRegularFile(this.#world.files, path, maxPending);
    } catch (cause) {
      if (systemCode(cause) === 'ENOENT') return undefined;
      throw unwritable(this.#folder, cause);
    }
    const stored = attempt(() => parseJsonObject(bytes));
    const subject = readSubject(stored?.subject);
    const text = asText(stored?.text);
    if (text === undefined || subject === undefined)
      fail('STATE_INVALID', `${path} is not a new bundle of a run`, { remedy: 'Delete the file, and run again.' });
    return { text, subject };
  }

  /** Records that a signature is begun. */
  begin(key: string): Promise<void> {
    return this.append({ begun: key });
  }

  /** Keeps a new bundle and the old one, before the new one is delivered. */
  async keep(key: string, made: NewBundle, old: Uint8Array): Promise<void> {
    await this.#write('new', key, JSON.stringify(made));
    await this.#write('old', key, old);
  }

  /** Keeps the old bundle, if the last run was killed before it was. Then nothing was delivered either. */
  async keepOld(key: string, read: () => Promise<{ readonly bytes: Uint8Array }>): Promise<void> {
    if (await pathExists(this.#path('old', key), this.#world.files)) return;
    await this.#write('old', key, (await read()).bytes);
  }

  /** Records that a new bundle was delivered. */
  async finish(key: string, entry: JsonObject, made: NewBundle, kind: string): Promise<void> {
    await this.append({ ...entry, outcome: kind, key, subject: { ...made.subject } });
    await this.#world.files.rm(this.#path('new', key), { force: true });
  }

  /** Writes a statement that links bundles. */
  async link(bundle: string, subjects: readonly ReissuedSubject[], number: number): Promise<string> {
    const path = join(this.#folder, 'links', `${String(number).padStart(4, '0')}.sigstore.json`);
    await this.#guard(() => writeAtomically(this.#world.files, this.#world.random, path, bundle));
    await this.append({ linked: subjects.length, bundle: path });
    return path;
  }

  /** Appends a line to the journal. Lines that come at the same time are written together. */
  async append(entry: object): Promise<void> {
    this.#lines.push(`${JSON.stringify(entry)}\n`);
    // A write that failed was reported by those whose lines it had.
    this.#next ??= this.#last.catch(() => undefined).then(() => this.#writeLines());
    this.#last = this.#next;
    await this.#next;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }

  #writeLines(): Promise<void> {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#next = undefined;
    return this.#guard(() => this.#handle.appendFile(text));
  }

  #write(kind: 'old' | 'new', key: string, content: string | Uint8Array): Promise<void> {
    return this.#guard(() => writeAtomically(this.#world.files, this.#world.random, this.#path(kind, key), content));
  }

  #path(kind: 'old' | 'new', key: string): string {
    return pathOf(this.#folder, kind, key);
  }

  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      throw unwritable(this.#folder, cause);
    }
  }
}

/** Returns the path of a bundle: in one of 256 folders, since some file systems are slow with many files in one. */
function pathOf(folder: string, kind: 'old' | 'new', key: string): string {
  return join(folder, kind, key.slice(0, 2), `${key}.json`);
}

function unwritable(folder: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === undefined) return cause;
  return new CountersignError('WRITE_FAILED', `the state folder ${folder} cannot be used: ${code}`, {
    cause,
    remedy: 'Free space or grant write access, and run again. What was issued again stays so.',
  });
}

interface ReadJournal extends Omit<Earlier, 'unknown'> {
  /** The keys of signatures whose outcome is not recorded. */
  readonly begun: ReadonlySet<string>;
}

const none: ReadJournal = { exists: false, begun: new Set(), unlinked: [], links: [], length: 0 };

/** Reads the journal line by line: only what is not finished is kept. */
async function readJournal(path: string, folder: string, terms: string, { files }: StateWorld): Promise<ReadJournal> {
  const begun = new Set<string>();
  let unlinked: ReissuedSubject[] = [];
  const links: string[] = [];
  let header: JsonObject | undefined;
  let [length, isBegun] = [0, false];
  try {
    for await (const line of readLines(files, path)) {
      if (!line.isWhole) break;
      const entry = entryOf(line, path);
      length = line.end;
      if (header === undefined) {
        header = entry;
        demandSchema(header, folder);
        continue;
      }
      demandTerms(header, folder, terms);
      isBegun = true;
      const key = asText(entry.key);
      if (key !== undefined) begun.delete(key);
      const started = asText(entry.begun);
      if (started !== undefined) begun.add(started);
      const subject = readSubject(entry.subject);
      if (subject !== undefined && entry.outcome === 'reissued') unlinked.push(subject);
      if (typeof entry.linked === 'number') {
        unlinked = unlinked.slice(entry.linked);
        links.push(asText(entry.bundle) ?? '');
      }
    }
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return none;
    throw cause;
  }
  // A run that was refused before it began anything leaves the header alone.
  return isBegun || header?.terms === terms ? { exists: true, begun, unlinked, links, length } : none;
}

function entryOf({ bytes, number }: Line, path: string): JsonObject {
  const entry = bytes && attempt(() => parseJsonObject(bytes));
  return (
    asObject(entry) ??
    fail('STATE_INVALID', `${path}:${number} is not a line of a journal`, { remedy: 'Use a new state folder.' })
  );
}

function demandSchema(header: JsonObject, folder: string): void {
  if (header.schema === schema) return;
  fail('STATE_INVALID', `${folder} is not the state folder of a run`, { remedy: 'Use a new state folder.' });
}

function demandTerms(entry: JsonObject, folder: string, terms: string): void {
  if (entry.terms === terms) return;
  fail('USAGE', `the state folder ${folder} belongs to a run with other options: ${String(entry.terms)}`, {
    remedy: 'To continue that run, use its options. For another run, set `state` to a new folder.',
  });
}
