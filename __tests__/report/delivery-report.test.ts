/** Deliveries in each report of a signing run. */

import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type ReportedDelivery, signingJson, signingSummary, signingText } from '../../src/report/index.ts';
import { blocks } from './markdown-oracle.ts';
import { hostileNames, report, uploaded } from './reports.ts';

const denied = new CountersignError('PERMISSION_MISSING', 'the token lacks a permission', { remedy: 'Add it.' });
const failed: ReportedDelivery = {
  name: 'registry',
  outcome: 'failed',
  place: 'registry.test/app',
  ids: [],
  urls: [],
  delivered: 2,
  present: 0,
  failures: [denied],
};
const present: ReportedDelivery = { ...uploaded, outcome: 'present', delivered: 0, present: 1 };
const skipped = { name: 'release', outcome: 'not-attempted', reason: 'nothing was signed' } as const;
const deliveries = [uploaded, failed, skipped, { ...uploaded, delivered: 3, present: 4 }, present];

test('the JSON report has each delivery, with the failures', () => {
  const { deliveries: reported } = JSON.parse(JSON.stringify(signingJson(report({ deliveries }), undefined)));
  const urls = ['https://github.com/o/r/actions/runs/1/artifacts/7'];
  const common = { name: 'workflow-artifact', place: 'countersign-build-1', ids: ['7'], urls, failures: [] };
  expect(reported).toEqual([
    { ...common, outcome: 'delivered', delivered: 1, present: 0 },
    {
      name: 'registry',
      outcome: 'failed',
      place: 'registry.test/app',
      ids: [],
      urls: [],
      delivered: 2,
      present: 0,
      failures: [
        { code: 'PERMISSION_MISSING', kind: 'usage', message: 'the token lacks a permission', remedy: 'Add it.' },
      ],
    },
    { name: 'release', outcome: 'not-attempted', reason: 'nothing was signed' },
    { ...common, outcome: 'delivered', delivered: 3, present: 4 },
    { ...common, outcome: 'present', delivered: 0, present: 1 },
  ]);
});

test('the summary has a table of deliveries, and a headline that says that one failed', () => {
  const summary = signingSummary(report({ deliveries }));
  expect(summary.split('\n')[0]).toBe('## ❌ Countersign signed 1 file, but 1 of 5 deliveries failed');
  const table = summary.slice(summary.indexOf('| Delivery |')).split('\n');
  const link = '[`countersign-build-1`](https://github.com/o/r/actions/runs/1/artifacts/7)';
  expect(table.slice(0, 7)).toEqual([
    '| Delivery | Place | Result |',
    '| :-- | :-- | :-- |',
    `| Workflow artifact | ${link} | ✅ 1 delivered |`,
    '| Registry | `registry.test/app` | ❌ **1 failure, 2 delivered**<br>Run the job again. It keeps what is there, and delivers the rest. |',
    '| GitHub release |  | ➖ not attempted, because nothing was signed |',
    `| Workflow artifact | ${link} | ✅ 3 delivered, 4 there already |`,
    `| Workflow artifact | ${link} | ✅ there already |`,
  ]);
});

test('a terminal shows a line for each delivery', () => {
  const lines = signingText(report({ deliveries: [failed, skipped, { ...failed, place: undefined, delivered: 0 }] }));
  expect(lines).toContain(
    [
      'Registry registry.test/app: 1 failure, 2 delivered. Run the job again. It keeps what is there, and delivers the rest.',
      'GitHub release: not attempted, because nothing was signed',
      'Registry: 1 failure, nothing delivered. Run the job again. It keeps what is there, and delivers the rest.',
      '',
    ].join('\n'),
  );
});

describe('a place that is an attempt to be something else', () => {
  test.each(hostileNames.map((name, index) => [index, name] as const))('%i stays in its cell and line', (_, place) => {
    const hostile = [
      { ...uploaded, place, urls: [place] },
      { ...skipped, reason: place },
    ];
    const clean = report({ deliveries: [uploaded, skipped] });
    const kinds = (summary: string) => blocks(summary).map(({ kind, texts }) => [kind, kind === 'row' && texts.length]);
    const shown = report({ deliveries: hostile });
    expect(kinds(signingSummary(shown))).toEqual(kinds(signingSummary(clean)));
    expect(signingText(shown).split('\n')).toHaveLength(signingText(clean).split('\n').length);
  });
});
