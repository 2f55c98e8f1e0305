/** The pictures of the page: SVG shapes without text, which stretch to any width. Their titles and descriptions say the same in words. */

import type { LogReport } from '../../monitor/audit/index.ts';
import type { WatchFinding, WatchReport, WatchSeverity } from '../../monitor/watch/index.ts';
import { type Html, html } from '../html.ts';
import { count } from '../shorten.ts';
import {
  coverageText,
  day,
  lastDays,
  type SignerHistory,
  severityCounts,
  shownDays,
  watchSeverities,
} from '../watch-report.ts';

/** Units of the view box for a day. */
const dayWidth = 10;
const gap = 2;
const height = 60;

/** Returns the findings by the day on which they were first seen, with the most severe at the bottom. */
export function findingsChart({ at, open }: WatchReport): Html {
  const days = lastDays(at);
  const byDay = groupByDay(open);
  const highest = Math.max(1, ...days.map((on) => byDay.get(on)?.length ?? 0));
  const earlier = open.filter(({ firstSeen }) => day(firstSeen) < (days[0] ?? '')).length;
  const bars = days.flatMap((on, index) => stack(byDay.get(on) ?? [], index, highest, on));
  const inTime = days.reduce((sum, on) => sum + (byDay.get(on)?.length ?? 0), 0);
  const before =
    earlier === 0
      ? undefined
      : html`<p class="soft">${count(earlier, 'open finding')} ${earlier === 1 ? 'was' : 'were'} first seen before ${days[0]}.</p>`;
  if (inTime === 0) return html`<p class="soft">No open finding was first seen in this time.</p>${before}`;
  const description = `${count(inTime, 'open finding')} first seen between ${days[0]} and ${days.at(-1)}, at most ${highest} on one day.`;
  const legend = watchSeverities.map((severity) => html`<li>${swatch(`f-${severity}`)}${severity}</li>`);
  return html`<ul class="legend">${legend}<li>at most ${highest} on one day</li></ul><svg class="chart tall" viewBox="0 0 ${shownDays * dayWidth} ${height}" preserveAspectRatio="none" role="img" aria-labelledby="tl-t tl-d"><title id="tl-t">Open findings by day</title><desc id="tl-d">${description}</desc>${grid()}${bars}</svg>${axis(days)}${before}`;
}

/** Returns a small square in the colour of a class, for a legend. */
export function swatch(name: string): Html {
  return html`<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${name}" width="10" height="10" rx="2"/></svg>`;
}

function groupByDay(findings: readonly WatchFinding[]): ReadonlyMap<string, readonly WatchFinding[]> {
  const groups = new Map<string, WatchFinding[]>();
  for (const finding of findings) {
    const on = day(finding.firstSeen);
    const group = groups.get(on);
    if (group === undefined) groups.set(on, [finding]);
    else group.push(finding);
  }
  return groups;
}

function stack(findings: readonly WatchFinding[], index: number, highest: number, on: string): readonly Html[] {
  const counts = severityCounts(findings);
  let base = height;
  return (['critical', 'alert', 'note'] as const).flatMap((severity) => {
    if (counts[severity] === 0) return [];
    const tall = scaled(counts[severity], highest);
    base -= tall;
    return [
      html`<rect class="f-${severity}" x="${index * dayWidth}" y="${round(base)}" width="${dayWidth - gap}" height="${round(tall)}"><title>${on}: ${counts[severity]} ${severity}</title></rect>`,
    ];
  });
}

/** Returns the signatures of a signer by day. Days on which an open finding about the signer was first seen have a mark at the top. */
export function signaturesChart(
  history: SignerHistory,
  days: readonly string[],
  marked: ReadonlyMap<string, WatchSeverity>,
  id: string,
): Html {
  const highest = Math.max(1, ...days.map((on) => history.days.get(on) ?? 0));
  const bars = days.flatMap((on, index) => {
    const number = history.days.get(on) ?? 0;
    const severity = marked.get(on);
    const tall = scaled(number, highest);
    return [
      ...(number === 0
        ? []
        : [
            html`<rect class="bar" x="${index * dayWidth}" y="${round(height - tall)}" width="${dayWidth - gap}" height="${round(tall)}"><title>${on}: ${count(number, 'signature')}</title></rect>`,
          ]),
      ...(severity === undefined
        ? []
        : [
            html`<rect class="f-${severity}" x="${index * dayWidth - 1}" y="0" width="${dayWidth}" height="8"><title>${on}: ${severity}</title></rect>`,
          ]),
    ];
  });
  const active = days.filter((on) => (history.days.get(on) ?? 0) > 0).length;
  return html`<svg class="chart low" viewBox="0 0 ${shownDays * dayWidth} ${height}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">Signatures by day</title><desc id="${id}-d">${count(history.total, 'signature')} on ${count(active, 'day')}, at most ${highest} on one day${marked.size > 0 ? `; findings on ${count(marked.size, 'day')}` : ''}.</desc>${grid()}${bars}</svg>`;
}

/** Returns a bar of the entries of a log: those that are not read, those that were proven, and those that are left. */
export function coverageChart(log: LogReport, id: string): Html {
  const { coverage } = log;
  const unread = coverage !== undefined && coverage.from > 0 ? 90 : 0;
  const room = 1000 - unread;
  const span = coverage === undefined ? 0 : coverage.size - coverage.from;
  const left = coverage === undefined ? 0 : coverage.size - coverage.to;
  // A gap of a few entries in a log of millions must still be visible.
  const leftWidth = left <= 0 ? 0 : Math.min(room, Math.max(8, (left / span) * room));
  const done = coverage === undefined || coverage.to === coverage.from ? 0 : room - leftWidth;
  return html`<svg class="chart thin" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">Coverage</title><desc id="${id}-d">${coverageText(log)}.</desc><defs><pattern id="${id}-h" width="12" height="20" patternUnits="userSpaceOnUse"><path class="stripe" d="M-3 23L15 -3"/></pattern></defs>${
    unread > 0 ? html`<rect x="0" y="0" width="${unread}" height="20" fill="url(#${id}-h)"/>` : undefined
  }${done > 0 ? html`<rect class="bar" x="${unread}" y="0" width="${round(done)}" height="20"/>` : undefined}${
    leftWidth > 0
      ? html`<rect class="rest" x="${round(1000 - leftWidth)}" y="0" width="${round(leftWidth)}" height="20"/>`
      : undefined
  }</svg>`;
}

/** Returns the first day, the middle and the last day, as text below a chart. */
export function axis(days: readonly string[]): Html {
  const shown = [days[0], days[Math.floor(days.length / 2)], days.at(-1)];
  return html`<p class="axis" aria-hidden="true">${shown.map((on) => html`<span>${on}</span>`)}</p>`;
}

/** Returns a line every 30 days. */
function grid(): Html {
  return html`${[30, 60].map((at) => html`<path class="grid" d="M${at * dayWidth - 1} 0V${height}"/>`)}`;
}

function scaled(number: number, highest: number): number {
  // Space for the marks at the top.
  return number === 0 ? 0 : Math.max(2, (number / highest) * (height - 12));
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
