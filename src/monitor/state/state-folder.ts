/** The folder of an audit: a file for each log, and a list of the logs that tells a lost file from a new log. */

import { createHash } from 'node:crypto';
import type * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { encodeBase64, encodeHex, equalBytes, ProtoField } from '../../core/encoding/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { rootOfRange } from '../../core/log/index.ts';
import {
  type FileReading,
  type FileWriting,
  inTurns,
  pathExists,
  readRegularFile,
  removeUnfinished,
  syncFolder,
  writeAtomically,
} from '../../node/index.ts';
import type { Blindness } from '../evidence/index.ts';
import type { MonitoredLog } from '../log/index.ts';
import { type LogState, logStateJson, readInteger, readLogState } from './log-state.ts';

/** The functions of a file system that the state needs. */
export type StateFiles = FileWriting & FileReading & Pick<typeof fs, 'stat' | 'readdir' | 'lstat' | 'access'>;

export interface StateSystem {
  readonly files: StateFiles;
  readonly random: RandomBytes;
}

/** A log in the list. */
export interface ListedLog {
  readonly baseUrl: string;
  readonly keyId: Uint8Array;
  /** The latest state that was saved; `undefined` if the log was not audited yet. */
  readonly latest: { readonly size: number; readonly root: Uint8Array; readonly cursor: number } | undefined;
  /** The time of the first of several runs in a row that could not read the log; `undefined` if the last one could. */
  readonly failingSince: Date | undefined;
}

/** The state of a log as it was found. */
export type StoredState =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly state: LogState }
  /** The state cannot be used, although there was one. */
  | { readonly kind: 'blind'; readonly cause: Blindness; readonly message: string };

const schema = 'countersign-audit/1';
const listName = 'audit.json';
const logsName = 'logs';
/** In bytes. */
const maxLength = 8 * 1024 * 1024;
const maxLogs = 1024;

/** The parts of a log by which it is found again. */
type LogNames = Pick<MonitoredLog, 'keyId' | 'baseUrl' | 'names'>;

/** Returns the id of a log, which names its file: shards of Rekor v1 have one key and one URL. */
export function logId({ keyId, baseUrl, names }: LogNames): string {
  const text = [encodeHex(keyId), baseUrl, ...names].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export class StateFolder {
  readonly path: string;
  /** True if nothing was audited with this folder before. */
  readonly isNew: boolean;
  /** The problem with the list of logs, if it was lost or cannot be read. */
  readonly problem: { readonly cause: Blindness; readonly message: string } | undefined;
  readonly #system: StateSystem;
  readonly #logs: Map<string, ListedLog>;
  readonly #inTurn = inTurns(1);

  private constructor(
    path: string,
    system: StateSystem,
    found: Pick<StateFolder, 'isNew' | 'problem'>,
    logs: Map<string, ListedLog>,
  ) {
    this.path = path;
    this.isNew = found.isNew;
    this.problem = found.problem;
    this.#system = system;
    this.#logs = logs;
  }

  /**
   * Opens a folder, which need not exist.
   *
   * @throws the system's error; `USAGE` if the path is not a folder
   */
  static async open(path: string, system: StateSystem): Promise<StateFolder> {
    const listPath = join(path, listName);
    try {
      for (const folder of [path, join(path, logsName)]) await removeUnfinished(system.files, folder);
      const bytes = await readRegularFile(system.files, listPath, maxLength);
      return new StateFolder(path, system, { isNew: false, problem: undefined }, readList(bytes));
    } catch (error) {
      if (systemCode(error) === 'ENOTDIR')
        fail('USAGE', `the state ${path} is not a folder`, { remedy: 'Specify a folder with `state`.', cause: error });
      if (systemCode(error) === 'ENOENT') {
        const isNew = !(await pathExists(join(path, logsName), system.files));
        const message = `the list of logs ${listPath} is missing, although the folder contains the state of an audit`;
        return new StateFolder(
          path,
          system,
          { isNew, problem: isNew ? undefined : { cause: 'state-missing', message } },
          new Map(),
        );
      }
      if (!(error instanceof CountersignError)) throw error;
      const problem = {
        cause: 'state-invalid',
        message: `the list of logs ${listPath} is invalid: ${error.message}`,
      } as const;
      return new StateFolder(path, system, { isNew: false, problem }, new Map());
    }
  }

  /** The logs that were known at the last run, by their ids. */
  get logs(): ReadonlyMap<string, ListedLog> {
    return this.#logs;
  }

  /**
   * Reports whether a log was added to the trusted root, or a shard to a log, since the last run. A log that was known then, and not
   * audited, was not added.
   */
  isAdded(log: LogNames): boolean {
    if (this.isNew || this.problem !== undefined || this.#logs.has(logId(log))) return false;
    const others = [...this.#logs.values()].filter((other) => isOneLog(other, log));
    return others.length === 0 || others.some(({ latest }) => latest !== undefined);
  }

  /** Returns the path of the file of a log. */
  pathOf(log: LogNames): string {
    return join(this.path, logsName, `${logId(log)}.json`);
  }

  /**
   * Reads the state of a log. A state that is older than the list says was put there, or restored from a backup.
   *
   * @throws the system's error
   */
  async read(log: MonitoredLog): Promise<StoredState> {
    const path = this.pathOf(log);
    const latest = this.#logs.get(logId(log))?.latest;
    let state: LogState;
    try {
      state = await readLogState(await readRegularFile(this.#system.files, path, maxLength), log);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') {
        if (latest === undefined) return { kind: 'none' };
        const message = `its state ${path} is missing; the log was audited up to ${latest.size} entries`;
        return { kind: 'blind', cause: 'state-missing', message };
      }
      if (!(error instanceof CountersignError)) throw error;
      return { kind: 'blind', cause: 'state-invalid', message: `its state ${path} is invalid: ${error.message}` };
    }
    if (latest === undefined) return { kind: 'found', state };
    const { head } = state.verified;
    const older = (what: string): StoredState => ({
      kind: 'blind',
      cause: 'state-older',
      message: `its state ${path} ${what}`,
    });
    if (head.size < latest.size || state.cursor.size < latest.cursor)
      return older(
        `is older than the last one: it ends at ${head.size} entries, of which ${state.cursor.size} were read; the last one ended at ${latest.size} and ${latest.cursor}`,
      );
    const known = [...state.history.map(({ range }) => range), state.verified.range].find(
      ({ size }) => size === latest.size,
    );
    if (known !== undefined && !equalBytes(rootOfRange(known), latest.root))
      return older(`has another root at ${latest.size} entries than the last one`);
    return { kind: 'found', state };
  }

  /** Writes the state of a log. */
  async write(log: MonitoredLog, state: LogState): Promise<void> {
    const { files, random } = this.#system;
    const path = this.pathOf(log);
    await writeAtomically(files, random, path, logStateJson(state, log));
    await syncFolder(files, dirname(path));
  }

  /**
   * Records logs in the list, with the latest state of each: after its own file, so that the list is never ahead of it.
   *
   * @param failingSince of the log, if this run could not read it
   */
  async record(
    logs: readonly {
      readonly log: LogNames;
      readonly state?: LogState | undefined;
      readonly failingSince?: Date | undefined;
    }[],
  ): Promise<void> {
    for (const { log, state, failingSince } of logs) {
      const id = logId(log);
      const latest =
        state === undefined
          ? this.#logs.get(id)?.latest
          : { size: state.verified.head.size, root: state.verified.head.root, cursor: state.cursor.size };
      this.#logs.set(id, { baseUrl: log.baseUrl, keyId: log.keyId, latest, failingSince });
    }
    await this.#writeList();
  }

  /**
   * Records the logs that a run could not read, and those that it could read again. Of several such runs in a row, the time of the first
   * is kept.
   */
  async recordOutages(
    { failing, over }: { readonly failing: readonly string[]; readonly over: readonly string[] },
    now: Date,
  ): Promise<void> {
    let hasChanged = false;
    const change = (id: string, failingSince: (earlier: Date | undefined) => Date | undefined): void => {
      const listed = this.#logs.get(id);
      const since = failingSince(listed?.failingSince);
      if (listed === undefined || since === listed.failingSince) return;
      this.#logs.set(id, { ...listed, failingSince: since });
      hasChanged = true;
    };
    for (const id of failing) change(id, (earlier) => earlier ?? now);
    for (const id of over) change(id, () => undefined);
    if (hasChanged) await this.#writeList();
  }

  #writeList(): Promise<void> {
    return this.#inTurn(async () => {
      const { files, random } = this.#system;
      await writeAtomically(files, random, join(this.path, listName), listJson(this.#logs));
      await syncFolder(files, this.path);
    });
  }
}

/** Reports whether two are the same log of a trusted root, or shards of it. */
export function isOneLog(a: Pick<LogNames, 'baseUrl' | 'keyId'>, b: Pick<LogNames, 'baseUrl' | 'keyId'>): boolean {
  return a.baseUrl === b.baseUrl && equalBytes(a.keyId, b.keyId);
}

function listJson(logs: ReadonlyMap<string, ListedLog>): string {
  const document = {
    schema,
    logs: [...logs].map(([id, { baseUrl, keyId, latest, failingSince }]) => ({
      id,
      baseUrl,
      keyId: encodeBase64(keyId),
      ...(latest && { latest: { size: latest.size, root: encodeBase64(latest.root), cursor: latest.cursor } }),
      ...(failingSince && { failingSince: failingSince.toISOString() }),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function readList(bytes: Uint8Array): Map<string, ListedLog> {
  const file = ProtoField.parse(bytes, 'STATE_INVALID', 'list', { maxLength });
  if (file.field('schema').text() !== schema) file.field('schema').fail(`is not ${schema}`);
  return new Map(
    file
      .field('logs')
      .list(maxLogs)
      .map((field) => [field.field('id').text(), readListed(field)]),
  );
}

function readListed(field: ProtoField): ListedLog {
  const latest = field.field('latest');
  return {
    baseUrl: field.field('baseUrl').text(),
    keyId: field.field('keyId').data(),
    latest: latest.present ? readLatest(latest) : undefined,
    failingSince: field.field('failingSince').time(),
  };
}

function readLatest(field: ProtoField): NonNullable<ListedLog['latest']> {
  const [size, cursor] = [readInteger(field.field('size')), readInteger(field.field('cursor'))];
  if (cursor > size) field.field('cursor').fail(`is after the ${size} entries of the tree`);
  const root = field.field('root').data();
  if (root.length !== 32) field.field('root').fail('is not a hash');
  return { size, root, cursor };
}
