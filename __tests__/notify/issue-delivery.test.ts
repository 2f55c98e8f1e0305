/** Checks the issue of a watch at the sandbox's GitHub: one issue, opened, commented on, closed and opened again. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, type SandboxIssue, type SandboxRepository, startSandbox } from '../../sandbox/index.ts';
import type { WatchReport } from '../../src/monitor/watch/index.ts';
import { Secret } from '../../src/node/index.ts';
import { type IssueClient, issueDelivery, testReport, watchLabel } from '../../src/notify/index.ts';
import { watchAnchors, watchComment, watchIssue } from '../../src/report/index.ts';
import { openGitHub } from '../../src/services/github/index.ts';
import { type HttpConnections, openHttp } from '../../src/services/http/index.ts';
import { ago, at, change, finding, forked, fullReport, id, log, note, report } from '../report/watch-reports.ts';
import { failure } from '../services/loopback.ts';

const bot = 'github-actions[bot]';

let sandbox: Sandbox;
let app: SandboxRepository;
let connections: HttpConnections;
let now: Date;
beforeEach(async () => {
  now = at;
  sandbox = await startSandbox({ clock: () => now });
  app = sandbox.github.addRepository('octo/app');
  connections = openHttp('countersign');
});
afterEach(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

function client(token = sandbox.github.jobToken(app, { issues: 'write' })): IssueClient {
  return openGitHub({
    http: connections.send,
    token: new Secret(token),
    apiUrl: sandbox.urls.github,
    clock: () => now,
  });
}

const deliver = (of: WatchReport, through = client()) =>
  issueDelivery({ repository: 'octo/app', client: through }).deliver(of);

/** Returns what users see of the issues. */
const shown = () =>
  app.issues.map(({ number, state, title, comments }) => ({ number, state, title, comments: comments.length }));
const only = (): SandboxIssue => {
  const [issue, ...others] = app.issues;
  if (issue === undefined || others.length > 0) throw new Error(`${app.issues.length} issues`);
  return issue;
};

const alert = finding();
const opened = report({ open: [alert], changes: [change(alert)] });
const unchanged = report({ open: [alert] });
const closed = report({ changes: [change(alert, 'closed')] });

/** A client that fails instead of a call, or after it. */
function failing(method: keyof IssueClient, when: 'before' | 'after'): IssueClient {
  const working = client();
  return new Proxy(working, {
    get: (target, name: keyof IssueClient) =>
      name !== method
        ? target[name].bind(target)
        : async (...args: never[]) => {
            if (when === 'after') await (target[method] as (...all: never[]) => Promise<unknown>).call(target, ...args);
            throw new Error('killed');
          },
  });
}

describe('an issue', () => {
  test('is opened for an alert, with its label, its table and an anchor', async () => {
    await deliver(opened);
    const { title, body, labels, author, comments } = only();
    expect([title, labels, author, comments]).toEqual(['Countersign watch: 1 alert', [watchLabel], bot, []]);
    expect(body).toContain('run 42 of octo/app failed');
    expect(body).toContain('entries 1,869,000,000 to 1,969,169,704');
    expect(watchAnchors(body)).toMatchObject([{ size: 1_969_169_705 }]);
  });

  test.each([
    ['a clean report', report()],
    ['notes alone', report({ open: [note], changes: [change(note)] })],
    ['an incomplete report', report({ incomplete: ['GitHub cannot be reached'] })],
  ])('is not opened for %s', async (_, of) => {
    await deliver(of);
    expect(app.issues).toEqual([]);
  });

  test('is updated without a comment if nothing changed', async () => {
    await deliver(opened);
    await deliver({ ...unchanged, at: ago(-1) });
    expect(shown()).toEqual([{ number: 1, state: 'open', title: 'Countersign watch: 1 alert', comments: 0 }]);
    expect(only().body).toContain('2026-12-01 12:17:00 UTC');
  });

  test('is commented on for changes of alerts', async () => {
    await deliver(opened);
    await deliver(report({ open: [alert, forked, note], changes: [change(forked), change(note)] }));
    expect(shown()).toEqual([
      { number: 1, state: 'open', title: 'Countersign watch: 1 critical, 1 alert', comments: 1 },
    ]);
    const [comment] = only().comments;
    expect(comment?.body).toContain('the log signed two trees');
    expect(comment?.body).not.toContain('version 1.4.1');
    expect(only().body).toContain('version 1.4.1');
  });

  test('is closed with a comment when no alert is open, and opened again', async () => {
    await deliver(opened);
    await deliver(closed);
    expect(only()).toMatchObject({
      state: 'closed',
      stateReason: 'completed',
      title: 'Countersign watch: no open alert',
    });
    expect(only().comments[0]?.body).toContain('**No longer observed**');
    await deliver(report({ open: [alert], changes: [change(alert, 'created', ago(-1))] }));
    expect(only()).toMatchObject({ state: 'open', stateReason: 'reopened', title: 'Countersign watch: 1 alert' });
    expect(only().comments).toHaveLength(2);
  });

  test('stays open while the watch is incomplete', async () => {
    await deliver(opened);
    await deliver({ ...closed, incomplete: ['GitHub cannot be reached'] });
    expect(only()).toMatchObject({ state: 'open', title: 'Countersign watch: no open alert' });
    await deliver(report());
    expect(only().state).toBe('closed');
  });

  test('is opened again if somebody closed it while an alert is open', async () => {
    await deliver(opened);
    app.change(only(), { state: 'closed', stateReason: 'completed' });
    await deliver(unchanged);
    expect(shown()).toEqual([{ number: 1, state: 'open', title: 'Countersign watch: 1 alert', comments: 0 }]);
  });

  test('that is closed keeps its anchors up to date once a day', async () => {
    await deliver(opened);
    await deliver(closed);
    const grown = (days: number) => {
      const head = { size: 1_969_169_705 + days, root: Buffer.alloc(32, days), time: at };
      const coverage = { from: 0, to: head.size, size: head.size, read: 1, unreadable: 0 };
      return report({ at: ago(-days), audit: { logs: [log({ head, coverage })], findings: [], incomplete: [] } });
    };
    await deliver(grown(0.5));
    expect(watchAnchors(only().body)).toMatchObject([{ size: 1_969_169_705 }]);
    await deliver(grown(1));
    expect(watchAnchors(only().body)).toMatchObject([{ size: 1_969_169_706 }]);
    expect(only()).toMatchObject({ state: 'closed', comments: [expect.anything()] });
  });

  test('has the size that GitHub accepts for thousands of findings', async () => {
    const open = Array.from({ length: 3000 }, (_, index) => finding({ id: id(index), reason: 'x'.repeat(4000) }));
    await deliver(report({ open, changes: open.map((one) => change(one)) }));
    await deliver(report({ open, changes: open.map((one) => change(one, 'updated')) }));
    expect(shown()).toEqual([{ number: 1, state: 'open', title: 'Countersign watch: 3,000 alerts', comments: 1 }]);
  });
});

describe('an issue is never duplicated, and nothing is told twice', () => {
  test.each([
    ['createIssue', 'after'],
    ['createIssue', 'before'],
  ] as const)('if the run is killed with %s (%s)', async (method, when) => {
    await expect(deliver(opened, failing(method, when))).rejects.toThrow('killed');
    await deliver(opened);
    expect(shown()).toEqual([{ number: 1, state: 'open', title: 'Countersign watch: 1 alert', comments: 0 }]);
  });

  test.each([
    ['comment', 'before'],
    ['comment', 'after'],
    ['updateIssue', 'before'],
    ['updateIssue', 'after'],
  ] as const)('if the run is killed with %s (%s)', async (method, when) => {
    await deliver(opened);
    const more = report({ open: [alert, forked], changes: [change(forked)] });
    await expect(deliver(more, failing(method, when))).rejects.toThrow('killed');
    // The next run has a change more.
    const later = change(finding({ id: id(9), title: 'another one' }));
    await deliver(report({ open: [alert, forked, later.finding], changes: [change(forked), later] }));
    const texts = only().comments.map(({ body }) => body);
    expect(texts.filter((text) => text.includes('the log signed two trees'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('another one'))).toHaveLength(1);
    expect(only().title).toBe('Countersign watch: 1 critical, 2 alerts');
  });

  test('if the same report is delivered again', async () => {
    for (const each of [opened, opened, closed, closed, closed]) await deliver(each);
    expect(shown()).toEqual([{ number: 1, state: 'closed', title: 'Countersign watch: no open alert', comments: 1 }]);
  });

  test('if two runs opened one at the same moment: the older one remains', async () => {
    await deliver(opened);
    app.addIssue({ ...watchIssue(opened), labels: [watchLabel], author: bot });
    for (const each of [unchanged, unchanged, closed]) await deliver(each);
    expect(app.issues.map(({ state, stateReason, comments }) => [state, stateReason, comments.length])).toEqual([
      ['closed', 'completed', 1],
      ['closed', 'not_planned', 1],
    ]);
    expect(app.issues[1]?.comments[0]?.body).toBe('Duplicate of #1.');
  });

  test('if there are hundreds of issues with the label', async () => {
    await deliver(opened);
    for (let number = 0; number < 250; number++) app.addIssue({ title: 'other', labels: [watchLabel], author: bot });
    await deliver(closed);
    expect(app.issues[0]).toMatchObject({ number: 1, state: 'closed' });
    expect(app.issues).toHaveLength(251);
  });
});

describe('an issue of somebody else is left alone', () => {
  const { body } = watchIssue(opened);
  test.each([
    ['with another author', { author: 'mallory', body, labels: [watchLabel] }],
    ['with another label', { author: bot, body, labels: ['bug'] }],
    ['without the marker', { author: bot, body: `quoted:\n${body}`, labels: [watchLabel] }],
    ['that is a pull request', { author: bot, body, labels: [watchLabel], isPullRequest: true }],
  ])('%s', async (_, options) => {
    const other = app.addIssue({ title: 'Countersign watch: 1 alert', ...options });
    await deliver(opened);
    await deliver(closed);
    expect(other).toMatchObject({ state: 'open', body: options.body, comments: [] });
    expect(app.issues.map(({ state }) => state)).toEqual(['open', 'closed']);
  });

  test('and so is a comment that claims to have told of a change', async () => {
    await deliver(opened);
    app.comment(only(), 'mallory', watchComment([change(forked)], report()));
    await deliver(report({ open: [alert, forked], changes: [change(forked)] }));
    expect(only().comments.map(({ author }) => author)).toEqual(['mallory', bot]);
  });
});

describe('an error states the reason and the next step', () => {
  test('if issues are disabled', async () => {
    const quiet = sandbox.github.addRepository('octo/quiet', { hasIssues: false });
    const through = client(sandbox.github.jobToken(quiet, { issues: 'write' }));
    expect(await failure(issueDelivery({ repository: 'octo/quiet', client: through }).deliver(opened))).toMatchObject({
      code: 'SERVICE_REFUSED',
      message: 'issues are disabled in octo/quiet',
      remedy: 'Enable issues in the settings of the repository, or deliver to another one.',
    });
  });

  test('if the token may not write issues', async () => {
    const error = await failure(deliver(opened, client(sandbox.github.jobToken(app, { issues: 'read' }))));
    expect(`${error.message} ${error.remedy}`).toContain('issues: write');
    expect(app.issues).toEqual([]);
  });
});

describe('a test', () => {
  test('opens and closes an issue of its own, and comments on it the next time', async () => {
    await deliver(opened);
    await deliver(testReport('p', at));
    await deliver(testReport('p', ago(-1)));
    await deliver(testReport('p', ago(-1)));
    expect(shown()).toEqual([
      { number: 1, state: 'open', title: 'Countersign watch: 1 alert', comments: 0 },
      { number: 2, state: 'closed', title: '[test] Countersign watch: test of the delivery', comments: 1 },
    ]);
    await deliver(unchanged);
    expect(app.issues).toHaveLength(2);
  });
});

test('the token of a user finds the issues of that user', async () => {
  const token = sandbox.github.userToken('jane', [app]);
  await deliver(opened, client(token));
  await deliver(unchanged, client(token));
  expect(only().author).toBe('jane');
});

test('the name does not change with the report', () => {
  expect(issueDelivery({ repository: 'octo/app', client: client() }).name).toBe('issue octo/app');
  expect(fullReport().open).toHaveLength(3);
});
