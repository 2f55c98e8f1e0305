/** Checks the job summary, the issue and the comments of a watch: structure, limits and markers, whatever the texts are. */

import { describe, expect, test } from '@jest/globals';
import { testReport } from '../../src/notify/index.ts';
import {
  watchAnchors,
  watchComment,
  watchIssue,
  watchMarker,
  watchSummary,
  watchTestIssue,
} from '../../src/report/index.ts';
import { blocks, inline } from './markdown-oracle.ts';
import {
  at,
  change,
  finding,
  fullReport,
  hostileReport,
  hostileTexts,
  id,
  log,
  note,
  report,
  tiles,
} from './watch-reports.ts';

const markdown = (of: Parameters<typeof watchSummary>[0]): Readonly<Record<string, string>> => ({
  summary: watchSummary(of),
  issue: watchIssue(of).body,
  comment: watchComment(of.changes, of),
});

describe.each(['summary', 'issue', 'comment'])('the %s', (form) => {
  test('has no markup of strangers', () => {
    const text = markdown(hostileReport())[form] ?? '';
    const rows = blocks(text);
    for (const { kind, texts } of rows) {
      if (kind === 'fence') throw new Error('an unexpected fence');
      // Own markup is taken away; nothing that could be markup may remain.
      const outside = texts
        .map((each) => inline(each).outside)
        .join(' ')
        .replace(/<br>|<\/?details>|<\/?summary>|<!-- countersign-watch:v1 [\w-]+ -->/g, '')
        .replace(/\[(?:run|log entry)\]\(https:\/\/(?:github\.com|search\.sigstore\.dev)\/[\w./?=-]+\)/g, '')
        .replace(/\[!WARNING\]/g, '')
        .replace(/^#{2,3} /, '')
        .replace(/^(?:> ?)?(?:- |$)|^>.*?(?=\w)/, '');
      expect(outside).not.toMatch(/[<>[\]@]|:\/\/|www\.|!\[|javascript:alert\(1\)\]/);
    }
    // Each row of a table has the number of cells of its head.
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1];
      if (row.kind === 'row' && before?.kind === 'row') expect(row.texts).toHaveLength(before.texts.length);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
  });

  test('is within the limit of GitHub, and counts the rest', () => {
    const most = form === 'summary' ? 1_000_000 : 64_000;
    const open = Array.from({ length: 5000 }, (_, index) =>
      finding({ id: id(index), reason: '&'.repeat(4096), title: `${index}` }),
    );
    const long = hostileReport();
    const big = {
      ...long,
      open,
      changes: open.map((one, index) => change(one, index % 2 === 0 ? 'created' : 'closed')),
      audit: { ...long.audit, logs: Array.from({ length: 500 }, () => ({ ...log(), incomplete: ['@'.repeat(4096)] })) },
      incomplete: Array.from({ length: 500 }, (_, index) => `${index} ${'@'.repeat(4096)}`),
      expired: Array.from({ length: 500 }, (_, index) => `${index} ${'_'.repeat(4096)}`),
      learning: Array.from({ length: 500 }, (_, index) => `${index} ${'|'.repeat(4096)}`),
    };
    const text = markdown(big)[form] ?? '';
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    expect(text).toMatch(/… and [\d,]+ more findings\./);
    blocks(text);
    expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  });
});

describe('the summary', () => {
  test('shows findings, coverage and signatures', () => {
    const summary = watchSummary(fullReport());
    for (const part of [
      '## 🚨 Countersign watch: A log misbehaved',
      '> - `https://log2025-1.rekor.sigstore.dev`: 2,911,860 entries are left',
      '| 🔴 **alert** | **run 42 of octo/app failed, and it signed 3 artifacts**<br>',
      '[run](https://github.com/octo/app/actions/runs/42/attempts/1), [log entry](https://search.sigstore.dev/?logIndex=1991027718)',
      '| `https://log2025-1.rekor.sigstore.dev` | `████████░░` 85 % |',
      '1 of 2 packages checked.',
      '<details><summary>1 acknowledged finding</summary>',
      'Run again by hand after the outage of 2 November. | 2027-01-31 |',
      '<details><summary>Expired acknowledgements</summary>\n\n- the acknowledgement of rule P07',
      'P11 has seen 40',
      'Policy `.github/countersign.yml`, 2026-11-30 12:17:00 UTC. 1,284 matching entries in this run, 2 undecided.',
    ])
      expect(summary).toContain(part);
    expect(summary).toMatch(/\| `jane@example.com` \| `[▁▂▃▄▅▆▇█·]{30}` \| 4 \|/);
  });

  test('states the coverage if nothing was found', () => {
    const summary = watchSummary(report());
    expect(summary).toMatch(/^## ✅ Countersign watch: Clean: no open finding\n/);
    expect(summary).toContain('`██████████` 100 %');
    expect(watchSummary(report({ audit: { logs: [], findings: [], incomplete: [] } }))).toContain('No log was read.');
  });

  test('says 100 % only if all entries were read', () => {
    const coverage = { from: 0, to: 999_999, size: 1_000_000, read: 5, unreadable: 0 };
    const text = watchSummary(report({ audit: { logs: [log({ coverage })], findings: [], incomplete: [] } }));
    expect(text).toContain('`█████████░` 99 %');
    const unknown = log({ coverage: undefined });
    expect(watchSummary(report({ audit: { logs: [unknown], findings: [], incomplete: [] } }))).toContain(
      '`░░░░░░░░░░` none',
    );
  });
});

/** The ids of the keys of the logs in the reports. */
const keys = {
  rekor: 'c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d',
  tiles: '03'.repeat(32),
};

describe('the issue', () => {
  test('has a title without texts of strangers', () => {
    expect(watchIssue(fullReport()).title).toBe('Countersign watch: 1 critical, 1 alert');
    expect(watchIssue(report({ open: [note] })).title).toBe('Countersign watch: no open alert');
    expect(watchIssue(hostileReport()).title).toBe('Countersign watch: 48 alerts');
    expect(watchTestIssue(testReport('p', at)).title).toMatch(/^\[test\]/);
  });

  test('carries the verified trees in its marker', () => {
    const { body } = watchIssue(fullReport());
    expect(watchAnchors(body)).toEqual([
      {
        origin: 'rekor.sigstore.dev - 1193050959916656506',
        keyId: keys.rekor,
        size: 1_969_169_705,
        root: '07'.repeat(32),
      },
      { origin: 'log2025-1.rekor.sigstore.dev', keyId: keys.tiles, size: 139_911_860, root: '09'.repeat(32) },
    ]);
    expect(watchMarker(body)).toMatchObject({ at, told: { size: 3 } });
  });

  test('keeps the anchor of a log that has no larger verified tree now', () => {
    const earlier = [
      {
        origin: 'rekor.sigstore.dev - 1193050959916656506',
        keyId: keys.rekor,
        size: 2_000_000_000,
        root: 'aa'.repeat(32),
      },
      { origin: 'log2025-1.rekor.sigstore.dev', keyId: keys.tiles, size: 5, root: 'bb'.repeat(32) },
      { origin: 'gone', keyId: keys.tiles, size: 9, root: 'cc'.repeat(32) },
    ];
    const unverified = {
      ...tiles,
      coverage: { ...(tiles.coverage ?? { from: 0, to: 0, read: 0, unreadable: 0 }), size: 4 },
    };
    const { body } = watchIssue(
      report({ audit: { logs: [log(), unverified], findings: [], incomplete: [] } }),
      earlier,
    );
    expect(watchAnchors(body)).toEqual(earlier);
  });

  test.each([
    ['no marker', 'text'],
    ['a marker that is not at the start', `x\n${watchIssue(report()).body}`],
    ['another version', watchIssue(report()).body.replace(':v1', ':v2')],
    ['no JSON', `<!-- countersign-watch:v1 ${Buffer.from('{').toString('base64url')} -->`],
    ...[
      {},
      { anchors: [], told: '', at: 'never' },
      { anchors: [], told: 'xyz', at: at.toISOString() },
      { anchors: [{}], told: '', at: at.toISOString() },
      { anchors: [{ origin: 'a', size: 1, root: '00'.repeat(32) }], told: '', at: at.toISOString() },
      { anchors: [{ origin: 'a', keyId: 'x', size: 1, root: '00'.repeat(32) }], told: '', at: at.toISOString() },
      {
        anchors: [{ origin: 'a', keyId: keys.tiles, size: -1, root: '00'.repeat(32) }],
        told: '',
        at: at.toISOString(),
      },
      {
        anchors: [{ origin: 'a', keyId: keys.tiles, size: 1.5, root: '00'.repeat(32) }],
        told: '',
        at: at.toISOString(),
      },
      { anchors: [{ origin: 'a', keyId: keys.tiles, size: 1, root: '00' }], told: '', at: at.toISOString() },
      {
        anchors: [{ origin: 'a'.repeat(201), keyId: keys.tiles, size: 1, root: '00'.repeat(32) }],
        told: '',
        at: at.toISOString(),
      },
      {
        anchors: Array.from({ length: 21 }, () => ({ origin: 'a', keyId: keys.tiles, size: 1, root: '00'.repeat(32) })),
        told: '',
        at: at.toISOString(),
      },
    ].map(
      (json) =>
        [
          JSON.stringify(json).slice(0, 80),
          `<!-- countersign-watch:v1 ${Buffer.from(JSON.stringify(json)).toString('base64url')} -->`,
        ] as const,
    ),
  ])('is not recognised with %s', (_, body) => {
    expect(watchMarker(body)).toBeUndefined();
    expect(watchAnchors(body)).toBeUndefined();
  });

  test('is recognised with the line ends that GitHub stores', () => {
    expect(watchAnchors(watchIssue(report()).body.replaceAll('\n', '\r\n'))).toHaveLength(1);
  });
});

describe('a comment', () => {
  test('lists new, changed and closed findings', () => {
    const comment = watchComment(fullReport().changes, fullReport());
    expect(comment).toMatch(
      /\*\*New\*\*\n\n\| Severity .*run 42.*\*\*Changed\*\*.*version 1\.4\.1.*\*\*No longer observed\*\*\n\n- P01 the log is stalled\n/s,
    );
    expect(watchMarker(comment)?.told.size).toBe(3);
    expect(hostileTexts.length).toBeGreaterThan(0);
  });

  test('of a test is marked', () => {
    const tested = testReport('p', at);
    expect(watchComment(tested.changes, tested)).toContain('This is a test.');
  });
});
