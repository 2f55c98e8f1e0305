/** The folder of a watch, in the folder of its audit. Everything in it is untrusted when it is read, and written atomically. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { CountersignError, systemCode } from '../../core/errors/index.ts';
import { pathExists, readRegularFile, removeUnfinished, syncFolder, writeAtomically } from '../../node/index.ts';
import type { Blindness } from '../evidence/index.ts';
import { Journal, type JournalFiles } from './journal.ts';
import {
  isLearnedName,
  newState,
  readLearned,
  readState,
  stateFiles,
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
  readonly problems: readonly StateProblem[];
  readonly journal: Journal;
  readonly #system: WatchSystem;
  /** True until a state that could not be read has been put aside. */
  #isInvalid: boolean;

  private constructor(
    path: string,
    found: WatchState,
    problems: readonly StateProblem[],
    journal: Journal,
    system: WatchSystem,
  ) {
    this.path = path;
    this.found = found;
    this.problems = problems;
    this.journal = journal;
    this.#system = system;
    this.#isInvalid = problems.some(({ cause }) => cause === 'state-invalid');
  }

  /**
   * Opens the folder, which need not exist. A new one gets a state at once, so that a state which is missing later was lost.
   *
   * @param state the folder of the audit
   * @throws the system's error
   */
  static async open(state: string, system: WatchSystem): Promise<WatchFolder> {
    const { files, random } = system;
    const path = watchFolder(state);
    await removeUnfinished(files, path);
    const isNew = await hasNone([stateName, journalName, invalidName], path, files);
    const { found, problems } = isNew ? { found: newState, problems: [] } : await load(path, files);
    const journal = await Journal.open(files, random, join(path, journalName), found.judged.generation);
    if (journal.problem !== undefined) problems.push({ cause: 'state-invalid', message: journal.problem });
    const folder = new WatchFolder(path, found, problems, journal, system);
    if (isNew) await folder.save(newState);
    return folder;
  }

  /** Replaces the state. @throws the system's error */
  async save(state: WatchState): Promise<void> {
    const { files, random } = this.#system;
    const { state: text, learned } = stateFiles(state);
    const path = join(this.path, stateName);
    if (this.#isInvalid) await moveAway(path, join(this.path, invalidName), files);
    this.#isInvalid = false;
    // The state names the file, so that both change at once.
    await writeAtomically(files, random, join(this.path, learned.name), learned.text);
    await writeAtomically(files, random, path, text);
    await syncFolder(files, this.path);
    for (const name of await files.readdir(this.path))
      if (isLearnedName(name) && name !== learned.name) await files.rm(join(this.path, name), { force: true });
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
  readonly problems: StateProblem[];
}

async function load(path: string, files: WatchFiles): Promise<Loaded> {
  const read = (name: string): Promise<Buffer> => readRegularFile(files, join(path, name), stateLimits.maxLength);
  const where = join(path, stateName);
  try {
    const { state, learned } = readState(await read(stateName));
    try {
      return { found: { ...state, learned: readLearned(await read(learned), learned) }, problems: [] };
    } catch (error) {
      const problem = problemOf(error, `what the watch learned ${join(path, learned)}`, 'the rules learn again');
      return { found: { ...state, learned: newState.learned }, problems: [problem] };
    }
  } catch (error) {
    const problem = problemOf(error, `the state of the watch ${where}`, 'the findings of earlier runs are lost');
    return { found: newState, problems: [problem] };
  }
}

/** @throws the error, if it is of the system */
function problemOf(error: unknown, what: string, consequence: string): StateProblem {
  if (systemCode(error) === 'ENOENT')
    return { cause: 'state-missing', message: `${what} is missing, so that ${consequence}` };
  if (!(error instanceof CountersignError)) throw error;
  return { cause: 'state-invalid', message: `${what} is invalid, so that ${consequence}: ${error.message}` };
}
