/** The folder of a watch, in the folder of its audit. Everything in it is untrusted when it is read, and written atomically. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { parseJson } from '../../core/encoding/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { pathExists, readRegularFile, removeUnfinished, syncFolder, writeAtomically } from '../../node/index.ts';
import type { Blindness } from '../evidence/index.ts';
import { Journal, type JournalFiles } from './journal.ts';
import type { HistoryReader, LearningHistory } from './learning-history.ts';
import {
  historyName,
  isHistoryName,
  newState,
  readState,
  stateJson,
  stateLimits,
  type WatchState,
} from './watch-state.ts';

/** The functions of a file system that a watch needs. */
export type WatchFiles = JournalFiles & Pick<typeof fs, 'readdir' | 'stat' | 'lstat' | 'access'>;

export interface WatchSystem {
  readonly files: WatchFiles;
  readonly random: RandomBytes;
}

/** A problem with the state of a watch: it sees less than it should. */
export interface StateProblem {
  readonly cause: Blindness;
  /** A sentence without its full stop. */
  readonly message: string;
}

const stateName = 'state.json';
const journalName = 'journal.jsonl';
/** A state that could not be read is kept under this name. */
const invalidName = 'state-invalid.json';

/** Returns the folder of a watch. @param state the folder of the audit */
export function watchFolder(state: string): string {
  return join(state, 'watch');
}

export class WatchFolder {
  readonly path: string;
  /** The state as it was found; a new one if there is none, or if it cannot be read. */
  readonly found: WatchState;
  readonly history: LearningHistory;
  readonly problems: readonly StateProblem[];
  readonly journal: Journal;
  readonly #system: WatchSystem;
  /** True until a state that could not be read has been put aside. */
  #isInvalid: boolean;
  /** The name of the file of the history that this run wrote. */
  #written: string | undefined;

  private constructor(path: string, { found, history, problems }: Loaded, journal: Journal, system: WatchSystem) {
    this.path = path;
    this.found = found;
    this.history = history;
    this.problems = problems;
    this.journal = journal;
    this.#system = system;
    this.#isInvalid = problems.some(({ cause }) => cause === 'state-invalid');
  }

  /**
   * Opens the folder, which need not exist. A new one gets a state at once, so that a state which is missing later was lost.
   *
   * @param state the folder of the audit
   * @param readHistory reads the file of a history; an empty one without a file
   * @throws the system's error
   */
  static async open(state: string, readHistory: HistoryReader, system: WatchSystem): Promise<WatchFolder> {
    const { files, random } = system;
    const path = watchFolder(state);
    await removeUnfinished(files, path);
    const isNew = await hasNone([stateName, journalName, invalidName], path, files);
    const empty = { found: newState, history: readHistory(undefined), problems: [] };
    const loaded = isNew ? empty : await load(path, readHistory, files);
    const journal = await Journal.open(files, random, join(path, journalName), loaded.found.judged.generation);
    if (journal.problem !== undefined) loaded.problems.push({ cause: 'state-invalid', message: journal.problem });
    const folder = new WatchFolder(path, loaded, journal, system);
    if (isNew) await folder.save(newState);
    return folder;
  }

  /** Replaces the state, and the history that goes with it. @throws the system's error */
  async save(state: WatchState): Promise<void> {
    const { files, random } = this.#system;
    const history = `${JSON.stringify(this.history.json())}\n`;
    const name = historyName(history);
    const path = join(this.path, stateName);
    if (this.#isInvalid) await moveAway(path, join(this.path, invalidName), files);
    this.#isInvalid = false;
    // The state names the file of the history, so that both change at once.
    if (name !== this.#written) await writeAtomically(files, random, join(this.path, name), history);
    this.#written = name;
    await writeAtomically(files, random, path, stateJson(state, name));
    await syncFolder(files, this.path);
    for (const other of await files.readdir(this.path))
      if (isHistoryName(other) && other !== name) await files.rm(join(this.path, other), { force: true });
  }
}

/** Reports whether a folder contains none of some files. */
async function hasNone(names: readonly string[], folder: string, files: WatchFiles): Promise<boolean> {
  const found = await Promise.all(names.map((name) => pathExists(join(folder, name), files)));
  return !found.includes(true);
}

async function moveAway(path: string, to: string, files: WatchFiles): Promise<void> {
  try {
    await files.rename(path, to);
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw cause;
  }
}

interface Loaded {
  readonly found: WatchState;
  readonly history: LearningHistory;
  readonly problems: StateProblem[];
}

async function load(path: string, readHistory: HistoryReader, files: WatchFiles): Promise<Loaded> {
  const read = (name: string): Promise<Buffer> => readRegularFile(files, join(path, name), stateLimits.maxLength);
  const problems: StateProblem[] = [];
  const attempt = async <Value>(what: string, consequence: string, work: () => Promise<Value>) => {
    try {
      return await work();
    } catch (error) {
      problems.push(problemOf(error, what, consequence));
      return undefined;
    }
  };
  const where = `the state of the watch ${join(path, stateName)}`;
  const stored = await attempt(where, 'the findings of earlier runs are lost', async () =>
    readState(await read(stateName)),
  );
  const history =
    stored &&
    (await attempt(`the history ${join(path, stored.history)}`, 'the rules learn again', async () => {
      const bytes = await read(stored.history);
      if (historyName(bytes) !== stored.history) fail('STATE_INVALID', 'it is not the file that the state names');
      return readHistory(parseJson(bytes, stateLimits));
    }));
  return { found: stored?.state ?? newState, history: history ?? readHistory(undefined), problems };
}

/** @throws the error, if it is of the system */
function problemOf(error: unknown, what: string, consequence: string): StateProblem {
  if (systemCode(error) === 'ENOENT')
    return { cause: 'state-missing', message: `${what} is missing, so that ${consequence}` };
  if (!(error instanceof CountersignError)) throw error;
  return { cause: 'state-invalid', message: `${what} is invalid, so that ${consequence}: ${error.message}` };
}
