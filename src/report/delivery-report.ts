/** Describes the deliveries of a run, for every format. */

import { failureJson } from './failure-json.ts';
import { cellCode, cellProse, link } from './markdown.ts';
import { count } from './shorten.ts';
import type { ReportedDelivery, ReportedDestination } from './signing-report.ts';

const titles: Readonly<Record<ReportedDestination, string>> = {
  'workflow-artifact': 'Workflow artifact',
  registry: 'Registry',
  release: 'GitHub release',
  'github-attestations': 'GitHub attestations',
  'storage-records': 'Storage records',
};

/** The next step for a delivery that failed. */
const again = 'Run the job again. It keeps what is there, and delivers the rest.';

/** Returns the deliveries as plain values, as docs/json.md documents them. */
export function deliveriesJson(deliveries: readonly ReportedDelivery[]): readonly object[] {
  return deliveries.map((delivery) => {
    const { name, outcome } = delivery;
    if (outcome === 'not-attempted') return { name, outcome, reason: delivery.reason };
    const { place = null, ids, urls, delivered, present } = delivery;
    const failures = outcome === 'failed' ? delivery.failures.map(failureJson) : [];
    return { name, outcome, place, ids, urls, delivered, present, failures };
  });
}

/** Returns a line for each delivery. */
export function deliveryLines(deliveries: readonly ReportedDelivery[]): readonly string[] {
  return deliveries.map((delivery) => {
    const title = titles[delivery.name];
    if (delivery.outcome === 'not-attempted') return `${title}: not attempted, because ${delivery.reason}`;
    const place = delivery.place === undefined ? '' : ` ${delivery.place}`;
    const [url, ...others] = delivery.urls;
    const where = url === undefined || others.length > 0 ? '' : `: ${url}`;
    const next = delivery.outcome === 'failed' ? `. ${again}` : '';
    return `${title}${place}: ${outcomeText(delivery)}${where}${next}`;
  });
}

/** Returns the deliveries as a table in GitHub's Markdown. */
export function deliveryTable(deliveries: readonly ReportedDelivery[]): readonly string[] {
  if (deliveries.length === 0) return [];
  return [
    '| Delivery | Place | Result |',
    '| :-- | :-- | :-- |',
    ...deliveries.map((delivery) => `| ${titles[delivery.name]} | ${placeCell(delivery)} | ${resultCell(delivery)} |`),
    '',
  ];
}

function placeCell(delivery: ReportedDelivery): string {
  if (delivery.outcome === 'not-attempted' || delivery.place === undefined) return '';
  const place = cellCode(delivery.place);
  const [url, ...others] = delivery.urls;
  return url === undefined || others.length > 0 ? place : link(place, url);
}

function resultCell(delivery: ReportedDelivery): string {
  if (delivery.outcome === 'not-attempted') return cellProse(`➖ not attempted, because ${delivery.reason}`);
  if (delivery.outcome !== 'failed') return `✅ ${outcomeText(delivery)}`;
  return `❌ **${outcomeText(delivery)}**<br>${again}`;
}

function outcomeText(delivery: Exclude<ReportedDelivery, { readonly outcome: 'not-attempted' }>): string {
  const { outcome, delivered, present } = delivery;
  const kept = present === 0 ? '' : `${delivered} delivered, ${present} there already`;
  switch (outcome) {
    case 'delivered':
      return kept === '' ? `${delivered} delivered` : kept;
    case 'present':
      return 'there already';
    case 'failed': {
      const done = delivered + present === 0 ? 'nothing delivered' : kept || `${delivered} delivered`;
      return `${count(delivery.failures.length, 'failure')}, ${done}`;
    }
  }
}
