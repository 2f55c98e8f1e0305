/** Runs a re-issue: every old signature is verified, issued again and replaced, with no state that grows with their number. */

import { createHash } from 'node:crypto';
import { formatDigest, parseDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { concurrently } from '../../node/index.ts';
import { worstOf } from '../../report/index.ts';
import { Pace } from '../../services/http/index.ts';
import type { ReissueTerms } from '../../sign/predicates/index.ts';
import { openSigning, type Signing, type SigningRequest, stopsRun } from '../sign/index.ts';
import type { World } from '../world/index.ts';
import { type ExamineOld, type OldPolicy, openExamination } from './examine-old.ts';
import { type Issuer, signingIssuer, toSign, upgradingIssuer, type VerifiedOld, verifiedDigest } from './issue.ts';
import { LinkStatements, statementsAbout } from './link-statements.ts';
import type { BadEntry, OldSignature, Source } from './old-signature.ts';
import type { Outcome, OutcomeKind, Upgrade } from './outcome.ts';
import { recordedBundle } from './recorded-bundle.ts';
import { type NewBundle, StateFolder } from './state-folder.ts';

/** The way in which new bundles are made. */
export type ReissueMode =
  | { readonly kind: 'sign'; readonly signing: SigningRequest; readonly reason: string }
  | { readonly kind: 'upgrade'; readonly upgrade: Upgrade };

/** What a run will do, for the question whether it may. */
export interface ReissuePlan {
  /** The number of signatures that are not done yet. */
  readonly signatures: number;
  /** The number of those that earlier runs have done. */
  readonly done: number;
  /** The greatest number of new log entries, with those of the statements that link the bundles. */
  readonly logEntries: number;
  /** The addresses of the logs. */
  readonly logs: readonly string[];
  readonly isPublic: boolean;
  /** The number of signatures that were under way when an earlier run was killed. Their log entries may exist without a bundle. */
  readonly unknown: number;
}

export interface ReissueRequest {
  readonly source: Source;
  readonly old: OldPolicy;
  readonly mode: ReissueMode;
  /** The folder of the run's state. */
  readonly state: string;
  /** The highest number of signatures that are issued at once. */
  readonly concurrency: number;
  /** Called before anything is signed. What it throws ends the run. */
  readonly confirm: (plan: ReissuePlan) => Promise<void>;
  readonly onOutcome?: (outcome: Outcome, total: number) => void;
}

/** The result of a run. The journal has the outcome of each signature. */
export interface ReissueReport {
  readonly counts: Readonly<Record<OutcomeKind, number>>;
  /** The first failures. */
  readonly failures: readonly Extract<Outcome, { kind: 'failed' }>[];
  /** The most severe failure, also of those that are not in {@link failures}. */
  readonly worst: CountersignError | undefined;
  /** The failure for which the run ended before all signatures were tried. */
  readonly stopped: CountersignError | undefined;
  /** The paths of the statements that link old and new bundles. */
  readonly links: readonly string[];
  /** The path of the journal; `undefined` of a dry run. */
  readonly journal: string | undefined;
  /** See {@link ReissuePlan.unknown}. */
  readonly unknown: number;
  readonly warnings: readonly string[];
}

const maxFailures = 1000;

/**
 * Issues signatures again. A failure does not affect the others, except that after an outage that used up the retry budget no further
 * signature is tried. A run with the same state continues.
 *
 * @throws CountersignError if nothing can be issued at all; what fails for a single signature is in the report
 */
export async function reissueRun(request: ReissueRequest, world: World): Promise<ReissueReport> {
  const { source, old, mode } = request;
  const examine = openExamination(old, world.clock);
  const pace = new Pace(request.concurrency);
  if (mode.kind === 'upgrade') {
    await using state = await StateFolder.open(request.state, termsOf(request), world);
    return await new Run(request, examine, upgradingIssuer(mode.upgrade, examine), state, undefined, pace, world).run(
      [],
    );
  }
  // What cannot be read is noticed before a token is requested.
  await firstOf(source);
  const watched = { ...world, http: pace.watch(world.http) };
  using signing = await openSigning(mode.signing, watched);
  await using state = await StateFolder.open(request.state, termsOf(request), world);
  const links = new LinkStatements(recordTerms(old, mode.reason), signing, state, world);
  const run = new Run(request, examine, signingIssuer(signing, world), state, links, pace, world);
  return await run.run(
    signing.services.transparencyLogs.map(({ url }) => url),
    signing,
  );
}

/** Tells what a run would do: verifies the old signatures, and signs and writes nothing. */
export async function reissueDryRun(
  {
    source,
    old,
    mode,
    concurrency,
    onOutcome,
  }: Pick<ReissueRequest, 'source' | 'old' | 'mode' | 'concurrency' | 'onOutcome'>,
  world: World,
): Promise<ReissueReport> {
  const examine = openExamination(old, world.clock);
  let total = 0;
  for await (const _ of untilAborted(source, world)) total++;
  const tally = new Tally(onOutcome, total);
  const work = async (entry: OldSignature | BadEntry): Promise<Outcome> => {
    if ('error' in entry) return failed(entry.origin, entry.origin, entry.error);
    const { name, place } = entry;
    return orFailed(name, place.location, async () => {
      const verified = await verifyOld(entry, examine);
      if (mode.kind === 'sign') {
        await toSign(verified, undefined);
        return { name, location: place.location, kind: 'would-reissue' };
      }
      const converted = await mode.upgrade(verified.old, entry);
      return converted.kind === 'skipped'
        ? { name, location: place.location, ...converted }
        : { name, location: place.location, kind: 'would-upgrade' };
    });
  };
  for await (const outcome of concurrently(untilAborted(source, world), concurrency, work)) tally.add(outcome);
  return { ...tally.result(), links: [], journal: undefined, unknown: 0, warnings: warningsOf(old) };
}

async function* untilAborted(source: Source, { cancellation }: World): AsyncGenerator<OldSignature | BadEntry> {
  for await (const entry of source.signatures()) {
    if (cancellation.aborted) fail('CANCELLED', 'cancelled before all signatures were examined');
    yield entry;
  }
}

/** Reads a source up to its first entry. */
async function firstOf(source: Source): Promise<void> {
  for await (const _ of source.signatures()) return;
  fail('SUBJECT_MISSING', `${source.title} has no signatures`, { remedy: 'Check the list, or the path.' });
}

async function verifyOld(signature: OldSignature, examine: ExamineOld): Promise<VerifiedOld> {
  const old = await signature.place.read();
  const digests = signature.digests.length > 0 ? signature.digests : (old.digests ?? []);
  const verdict = await examine(old, digests);
  return { signature, old, verdict, digest: verifiedDigest(verdict) };
}

/** One run with its parts. */
class Run {
  readonly #request: ReissueRequest;
  readonly #examine: ExamineOld;
  readonly #issuer: Issuer;
  readonly #state: StateFolder;
  readonly #links: LinkStatements | undefined;
  readonly #pace: Pace;
  readonly #world: World;
  /** The keys of places that are under way: a list may name one twice. */
  readonly #underWay = new Set<string>();
  #stopped: CountersignError | undefined;

  constructor(
    request: ReissueRequest,
    examine: ExamineOld,
    issuer: Issuer,
    state: StateFolder,
    links: LinkStatements | undefined,
    pace: Pace,
    world: World,
  ) {
    this.#request = request;
    this.#examine = examine;
    this.#issuer = issuer;
    this.#state = state;
    this.#links = links;
    this.#pace = pace;
    this.#world = world;
  }

  async run(logs: readonly string[], signing?: Signing): Promise<ReissueReport> {
    const { source, confirm, onOutcome, old } = this.#request;
    const { signatures, done, bad } = await this.#survey();
    const { unknown, unlinked } = this.#state.earlier;
    const statements = this.#links === undefined ? 0 : statementsAbout(signatures + unlinked.length);
    const logEntries = (signatures + statements) * logs.length;
    if (signatures + unlinked.length > 0)
      await confirm({ signatures, done, logEntries, logs, isPublic: signing?.instance.publicLog ?? false, unknown });
    const tally = new Tally(onOutcome, signatures + done + bad);
    const work = (entry: OldSignature | BadEntry): Promise<Outcome | undefined> => this.#one(entry);
    for await (const outcome of concurrently(this.#untilStopped(source), this.#pace.limit, work)) {
      if (outcome === undefined) continue;
      tally.add(outcome);
      await this.#link(() => this.#links?.signFull());
    }
    await this.#link(() => this.#links?.signRest());
    return {
      ...tally.result(),
      stopped: this.#stopped,
      links: this.#links?.paths ?? [],
      journal: this.#state.journalPath,
      unknown,
      warnings: [...warningsOf(old), ...(signing?.instance.warnings ?? [])],
    };
  }

  /** Counts what there is to do. */
  async #survey(): Promise<{ readonly signatures: number; readonly done: number; readonly bad: number }> {
    const { earlier } = this.#state;
    let [signatures, done, bad] = [0, 0, 0];
    for await (const entry of this.#request.source.signatures()) {
      if (this.#world.cancellation.aborted) fail('CANCELLED', 'cancelled before anything was issued again');
      if ('error' in entry) bad++;
      else if (earlier.exists && (await this.#state.isDone(this.#state.keyOf(entry.place.location)))) done++;
      else signatures++;
    }
    return { signatures, done, bad };
  }

  /** Yields what is left, until the run is cancelled or an outage ends it. */
  async *#untilStopped(source: Source): AsyncGenerator<OldSignature | BadEntry> {
    try {
      yield* this.#entriesOf(source);
    } catch (error) {
      // What is under way is finished and reported.
      if (!(error instanceof CountersignError)) throw error;
      this.#stopped ??= error;
    }
  }

  async *#entriesOf(source: Source): AsyncGenerator<OldSignature | BadEntry> {
    for await (const entry of source.signatures()) {
      if (this.#world.cancellation.aborted)
        this.#stopped ??= new CountersignError('CANCELLED', 'cancelled before all signatures were issued again', {
          remedy: 'Run again with the same state to continue.',
        });
      if (this.#stopped !== undefined) return;
      yield entry;
    }
  }

  /** Signs statements that are due. Their failure ends the run: the next one signs them. */
  async #link(sign: () => Promise<void> | undefined): Promise<void> {
    if (this.#stopped !== undefined) return;
    try {
      await sign();
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      this.#stopped = error;
    }
  }

  /** Issues one signature again; returns `undefined` for one that is not tried any more. */
  async #one(entry: OldSignature | BadEntry): Promise<Outcome | undefined> {
    if ('error' in entry) {
      await this.#state.append({ location: entry.origin, outcome: 'failed', ...failureOf(entry.error) });
      return failed(entry.origin, entry.origin, entry.error);
    }
    const { name, place } = entry;
    const base = { name, location: place.location };
    const key = this.#state.keyOf(place.location);
    if (this.#underWay.has(key)) return { ...base, kind: 'done' };
    this.#underWay.add(key);
    try {
      if (await this.#state.isDone(key)) return { ...base, kind: 'done' };
      if (this.#stopped !== undefined) return undefined;
      const outcome = await orFailed(name, place.location, () => this.#pace.take(() => this.#issue(entry, key)));
      if (outcome.kind === 'failed') {
        if (stopsRun(outcome.error)) this.#stopped ??= outcome.error;
        await this.#state.append({ ...base, key, outcome: 'failed', ...failureOf(outcome.error) });
      }
      if (outcome.kind === 'skipped')
        await this.#state.append({ ...base, key, outcome: 'skipped', reason: outcome.reason });
      return outcome;
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #issue(signature: OldSignature, key: string): Promise<Outcome> {
    const kept = await this.#state.readNew(key);
    if (kept !== undefined) return this.#resume(signature, key, kept);
    const verified = await verifyOld(signature, this.#examine);
    const issued = await this.#issuer.make(verified, () => this.#state.begin(key));
    const base = { name: signature.name, location: signature.place.location };
    if (issued.kind === 'skipped') return { ...base, ...issued };
    const { text, verdict } = issued;
    const made: NewBundle = {
      text,
      subject: {
        name: signature.name,
        digest: formatDigest(verified.digest),
        old: recordedBundle(verified.old.bytes, verified.verdict),
        new: recordedBundle(text, verdict),
      },
    };
    await this.#state.keep(key, made, verified.old.bytes);
    return this.#deliver(signature, key, made);
  }

  /** Finishes what an earlier run began: the new bundle is signed, and perhaps delivered. */
  async #resume(signature: OldSignature, key: string, made: NewBundle): Promise<Outcome> {
    await this.#issuer.verify(made.text, parseDigest(made.subject.digest));
    await this.#state.keepOld(key, () => signature.place.read());
    return this.#deliver(signature, key, made);
  }

  async #deliver({ name, place }: OldSignature, key: string, made: NewBundle): Promise<Outcome> {
    await place.deliver(made.text);
    const { kind } = this.#issuer;
    const base = { name, location: place.location };
    const finished = this.#state.finish(key, base, made, kind);
    // Before anything else can be written to the journal: both have the same order.
    this.#links?.add(made.subject);
    await finished;
    return { ...base, kind, oldBundle: made.subject.old.digest, newBundle: made.subject.new.digest };
  }
}

/** Counts outcomes. */
class Tally {
  readonly #onOutcome: ReissueRequest['onOutcome'];
  readonly #total: number;
  readonly #counts: Record<OutcomeKind, number> = {
    reissued: 0,
    upgraded: 0,
    done: 0,
    skipped: 0,
    'would-reissue': 0,
    'would-upgrade': 0,
    failed: 0,
  };
  readonly #failures: Extract<Outcome, { kind: 'failed' }>[] = [];
  #worst: CountersignError | undefined;

  constructor(onOutcome: ReissueRequest['onOutcome'], total: number) {
    this.#onOutcome = onOutcome;
    this.#total = total;
  }

  add(outcome: Outcome): void {
    this.#counts[outcome.kind]++;
    if (outcome.kind === 'failed') {
      this.#worst = worstOf([this.#worst, outcome.error]);
      if (this.#failures.length < maxFailures) this.#failures.push(outcome);
    }
    this.#onOutcome?.(outcome, this.#total);
  }

  result(): Pick<ReissueReport, 'counts' | 'failures' | 'worst' | 'stopped'> {
    return { counts: this.#counts, failures: this.#failures, worst: this.#worst, stopped: undefined };
  }
}

async function orFailed(name: string, location: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return failed(name, location, error);
  }
}

function failed(name: string, location: string, error: CountersignError): Extract<Outcome, { kind: 'failed' }> {
  return { kind: 'failed', name, location, error };
}

function failureOf({ code, message }: CountersignError): { readonly code: string; readonly message: string } {
  return { code, message };
}

function warningsOf({ policy, trust }: OldPolicy): readonly string[] {
  return [...trust.warnings, ...policy.warnings];
}

function recordTerms({ before, without }: OldPolicy, reason: string): ReissueTerms {
  const { logs, authorities, keys } = without;
  return { reason, signedBefore: before, without: [...logs, ...authorities, ...keys] };
}

/** Returns a text that is the same for the runs that may share a state folder. */
function termsOf({ source, old: { before, without }, mode }: ReissueRequest): string {
  const { logs, authorities, keys } = without;
  const terms = {
    source: source.title,
    before: before?.toISOString() ?? null,
    without: [...logs, ...authorities, ...keys].sort(),
    ...(mode.kind === 'sign' ? { reason: mode.reason } : { upgrade: true }),
  };
  const hash = createHash('sha256').update(JSON.stringify(terms)).digest('hex').slice(0, 16);
  return `${source.title} (${hash})`;
}
