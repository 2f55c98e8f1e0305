/** Audits one log: from its last verified state to its current head. */

import { CountersignError, type ErrorCode } from '../../core/errors/index.ts';
import { CompactRange } from '../../core/log/index.ts';
import { type Finding, foundLog, grown, type ObservationCode, observation, watchBlind } from '../evidence/index.ts';
import { AlteredEntry, type LogReader, type MonitoredLog, type TreeHead } from '../log/index.ts';
import { type HistoryEntry, type LogState, logId, maxHistory, type StateFolder } from '../state/index.ts';
import { compareHeads } from './compare-heads.ts';
import { compareViews, type LogViews } from './compare-views.ts';
import { appliesTo, checkQuorum } from './quorum.ts';
import { rangeAtSize } from './range-at-size.ts';
import { type Run, readEntries, WrongPosition } from './read-entries.ts';
import { RecordedFindings } from './recorded-findings.ts';
import type { LogReport } from './report.ts';
import type { AuditRequest, AuditWorld } from './request.ts';
import { hasEnded, stalled } from './stalled.ts';
import { noProgress, Suspicions } from './suspicions.ts';

/** The number of times that a checkpoint is fetched that does not verify. */
const headTries = 3;
const day = 24 * 60 * 60 * 1000;

/** The errors of readers that are findings at once. */
const observed: Readonly<Partial<Record<ErrorCode, ObservationCode>>> = {
  CHECKPOINT_INVALID: 'CHECKPOINT_INVALID',
  CHECKPOINT_ORIGIN: 'CHECKPOINT_ORIGIN',
  ENTRY_ALTERED: 'ENTRY_ALTERED',
  TILES_INCONSISTENT: 'TILES_INCONSISTENT',
};

const remedies: Readonly<Partial<Record<ObservationCode, string>>> = {
  CHECKPOINT_INVALID:
    'Check that the trusted root is current. Otherwise, something between this machine and the log may have changed it.',
  CHECKPOINT_ORIGIN: 'Check the URL of the log in the trusted root.',
};
const lookAgain =
  'Run the audit again, from another network if possible. If the finding remains, ask the operator of the log.';

/** The audit of one log in a run. */
export class LogAudit {
  readonly #log: MonitoredLog;
  readonly #reader: LogReader;
  readonly #folder: StateFolder;
  readonly #run: Run;
  readonly #request: AuditRequest;
  readonly #world: AuditWorld;
  readonly #findings: RecordedFindings;
  readonly #incomplete: string[] = [];
  readonly #notes: string[] = [];
  #state: LogState | undefined;
  #suspicions: Suspicions;
  #head: TreeHead | undefined;
  #origin: string | undefined;
  #isNewBaseline = false;
  #read = 0;
  #hasFailed = false;

  constructor(log: MonitoredLog, folder: StateFolder, run: Run, request: AuditRequest, world: AuditWorld) {
    this.#log = log;
    this.#reader = world.openReader(log);
    this.#folder = folder;
    this.#run = run;
    this.#request = request;
    this.#world = world;
    this.#findings = new RecordedFindings(log, request, world);
    this.#suspicions = new Suspicions([], world.clock());
  }

  /**
   * Audits the log.
   *
   * @throws the system's error for a state that cannot be written; bugs
   */
  async audit(concerning: LogViews): Promise<LogReport> {
    const stored = await this.#folder.read(this.#log);
    if (stored.kind === 'blind') {
      const remedy = 'Restore the state folder from a backup. To begin again with a new baseline, use a new folder.';
      const found = foundLog(this.#log);
      await this.#report([watchBlind(found, stored.cause, `the log cannot be audited: ${stored.message}`, remedy)]);
      this.#incomplete.push('the state of the log cannot be used');
      return this.#result();
    }
    if (stored.kind === 'found') {
      this.#state = stored.state;
      this.#origin = stored.state.verified.head.origin;
      this.#suspicions = new Suspicions(stored.state.suspicions, this.#world.clock());
    }
    if (!this.#isDue()) return this.#result();
    await this.#attempt(() => this.#follow(concerning));
    await this.#end();
    return this.#result();
  }

  /** Reports whether it is time to check the log. A log that has ended is checked monthly, once nothing changes. */
  #isDue(): boolean {
    const state = this.#state;
    const now = this.#world.clock();
    if (state === undefined || !hasEnded(this.#log, now)) return true;
    const { head, since, at } = state.verified;
    const isOver = state.cursor.size === head.size && now.getTime() - since.getTime() >= 7 * day;
    const next = new Date(at.getTime() + 30 * day);
    if (!isOver || now >= next) return true;
    this.#notes.push(`the log has ended, and was read to its end; it is checked again after ${next.toISOString()}`);
    return false;
  }

  async #follow(concerning: LogViews): Promise<void> {
    const head = await this.#fetchHead();
    this.#head = head;
    this.#origin = head.origin;
    const accepted = this.#state === undefined ? await this.#begin(head) : await this.#advance(this.#state, head);
    const { policy } = this.#request;
    const now = this.#world.clock();
    if (policy !== undefined && appliesTo(policy, this.#log))
      await this.#report(await checkQuorum(policy, this.#log, head, now));
    await this.#compareViews(concerning, head);
    if (accepted) await this.#readEntries();
  }

  /** Fetches the head, again if it does not verify: a front end of the log may be broken. */
  async #fetchHead(): Promise<TreeHead> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#reader.head();
      } catch (error) {
        const isInvalid =
          error instanceof CountersignError &&
          (error.code === 'CHECKPOINT_INVALID' || error.code === 'CHECKPOINT_ORIGIN');
        if (!isInvalid || tries === headTries) throw error;
      }
    }
  }

  /** Makes the baseline of a log: nothing is known of it before. */
  async #begin(head: TreeHead): Promise<boolean> {
    const now = this.#world.clock();
    await this.#report(stalled(this.#log, head, undefined, now));
    const range = await this.#reader.rangeOf(head);
    const cursor = await this.#firstPosition(head, range);
    await this.#save({
      verified: { head, range, at: now, since: now },
      cursor,
      baseline: { size: head.size, at: now, from: cursor.size },
      history: [],
      suspicions: [],
      proven: [],
      endedAt: undefined,
    });
    this.#isNewBaseline = true;
    return true;
  }

  async #firstPosition(head: TreeHead, range: CompactRange): Promise<CompactRange> {
    const { from } = this.#request;
    const isAdded = this.#folder.isAdded(this.#log);
    if (from === 'start' || from === 0 || (isAdded && from === 'head')) return CompactRange.empty;
    if (from === 'head' || from >= head.size) return range;
    return rangeAtSize(from, head, await this.#reader.consistencyProof(from, head));
  }

  /** Compares a head with the state. Returns false if it was not accepted. */
  async #advance(state: LogState, head: TreeHead): Promise<boolean> {
    const now = this.#world.clock();
    const old = state.verified;
    const comparison = await compareHeads(this.#reader, state, head);
    if (comparison.kind === 'earlier') {
      await this.#observeEarlier(head, old.head);
      return false;
    }
    await this.#report(comparison.findings);
    if (comparison.kind === 'refused') {
      this.#incomplete.push('the checkpoint of the log was not accepted');
      this.#hasFailed = true;
      return false;
    }
    if (head.size === old.head.size) {
      await this.#report(stalled(this.#log, head, old.since, now));
      // A later note of the same tree may say that the log is frozen. One that says so is kept, since it is evidence.
      this.#state = { ...state, verified: { ...old, head: old.head.frozen ? old.head : head, at: now } };
      return true;
    }
    await this.#report(stalled(this.#log, head, undefined, now));
    if (state.endedAt !== undefined) await this.#reportGrowth(state.endedAt, head);
    const range = await this.#reader.rangeOf(head);
    const past: readonly HistoryEntry[] = [...state.history, { range: old.range, at: old.at }];
    await this.#save({
      ...this.#current(state),
      verified: { head, range, at: now, since: now },
      history: past.slice(-maxHistory),
    });
    return true;
  }

  /** Reports that a shard grew after it had ended. No signature says that it had. */
  async #reportGrowth(endedAt: number, head: TreeHead): Promise<void> {
    const message = `the shard had ended with ${endedAt} entries, and has ${head.size} now`;
    await this.#report([grown(this.#log, endedAt, head, message)]);
  }

  async #observeEarlier(head: TreeHead, old: TreeHead): Promise<void> {
    const message = `the log serves its tree of ${head.size} entries, which is older than the one of ${old.size} entries that was verified`;
    this.#incomplete.push(message);
    this.#hasFailed = true;
    // The size may change while a broken front end catches up.
    if (!this.#suspicions.observe('LOG_ROLLED_BACK', 'checkpoint')) return;
    const remedy =
      'A cache or a front end of the log may be out of date. If the finding remains, ask the operator of the log.';
    await this.#report([observation('LOG_ROLLED_BACK', foundLog(this.#log, old.origin), message, remedy, [old.size])]);
  }

  async #compareViews(concerning: LogViews, head: TreeHead): Promise<void> {
    const context = { trusted: this.#request.trusted, world: this.#world, suspicions: this.#suspicions };
    await compareViews(this.#reader, concerning, head, context, async ({ findings, incomplete, notes, altered }) => {
      await this.#report(findings);
      if (altered !== undefined) await this.#reportObserved('ENTRY_ALTERED', altered);
      this.#incomplete.push(...incomplete);
      this.#notes.push(...notes);
    });
  }

  async #readEntries(): Promise<void> {
    const state = this.#state;
    if (state === undefined || this.#isTreeOnly) return;
    const { head } = state.verified;
    const { cursor } = state;
    if (cursor.size === head.size) return;
    this.#run.announce(head.size - cursor.size);
    if (this.#run.left > 0) {
      await readEntries(this.#reader, cursor, head, this.#run, this.#world.cancellation, async (position) => {
        this.#read = position.size - cursor.size;
        await this.#save({ ...this.#current(state), cursor: position });
      });
    }
    const left = head.size - (this.#state?.cursor.size ?? 0);
    const reason = this.#world.cancellation.aborted ? 'the run was interrupted' : 'the budget of the run ended';
    if (left > 0) this.#incomplete.push(`${reason} before the last ${left} entries`);
  }

  /** Runs a step. What the log or the network did wrong becomes a finding, or a reason why the audit is incomplete. */
  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const found = foundLog(this.#log, this.#origin);
      if (error instanceof WrongPosition) {
        this.#hasFailed = true;
        const remedy = 'Restore the state folder from a backup. To begin again, use a new folder.';
        await this.#report([watchBlind(found, 'state-invalid', error.message, remedy)]);
        return;
      }
      if (!(error instanceof CountersignError)) throw error;
      this.#hasFailed = error.code !== 'CANCELLED';
      this.#incomplete.push(error.message);
      const code = observed[error.code];
      if (code !== undefined) await this.#reportObserved(code, error);
      else if (error.code === 'ENTRIES_WITHHELD' && this.#suspicions.observe('ENTRIES_WITHHELD', 'entries'))
        await this.#report([observation('ENTRIES_WITHHELD', found, error.message, lookAgain)]);
    }
  }

  /** Records an error of the reader as a finding, and keeps what the log served in place of an entry. */
  async #reportObserved(code: ObservationCode, { message, cause }: CountersignError): Promise<void> {
    const found = foundLog(this.#log, this.#origin);
    const remedy = remedies[code] ?? lookAgain;
    const head = this.#head;
    if (!(cause instanceof AlteredEntry) || head === undefined) {
      await this.#report([observation(code, found, message, remedy)]);
      return;
    }
    const index = cause.entry?.index ?? cause.bundle?.first ?? 0;
    const isKept = await this.#findings.addServed(observation(code, found, message, remedy, [index]), cause, head);
    if (!isKept) this.#notes.push('the folder of observations is full, so that what the log served was not kept');
  }

  /** Stores what the run found, and notices that several runs in a row could not read the log. */
  async #end(): Promise<void> {
    const now = this.#world.clock();
    const earlier = this.#folder.logs.get(logId(this.#log))?.failingSince;
    const failingSince = this.#hasFailed ? (earlier ?? now) : undefined;
    if (failingSince !== undefined)
      await this.#report(noProgress(foundLog(this.#log, this.#origin), failingSince, now));
    if (this.#state !== undefined) {
      const { head } = this.#state.verified;
      const hasEndedHere = this.#log.isEnded === true && this.#head?.size === head.size;
      await this.#save({
        ...this.#current(this.#state),
        // A run that did not see the log has not observed that a suspicion is over.
        suspicions: this.#head === undefined ? this.#state.suspicions : this.#suspicions.kept,
        endedAt: hasEndedHere ? head.size : this.#state.endedAt,
      });
    }
    await this.#folder.record([{ log: this.#log, state: this.#state, failingSince }]);
  }

  async #report(findings: readonly Finding[]): Promise<void> {
    for (const finding of findings) await this.#findings.add(finding, this.#state?.proven ?? []);
  }

  /** Returns the state with the misbehaviour that is proven so far. */
  #current(state: LogState): LogState {
    const current = this.#state ?? state;
    return { ...current, proven: this.#findings.proven(current.proven) };
  }

  async #save(state: LogState): Promise<void> {
    await this.#folder.write(this.#log, state);
    this.#state = state;
  }

  get #isTreeOnly(): boolean {
    return this.#request.isTreeOnly?.(this.#log) ?? false;
  }

  #result(): LogReport {
    const state = this.#state;
    const head = this.#head;
    return {
      log: this.#log,
      origin: this.#origin,
      head: head && { size: head.size, root: head.root, time: head.time },
      baseline: state && { ...state.baseline, isNew: this.#isNewBaseline },
      coverage: state && {
        from: state.baseline.from,
        to: state.cursor.size,
        size: state.verified.head.size,
        read: this.#read,
        unreadable: this.#run.unreadable(this.#log),
      },
      ...(this.#isTreeOnly && { isTreeOnly: true }),
      findings: this.#findings.list,
      earlier: state?.proven.filter(({ id }) => !this.#findings.has(id)) ?? [],
      incomplete: this.#incomplete,
      notes: this.#notes,
    };
  }
}
