/** What becomes of entries and findings over several runs of a watch. */

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../../src/core/errors/index.ts';
import type { Verdict, WatchedEntry } from '../../../src/monitor/rules/index.ts';
import type { PackageObservation, WatchFinding, WatchReport } from '../../../src/monitor/watch/index.ts';
import type { Acknowledgement, WatchedPackage } from '../../../src/monitor/watch-policy/index.ts';
import { minutesLater, runAudit, start } from '../kit/audit.ts';
import { FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { branchWith, CountingHistory, observed, ruleFor, runWatch, textOf, titlesOf } from '../kit/watch.ts';

const day = 24 * 60;

function logWith(watched: Readonly<Record<number, string>>, count = 20): FakeLog {
  return new FakeLog(branchWith(count, watched));
}

/** Returns a log that has ended, and is no finding when it does not grow. */
function endedLogWith(watched: Readonly<Record<number, string>>): FakeLog {
  return new FakeLog(branchWith(20, watched), {
    validFor: { start: new Date('2025-01-01'), end: new Date('2026-01-01') },
  });
}

function acknowledgement(id: string, until: Date): Acknowledgement {
  return { place: { line: 9 }, what: { kind: 'finding', id }, reason: 'A known release.', until };
}

function only({ open }: WatchReport): WatchFinding {
  const [finding, ...others] = open;
  if (finding === undefined || others.length > 0) throw new Error(`${open.length} findings are open`);
  return finding;
}

describe('entries', () => {
  test('that no rule objects to give no finding', async () => {
    const state = await temporaryFolder();
    const { report } = await runWatch(state, [logWith({ 3: 'watched and fine', 7: 'watched too' })], { from: 'start' });
    expect(report).toMatchObject({ matched: 2, open: [], changes: [], incomplete: [], pending: 0 });
  });

  test('that a rule observes are reported once, and stay open', async () => {
    const state = await temporaryFolder();
    const log = logWith({ 3: 'watched alert' });
    const first = (await runWatch(state, [log], { from: 'start' })).report;
    expect(only(first)).toMatchObject({
      rule: { id: 'P01', name: 'rule-p01' },
      severity: 'alert',
      title: 'watched alert',
      about: { kind: 'entry', entry: { index: 3, log: { origin: 'log.example' } } },
      firstSeen: start,
      line: 3,
    });
    expect(first.changes).toMatchObject([{ activity: 'created', at: start }]);
    const later = (await runWatch(state, [log], { now: minutesLater(10) })).report;
    expect(later).toMatchObject({ matched: 0, changes: [], incomplete: [] });
    expect(only(later)).toEqual(only(first));
  });

  test('are the same finding in every watch', async () => {
    const log = logWith({ 3: 'watched alert' });
    const ids = [];
    for (const _ of [1, 2])
      ids.push(only((await runWatch(await temporaryFolder(), [log], { from: 'start' })).report).id);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  test('on which several rules agree are more severe', async () => {
    const rules = [ruleFor('P01', 'one', { severity: 'note' }), ruleFor('P02', 'two'), ruleFor('P03', 'three')];
    const log = logWith({ 1: 'watched one', 2: 'watched one two', 3: 'watched one two three' });
    const { report } = await runWatch(await temporaryFolder(), [log], { from: 'start', rules });
    const severities = report.open.map(({ title, rule, severity }) => `${title}: ${rule.id} ${severity}`);
    expect(severities.sort()).toEqual([
      'watched one two three: P01 critical',
      'watched one two three: P02 critical',
      'watched one two three: P03 critical',
      'watched one two: P01 alert',
      'watched one two: P02 critical',
      'watched one: P01 note',
    ]);
    expect(report.open.map(({ severity }) => severity)).toEqual([...Array(4).fill('critical'), 'alert', 'note']);
  });

  test('that anyone can log in any number leave room for those of other rules and severities', async () => {
    const state = await temporaryFolder();
    const texts = Array.from({ length: 150 }, (_, at) => [at, 'watched noise'] as const);
    const log = logWith(Object.fromEntries([...texts, [150, 'watched forged'], [151, 'watched alert']]), 160);
    const rules = [
      ruleFor('P23', 'noise'),
      ruleFor('P01', 'alert'),
      ruleFor('P02', 'forged', {
        check: (entry) => (textOf(entry).includes('forged') ? observed('forged') : undefined),
      }),
    ];
    const { report } = await runWatch(state, [log], { from: 'start', rules });
    const kinds = report.open.map(({ rule, about }) => `${rule.id} ${about.kind}`);
    expect(kinds.filter((kind) => kind === 'P23 entry')).toHaveLength(100);
    expect(kinds.filter((kind) => kind !== 'P23 entry').sort()).toEqual(['P01 entry', 'P02 entry', 'P23 log']);
    const more = report.open.find(({ about }) => about.kind === 'log');
    expect(more).toMatchObject({
      severity: 'alert',
      title: 'rule P23 finds more entries than are listed',
      reason: expect.stringContaining('has the index 149.'),
      about: { url: log.log.baseUrl, code: 'FINDINGS_UNLISTED' },
    });
    expect(report.incomplete).toEqual([]);
    const later = (await runWatch(state, [log], { rules, now: minutesLater(1) })).report;
    expect(later.open.map(({ id }) => id).sort()).toEqual(report.open.map(({ id }) => id).sort());
    expect(later.changes).toEqual([]);
  });

  test('that are too long to be stored are reported without their content', async () => {
    const long = `watched alert ${'x'.repeat(200 * 1024)}`;
    const rule = ruleFor('P23', 'alert', {
      check: (entry) => observed(entry.problems.map(({ reason }) => reason).join()),
    });
    const log = logWith({ 3: long });
    const { report } = await runWatch(await temporaryFolder(), [log], { from: 'start', rules: [rule] });
    expect(only(report)).toMatchObject({ title: 'too long to be stored', about: { entry: { index: 3 } } });
  });
});

describe('the policy', () => {
  const rules = [ruleFor('P01', 'alert'), ruleFor('P07', 'quiet', { severity: 'off' })];
  const log = logWith({ 3: 'watched alert', 4: 'watched quiet' });

  test('sets the severities of rules', async () => {
    const set = new Map([['P01', 'note'] as const, ['P07', 'alert'] as const]);
    const { report } = await runWatch(await temporaryFolder(), [log], { from: 'start', rules, policy: { rules: set } });
    expect(report.open.map(({ rule, severity }) => `${rule.id} ${severity}`)).toEqual(['P07 alert', 'P01 note']);
  });

  test('does not raise what a rule reports as a note', async () => {
    const check = (entry: WatchedEntry): Verdict | undefined =>
      textOf(entry).includes('alert')
        ? { kind: 'observed', severity: 'note', title: 'a note', reason: 'A reason.', remedy: 'A remedy.' }
        : undefined;
    const set = new Map([['P01', 'alert'] as const]);
    const noted = [ruleFor('P01', 'alert', { check })];
    const { report } = await runWatch(await temporaryFolder(), [log], {
      from: 'start',
      rules: noted,
      policy: { rules: set },
    });
    expect(only(report)).toMatchObject({ severity: 'note' });
  });

  test('switches rules off, also later, and closes their findings', async () => {
    const state = await temporaryFolder();
    expect(titlesOf((await runWatch(state, [log], { from: 'start', rules })).report)).toEqual(['watched alert']);
    const policy = { rules: new Map([['P01', 'off'] as const]) };
    const { report } = await runWatch(state, [log], { rules, policy, now: minutesLater(1) });
    expect(report).toMatchObject({ open: [], changes: [{ activity: 'closed', finding: { title: 'watched alert' } }] });
  });

  test('that no longer concerns an entry closes its findings', async () => {
    const state = await temporaryFolder();
    await runWatch(state, [log], { from: 'start', rules });
    const matcher = { match: () => [] };
    const { report } = await runWatch(state, [log], { rules, matcher, now: minutesLater(1) });
    expect(report).toMatchObject({ open: [], changes: [{ activity: 'closed' }] });
  });
});

describe('acknowledged findings', () => {
  test('do not count, and come back when the acknowledgement ends', async () => {
    const state = await temporaryFolder();
    const log = endedLogWith({ 3: 'watched alert' });
    const { id } = only((await runWatch(state, [log], { from: 'start' })).report);
    const policy = { acknowledgements: [acknowledgement(id, minutesLater(60))] };
    const second = (await runWatch(state, [log], { policy, now: minutesLater(10) })).report;
    expect(second).toMatchObject({
      open: [],
      acknowledged: [{ finding: { id }, reason: 'A known release.', until: minutesLater(60) }],
      changes: [{ activity: 'closed', finding: { id } }],
    });
    const third = (await runWatch(state, [log], { policy, now: minutesLater(20) })).report;
    expect(third).toMatchObject({ open: [], changes: [] });
    const fourth = (await runWatch(state, [log], { policy, now: minutesLater(61) })).report;
    expect(fourth).toMatchObject({ open: [{ id }], acknowledged: [], changes: [{ activity: 'created' }] });
    expect([third.expired, fourth.expired]).toEqual([
      [],
      [
        `the acknowledgement of the finding ${id} in line 9 of the policy ended on ${minutesLater(60).toISOString().slice(0, 10)}: A known release.`,
      ],
    ]);
  });

  test('whose acknowledgement of a rule has ended are reported', async () => {
    const log = logWith({});
    const until = new Date('2026-01-31T23:59:59Z');
    const what = { kind: 'rule', rule: 'P07' } as const;
    const acknowledgements = [undefined, 'octo/app'].map((repository) => ({
      ...acknowledgement('', until),
      what: { ...what, repository },
    }));
    const { report } = await runWatch(await temporaryFolder(), [log], { policy: { acknowledgements } });
    expect(report.expired).toEqual([
      'the acknowledgement of rule P07 in line 9 of the policy ended on 2026-01-31: A known release.',
      'the acknowledgement of rule P07 for octo/app in line 9 of the policy ended on 2026-01-31: A known release.',
    ]);
  });

  test('are never told of if they were acknowledged before', async () => {
    const log = logWith({ 3: 'watched alert' });
    const { id } = only((await runWatch(await temporaryFolder(), [log], { from: 'start' })).report);
    const policy = { acknowledgements: [acknowledgement(id, minutesLater(60))] };
    const { report } = await runWatch(await temporaryFolder(), [log], { from: 'start', policy });
    expect(report).toMatchObject({ open: [], changes: [], acknowledged: [{ finding: { id } }] });
  });

  test('do not raise the severity of others', async () => {
    const state = await temporaryFolder();
    const rules = [ruleFor('P01', 'one'), ruleFor('P02', 'two')];
    const log = logWith({ 3: 'watched one two' });
    const first = (await runWatch(state, [log], { from: 'start', rules })).report;
    expect(first.open.map(({ severity }) => severity)).toEqual(['critical', 'critical']);
    const id = first.open.find(({ rule }) => rule.id === 'P01')?.id ?? '';
    const policy = { acknowledgements: [acknowledgement(id, minutesLater(60))] };
    const { report } = await runWatch(state, [log], { rules, policy, now: minutesLater(1) });
    expect(only(report)).toMatchObject({ rule: { id: 'P02' }, severity: 'alert' });
    expect(report.changes.map(({ activity }) => activity).sort()).toEqual(['closed', 'updated']);
  });
});

describe('entries that cannot be judged yet', () => {
  test('are judged again, by the rules that could not be decided', async () => {
    const state = await temporaryFolder();
    const asked: string[] = [];
    let verdict: Verdict | undefined = { kind: 'pending', until: minutesLater(30), reason: 'the run is in progress' };
    const waiting = ruleFor('P01', '', { check: () => verdict });
    const other = ruleFor('P02', '', {
      check: (entry) => {
        asked.push(textOf(entry));
        return undefined;
      },
    });
    const log = logWith({ 3: 'watched' });
    const run = async (minutes: number) =>
      (await runWatch(state, [log], { from: 'start', rules: [waiting, other], now: minutesLater(minutes) })).report;
    expect(await run(0)).toMatchObject({ open: [], pending: 1, incomplete: [] });
    // Not before the time that the rule stated.
    verdict = observed('too early');
    expect(await run(29)).toMatchObject({ open: [], pending: 1 });
    verdict = observed('the run failed');
    const report = await run(30);
    expect(report).toMatchObject({ pending: 0, incomplete: [], changes: [{ activity: 'created' }] });
    expect(only(report).title).toBe('the run failed');
    expect(asked).toEqual(['watched']);
    const [history = ''] = (await readdir(join(state, 'watch'))).filter((name) => name.startsWith('history'));
    const bytes = await readFile(join(state, 'watch', history));
    expect(new CountingHistory(JSON.parse(bytes.toString())).texts).toEqual(['watched']);
  });

  test('for lack of a fact make the run incomplete, until the fact is there', async () => {
    const state = await temporaryFolder();
    let verdict: Verdict | undefined = { kind: 'undecided', reason: 'GitHub did not respond' };
    const rules = [ruleFor('P01', '', { check: () => verdict })];
    const log = logWith({ 3: 'watched', 4: 'watched too' });
    const run = async (minutes: number) =>
      (await runWatch(state, [log], { from: 'start', rules, now: minutesLater(minutes) })).report;
    const incomplete = ['2 entries could not be judged by P01: GitHub did not respond'];
    expect(await run(0)).toMatchObject({ open: [], pending: 0, incomplete });
    expect(await run(1)).toMatchObject({ open: [], incomplete });
    verdict = undefined;
    expect(await run(2)).toMatchObject({ open: [], incomplete: [] });
    verdict = { kind: 'undecided', reason: 'again' };
    expect(await run(3)).toMatchObject({ incomplete: [] });
  });

  test('for 30 days are reported', async () => {
    const state = await temporaryFolder();
    const rules = [ruleFor('P01', '', { check: () => ({ kind: 'undecided', reason: 'the token may not read' }) })];
    const log = endedLogWith({ 3: 'watched' });
    const run = async (minutes: number) =>
      (await runWatch(state, [log], { from: 'start', rules, now: minutesLater(minutes) })).report;
    await run(0);
    expect(await run(30 * day - 1)).toMatchObject({ open: [], incomplete: [expect.stringMatching(/may not read/)] });
    const report = await run(30 * day);
    expect(report.incomplete).toEqual([]);
    expect(only(report)).toMatchObject({
      rule: { id: 'P22' },
      severity: 'alert',
      title: /^rule P01 could not be decided since 2026-11-30/,
      about: { kind: 'entry' },
    } as unknown as WatchFinding);
    expect(only(await run(40 * day)).firstSeen).toEqual(minutesLater(30 * day));
  });
});

describe('findings of the audit', () => {
  test('that are proven are critical, and stay', async () => {
    const state = await temporaryFolder();
    const log = logWith({}, 20);
    log.size = 10;
    await runWatch(state, [log]);
    const honest = log.served;
    log.size = 20;
    log.served = honest.forkAt(5, 20);
    const forked = (await runWatch(state, [log], { now: minutesLater(1) })).report;
    expect(only(forked)).toMatchObject({
      rule: { id: 'P22' },
      severity: 'critical',
      about: { kind: 'log', url: 'https://log.example', code: 'LOG_FORKED' },
      evidence: expect.stringMatching(/evidence.*\.json$/),
    });
    log.served = honest;
    const later = (await runWatch(state, [log], { now: minutesLater(2) })).report;
    expect(only(later)).toMatchObject({ severity: 'critical', id: only(forked).id, firstSeen: minutesLater(1) });
    expect(later.changes).toEqual([]);
    // A policy cannot silence it.
    const policy = { rules: new Map([['P22', 'off'] as const]) };
    expect(only((await runWatch(state, [log], { policy, now: minutesLater(3) })).report).severity).toBe('critical');
  });

  test('about conditions close when a complete run does not observe them any more', async () => {
    const state = await temporaryFolder();
    const log = logWith({}, 20);
    log.size = 10;
    await runWatch(state, [log]);
    const stalled = (await runWatch(state, [log], { now: minutesLater(90) })).report;
    expect(only(stalled)).toMatchObject({ severity: 'alert', about: { code: 'LOG_STALLED' } });
    // A run that does not see the log does not see that the condition is over.
    log.failures = { head: new CountersignError('SERVICE_UNAVAILABLE', 'no response') };
    expect(only((await runWatch(state, [log], { now: minutesLater(91) })).report).id).toBe(only(stalled).id);
    log.failures = {};
    log.size = 20;
    const over = (await runWatch(state, [log], { now: minutesLater(92) })).report;
    expect(over).toMatchObject({
      open: [],
      changes: [{ activity: 'closed', finding: { about: { code: 'LOG_STALLED' } } }],
    });
    // It is forgotten then, and a new one later.
    const again = (await runWatch(state, [log], { now: minutesLater(200) })).report;
    expect(again).toMatchObject({ open: [{ firstSeen: minutesLater(200) }], changes: [{ activity: 'created' }] });
  });

  test('of a log that a run leaves out stay open', async () => {
    const state = await temporaryFolder();
    const [log, other] = [logWith({}, 20), new FakeLog(branchWith(20, {}), { names: ['other.example'] })];
    log.size = 10;
    await runWatch(state, [log, other]);
    expect((await runWatch(state, [log, other], { now: minutesLater(90) })).report.open).toHaveLength(2);
    const trusted = [log.log, other.log];
    const { report } = await runWatch(state, [other], { trusted, now: minutesLater(91) });
    expect(report.open).toHaveLength(2);
  });

  test('can be set to notes and switched off, if they are not proven', async () => {
    const state = await temporaryFolder();
    const log = logWith({}, 20);
    const run = (minutes: number, setting: 'note' | 'off') =>
      runWatch(state, [log], { policy: { rules: new Map([['P22', setting]]) }, now: minutesLater(minutes) });
    await run(0, 'note');
    expect((await run(90, 'note')).report.open).toMatchObject([{ severity: 'note' }]);
    expect((await run(91, 'off')).report).toMatchObject({ open: [], changes: [{ activity: 'closed' }] });
  });
});

describe('a watch that sees less than it should', () => {
  const log = logWith({ 3: 'watched alert', 15: 'watched alert late' }, 20);
  async function watchedFolder(): Promise<string> {
    const state = await temporaryFolder();
    log.size = 10;
    const { report } = await runWatch(state, [log], { from: 'start' });
    expect(titlesOf(report)).toEqual(['watched alert']);
    log.size = 20;
    return state;
  }
  const blindOf = ({ open }: WatchReport) =>
    open.filter(({ about }) => about.kind === 'log' && about.code === 'WATCH_BLIND');

  test('because its folder is lost, reports it, also in later runs', async () => {
    const state = await watchedFolder();
    await rm(join(state, 'watch'), { recursive: true });
    const { report } = await runWatch(state, [log], { now: minutesLater(1) });
    expect(blindOf(report)).toMatchObject([
      {
        rule: { id: 'P22' },
        severity: 'alert',
        title:
          'the entries 0 to 9 were read by the audit, and not compared with the policy: there is no state of the watch for this log',
      },
    ]);
    expect(titlesOf(report)).toContain('watched alert late');
    const later = (await runWatch(state, [log], { now: minutesLater(2) })).report;
    expect(blindOf(later)).toHaveLength(1);
    expect(later.changes).toEqual([]);
  });

  test('because its state is lost or invalid, or has lost its history, reports it', async () => {
    const lost: Readonly<Record<string, (folder: string, names: readonly string[]) => Promise<void>>> = {
      'is missing, so that the findings': (folder) => rm(join(folder, 'state.json')),
      'is invalid, so that the findings': (folder) => writeFile(join(folder, 'state.json'), '{}'),
      'is missing, so that the rules learn again': async (folder, names) => {
        for (const name of names) if (name.startsWith('history')) await rm(join(folder, name));
      },
      'is invalid, so that the rules learn again': async (folder, names) => {
        for (const name of names)
          if (name.startsWith('history')) await writeFile(join(folder, name), '{"texts":["planted"]}');
      },
      'journal.jsonl:2 is not an object': (folder) =>
        writeFile(join(folder, 'journal.jsonl'), '{"schema":"countersign-watch-journal/1","generation":9}\n1\n'),
    };
    for (const [message, lose] of Object.entries(lost)) {
      const state = await watchedFolder();
      const folder = join(state, 'watch');
      await lose(folder, await readdir(folder));
      const { report } = await runWatch(state, [log], { now: minutesLater(1) });
      expect(
        blindOf(report)
          .map(({ title }) => title)
          .join('\n'),
      ).toContain(message);
      expect(titlesOf(report)).toContain('watched alert late');
      const later = (await runWatch(state, [log], { now: minutesLater(2) })).report;
      expect(later.changes).toEqual([]);
      expect(blindOf(later)).toHaveLength(blindOf(report).length);
    }
  });

  test('because its state is older than that of the audit, reports the gap', async () => {
    const state = await watchedFolder();
    const older = new Map<string, Buffer>();
    for (const name of await readdir(join(state, 'watch'))) older.set(name, await readFile(join(state, 'watch', name)));
    await runWatch(state, [log], { now: minutesLater(1) });
    await rm(join(state, 'watch'), { recursive: true });
    await mkdir(join(state, 'watch'));
    for (const [name, bytes] of older) await writeFile(join(state, 'watch', name), bytes);
    const { report } = await runWatch(state, [log], { now: minutesLater(2) });
    expect(blindOf(report)).toMatchObject([
      { title: /^the entries 10 to 19 were read by the audit, and not compared with the policy: the state/ },
    ] as unknown as WatchFinding[]);
  });

  test('because another command read entries with its folder, reports the gap', async () => {
    const state = await watchedFolder();
    await runAudit(state, [log], { now: minutesLater(1) });
    const { report } = await runWatch(state, [log], { now: minutesLater(2) });
    expect(blindOf(report).map(({ title }) => title)).toEqual([
      'the entries 10 to 19 were read by the audit, and not compared with the policy: the state of the watch is older, or another command used its folder',
    ]);
  });

  test('is not one that begins in the folder of an audit that read nothing', async () => {
    const state = await temporaryFolder();
    log.size = 10;
    await runAudit(state, [log]);
    log.size = 20;
    const { report } = await runWatch(state, [log], { now: minutesLater(1) });
    expect(titlesOf(report)).toEqual(['watched alert late']);
  });

  test('because its state was planted, which says that more was compared than was read, reports it', async () => {
    const state = await watchedFolder();
    const path = join(state, 'watch', 'state.json');
    const planted = JSON.parse(await readFile(path, 'utf8'));
    planted.reached[0].index = 1_000_000;
    await writeFile(path, JSON.stringify(planted));
    const { report } = await runWatch(state, [log], { now: minutesLater(1) });
    expect(blindOf(report).map(({ title }) => title)).toEqual([
      'the state of the watch is of a later audit: entries up to 1000000 were compared with the policy, and the audit has read 20',
    ]);
    // Entries are compared all the same.
    expect(titlesOf(report)).toContain('watched alert late');
  });
});

describe('deliveries', () => {
  test('are told of each change once, and again after they failed', async () => {
    const state = await temporaryFolder();
    const log = logWith({ 3: 'watched alert one', 15: 'watched alert two' }, 20);
    log.size = 10;
    const told: string[] = [];
    let fails = false;
    const delivery = {
      name: 'a',
      deliver: async ({ changes }: WatchReport) => {
        if (fails) throw new Error('no response');
        told.push(...changes.map(({ activity, finding }) => `${activity} ${finding.title}`));
      },
    };
    const run = (minutes: number) =>
      runWatch(state, [log], { from: 'start', deliveries: [delivery], now: minutesLater(minutes) });
    await run(0);
    await run(1);
    expect(told).toEqual(['created watched alert one']);
    log.size = 20;
    fails = true;
    await expect(run(2)).rejects.toThrow('no response');
    fails = false;
    const { report } = await run(3);
    expect(told).toEqual(['created watched alert one', 'created watched alert two']);
    // The change was one of the run before.
    expect(report.changes).toEqual([]);
  });

  test('that are new are told of everything that is open', async () => {
    const state = await temporaryFolder();
    const log = logWith({ 3: 'watched alert' });
    await runWatch(state, [log], { from: 'start' });
    const told: unknown[] = [];
    const deliveries = [{ name: 'new', deliver: async ({ changes }: WatchReport) => void told.push(changes) }];
    await runWatch(state, [log], { deliveries, now: minutesLater(5) });
    expect(told).toMatchObject([[{ activity: 'created', at: start, finding: { title: 'watched alert' } }]]);
  });

  test('are told of findings that closed before they were told', async () => {
    const state = await temporaryFolder();
    const log = logWith({ 3: 'watched alert' });
    const told: string[] = [];
    const deliveries = [
      {
        name: 'a',
        deliver: async ({ changes }: WatchReport) => {
          told.push(...changes.map(({ activity, finding }) => `${activity} ${finding.title}`));
        },
      },
    ];
    await runWatch(state, [log], { from: 'start', deliveries });
    const rules = [ruleFor('P01', 'alert', { severity: 'off' })];
    await runWatch(state, [log], { rules, now: minutesLater(1) });
    await runWatch(state, [log], { rules, deliveries, now: minutesLater(2) });
    expect(told).toEqual(['created watched alert', 'closed watched alert']);
  });
});

test('a cancelled run leaves its entries to the next one', async () => {
  const state = await temporaryFolder();
  const log = logWith({ 3: 'watched alert' });
  const cancellation = AbortSignal.abort();
  const first = (await runWatch(state, [log], { from: 'start', watch: { cancellation } })).report;
  expect(first).toMatchObject({
    open: [],
    matched: 1,
    incomplete: ['the run was interrupted before 1 entries were judged; the next run judges them'],
  });
  const second = (await runWatch(state, [log], { now: minutesLater(1) })).report;
  expect(titlesOf(second)).toEqual(['watched alert']);
  expect(second.matched).toBe(0);
});

test('a line of the journal that is cut off is removed, and its entry comes again', async () => {
  const state = await temporaryFolder();
  const log = logWith({ 3: 'watched alert', 15: 'watched alert late' }, 20);
  log.size = 10;
  const cancellation = AbortSignal.abort();
  await runWatch(state, [log], { from: 'start', watch: { cancellation } });
  const path = join(state, 'watch', 'journal.jsonl');
  const text = await readFile(path, 'utf8');
  await writeFile(path, `${text}{"log":{"origin":"log.exa`);
  log.size = 20;
  const { report } = await runWatch(state, [log], { now: minutesLater(1) });
  expect(titlesOf(report)).toEqual(['watched alert', 'watched alert late']);
  expect(report.incomplete).toEqual([]);
});

describe('packages', () => {
  test('that imitate protected names stay open, also if the policy has no packages', async () => {
    const state = await temporaryFolder();
    const log = endedLogWith({});
    const imitated: WatchedPackage = {
      place: { line: 5 },
      ecosystem: 'npm',
      name: 'octo-client',
      repository: undefined,
    };
    const texts = { title: 'a title', reason: 'A reason.', remedy: 'A remedy.' };
    const observation = {
      rule: 'P19',
      package: imitated,
      name: 'octo-cleint',
      version: undefined,
      what: 'x',
      ...texts,
    };
    let observations = [observation as PackageObservation];
    const packages = { check: async () => ({ coverage: [], observations, memory: {} }) };
    const protectedNames = [{ place: { line: 5 }, kind: 'package', name: 'octo-client', ownerId: undefined } as const];
    const rules = [{ ...ruleFor('P19', ''), about: 'packages' as const }];
    const options = { rules, watch: { packages } };
    const first = await runWatch(state, [log], { ...options, policy: { protectedNames } });
    observations = [];
    const second = await runWatch(state, [log], { ...options, policy: { protectedNames } });
    expect(only(second.report).id).toBe(only(first.report).id);
    expect((await runWatch(state, [log], options)).report.open).toEqual([]);
  });

  const watched: WatchedPackage = { place: { line: 7 }, ecosystem: 'npm', name: '@octo/app', repository: 'octo/app' };
  const observation: PackageObservation = {
    rule: 'P24',
    package: watched,
    name: '@octo/app',
    version: '1.2.3',
    what: 'without-provenance',
    title: 'version 1.2.3 has no provenance',
    reason: 'A reason.',
    remedy: 'A remedy.',
  };
  const rules = [{ ...ruleFor('P24', ''), about: 'packages' as const }];

  test('are checked, with what the last run remembered', async () => {
    const state = await temporaryFolder();
    const memories: unknown[] = [];
    const log = logWith({});
    const packages = {
      check: async (_: unknown, memory: unknown) => {
        memories.push(memory);
        const coverage = [{ package: watched, versions: 3, problem: undefined }];
        return { coverage, observations: memories.length === 1 ? [observation] : [], memory: { seen: ['1.2.3'] } };
      },
    };
    const run = async (minutes: number) =>
      (
        await runWatch(state, [log], {
          rules,
          watch: { packages },
          policy: { packages: [watched] },
          now: minutesLater(minutes),
        })
      ).report;
    const first = await run(0);
    expect(only(first)).toMatchObject({
      rule: { id: 'P24' },
      severity: 'alert',
      about: { kind: 'package', ecosystem: 'npm', name: '@octo/app', version: '1.2.3' },
      line: 7,
    });
    expect(first.packages).toMatchObject([{ versions: 3 }]);
    expect(only(await run(1)).id).toBe(only(first).id);
    expect(memories).toEqual([undefined, { seen: ['1.2.3'] }]);
  });

  test('that the policy no longer names have no open findings', async () => {
    const state = await temporaryFolder();
    const packages = { check: async () => ({ coverage: [], observations: [observation], memory: {} }) };
    const log = logWith({});
    const first = { rules, watch: { packages }, policy: { packages: [watched] } };
    only((await runWatch(state, [log], first)).report);
    const other = { ...watched, name: '@octo/other' };
    const none = { check: async () => ({ coverage: [], observations: [], memory: {} }) };
    const { report } = await runWatch(state, [log], {
      rules,
      watch: { packages: none },
      policy: { packages: [other] },
      now: minutesLater(1),
    });
    expect(report.open).toEqual([]);
  });
});
