/** Formats a watch as one HTML page, which loads nothing and runs no script. */

import { createHash } from 'node:crypto';
import type { LogReport } from '../../monitor/audit/index.ts';
import type { WatchFinding, WatchReport, WatchSeverity } from '../../monitor/watch/index.ts';
import { Html, html } from '../html.ts';
import { count, shorten } from '../shorten.ts';
import {
  coverageText,
  day,
  findingFacts,
  incompleteReasons,
  lastDays,
  moment,
  severityCounts,
  signaturesBySigner,
  signerOf,
  sortedFindings,
  subjectOf,
  type WatchOutcome,
  watchHeadline,
  watchOutcome,
  watchSeverities,
} from '../watch-report.ts';
import { axis, coverageChart, findingsChart, signaturesChart, swatch } from './charts.ts';
import { style } from './style.ts';

/** The numbers of items that are listed. The JSON has all of them. */
const maxFindings = 1000;
const maxAcknowledged = 500;
const maxPackages = 500;
const maxReasons = 100;
const maxUnfolded = 10;
/** Of a signer in a table or above a picture. */
const maxNameLength = 160;
const maxSigners = 24;
/** Above this number, reasons and remedies of findings are in their details. */
const maxOpenedFindings = 25;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Returns the page, which loads nothing and runs no script. */
export function watchPage(report: WatchReport): string {
  const outcome = watchOutcome(report);
  const sections = sectionsOf(report);
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${watchHeadline(report)} – Countersign watch</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>Countersign watch of <code>${report.policy}</code>, <time datetime="${report.at.toISOString()}">${moment(report.at)}</time></h1>
${report.isTest ? html`<p class="test">Test report: its finding is not real.</p>\n` : undefined}<div class="verdict ${outcome}">${icon(outcome)}<p class="headline">${watchHeadline(report)}</p></div>
${figures(report)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main id="content">
${incompleteSection(report)}${sections.map(({ id, title, content }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content}</section>\n`)}</main>
<footer><p>Times are in UTC. Names, addresses and other texts of entries come from the logs: anyone can choose them. A link leads only to a page of github.com or search.sigstore.dev.</p>
<p>A watch sees only what is in the logs and registries that are listed under <a href="#coverage">Coverage</a>.</p></footer>
</body>
</html>
`;
  return page.text;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

function sectionsOf(report: WatchReport): readonly Section[] {
  return [
    {
      id: 'findings',
      title: `Findings (${report.open.length.toLocaleString('en')})`,
      content: findingsSection(report),
    },
    { id: 'history', title: 'Last 90 days', content: historySection(report) },
    { id: 'coverage', title: 'Coverage', content: coverageSection(report) },
    ...(report.acknowledged.length === 0
      ? []
      : [
          {
            id: 'acknowledged',
            title: `Acknowledged (${report.acknowledged.length.toLocaleString('en')})`,
            content: acknowledgedSection(report),
          },
        ]),
    ...(report.expired.length === 0
      ? []
      : [
          {
            id: 'expired',
            title: `Expired acknowledgements (${report.expired.length.toLocaleString('en')})`,
            content: html`<p class="soft">These no longer apply. Remove them from the policy, or set a new end date.</p>${list(report.expired)}`,
          },
        ]),
    ...(report.learning.length === 0
      ? []
      : [
          {
            id: 'learning',
            title: 'Learning',
            content: html`<p class="soft">These rules report nothing until they know what is usual.</p>${list(report.learning)}`,
          },
        ]),
  ];
}

const paths: Readonly<Record<WatchOutcome, string>> = {
  clean: 'M13 21l6 6 12-13',
  incomplete: 'M22 11v13M22 30v2.5',
  findings: 'M22 11v13M22 30v2.5',
  misbehaviour: 'M15 15l14 14M29 15L15 29',
};

function icon(outcome: WatchOutcome): Html {
  return html`<svg viewBox="0 0 44 44" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"><circle cx="22" cy="22" r="19" stroke-width="3"/><path d="${paths[outcome]}"/></svg>`;
}

function figures(report: WatchReport): Html {
  const counts = severityCounts(report.open);
  const figure = (label: string, value: string) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<dl class="facts">${[
    ...watchSeverities.map((severity) => figure(plural[severity], counts[severity].toLocaleString('en'))),
    figure('Acknowledged', report.acknowledged.length.toLocaleString('en')),
    figure('Matching entries of this run', report.matched.toLocaleString('en')),
    figure('Undecided entries', report.pending.toLocaleString('en')),
  ]}</dl>`;
}

const plural: Readonly<Record<WatchSeverity, string>> = { critical: 'Critical', alert: 'Alerts', note: 'Notes' };

function incompleteSection(report: WatchReport): Html | undefined {
  const reasons = incompleteReasons(report);
  if (reasons.length === 0) return undefined;
  return html`<section class="warn" aria-label="Incomplete"><p><strong>The watch is incomplete.</strong> A finding may be missing from this report.</p>${list(reasons)}</section>\n`;
}

/** Returns a list, of which the part after the first items is folded. */
function list(texts: readonly string[]): Html {
  const items = (some: readonly string[]): Html =>
    html`<ul class="plain">${some.map((text) => html`<li>${text}</li>`)}</ul>`;
  const folded = texts.slice(maxUnfolded, maxReasons);
  return html`${items(texts.slice(0, maxUnfolded))}${
    folded.length === 0
      ? undefined
      : html`<details><summary>${count(texts.length - maxUnfolded, 'more line')}</summary>${items([
          ...folded,
          ...(texts.length > maxReasons ? [`and ${(texts.length - maxReasons).toLocaleString('en')} more`] : []),
        ])}</details>`
  }`;
}

function findingsSection(report: WatchReport): Html {
  const open = sortedFindings(report.open);
  if (open.length === 0)
    return html`<p>No finding is open. <a href="#coverage">Coverage</a> lists what was checked.</p>`;
  const shown = open.slice(0, maxFindings);
  const isLong = open.length > maxOpenedFindings;
  return html`<table role="table"><caption>Open findings, the most severe first${
    shown.length < open.length ? `: ${shown.length.toLocaleString('en')} of ${open.length.toLocaleString('en')}` : ''
  }</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="c1">Severity</th><th role="columnheader" scope="col">Finding</th><th role="columnheader" scope="col" class="c3">About</th><th role="columnheader" scope="col" class="c4">First seen</th></tr></thead><tbody role="rowgroup">${shown.map(
    (finding) => findingRow(finding, report, isLong),
  )}</tbody></table>`;
}

function findingRow(finding: WatchFinding, report: WatchReport, isLong: boolean): Html {
  const { severity, rule, title, reason, remedy, firstSeen } = finding;
  const text = html`<p class="next">${reason}</p><p class="next"><strong>Next step:</strong> ${remedy}</p>`;
  return html`<tr role="row"><td role="cell"><span class="badge ${severity}">${severity}</span></td><th role="rowheader" scope="row"><p class="title">${title}</p><p class="soft next">${rule.id} ${rule.name}</p>${isLong ? undefined : text}<details><summary>Details</summary>${isLong ? text : undefined}${facts(finding, report)}</details></th><td role="cell"><code>${shorten(subjectOf(finding), maxNameLength)}</code></td><td role="cell" data-label="First seen"><time datetime="${firstSeen.toISOString()}">${day(firstSeen)}</time></td></tr>\n`;
}

function facts(finding: WatchFinding, report: WatchReport): Html {
  return html`<dl>${findingFacts(finding, report).map(({ label, value, url }) => {
    const code = html`<code>${value}</code>`;
    const shown = url === undefined ? code : html`<a href="${url}" rel="noreferrer noopener">${code}</a>`;
    return html`<dt>${label}</dt><dd>${shown}</dd>`;
  })}</dl>`;
}

function historySection(report: WatchReport): Html {
  const days = lastDays(report.at);
  const histories = signaturesBySigner(report);
  const shown = histories.slice(0, maxSigners);
  const others = histories.slice(maxSigners);
  const marks = marksOf(report);
  const signatures = histories.reduce((sum, { total }) => sum + total, 0);
  return html`<h3>Open findings</h3>${findingsChart(report)}<h3>Signatures of each signer</h3>${
    shown.length === 0
      ? html`<p class="soft">No signature of the watched signers was read.</p>`
      : html`<p class="soft">${count(signatures, 'signature')} of ${count(histories.length, 'signer')}. Each picture has its own scale. A mark at the top is a day with an open finding about the signer.</p><ul class="many">${shown.map(
          (history, index) =>
            html`<li><p class="name"><code>${shorten(history.signer, maxNameLength)}</code><span class="soft">${history.total.toLocaleString('en')}</span></p>${signaturesChart(history, days, marks.get(history.signer) ?? new Map(), `s${index}`)}${axis(days)}</li>\n`,
        )}</ul>`
  }${
    others.length === 0
      ? undefined
      : html`<p class="soft">${count(others.length, 'more signer')} with ${count(
          others.reduce((sum, { total }) => sum + total, 0),
          'signature',
        )} ${others.length === 1 ? 'is' : 'are'} not shown.</p>`
  }`;
}

/** Returns the days with open findings about each signer, with the most severe of the day. */
function marksOf({ open }: WatchReport): ReadonlyMap<string, ReadonlyMap<string, WatchSeverity>> {
  const marks = new Map<string, Map<string, WatchSeverity>>();
  for (const finding of sortedFindings(open)) {
    for (const signer of signerOf(finding)) {
      const days = marks.get(signer) ?? new Map<string, WatchSeverity>();
      const on = day(finding.firstSeen);
      if (!days.has(on)) days.set(on, finding.severity);
      marks.set(signer, days);
    }
  }
  return marks;
}

function coverageSection(report: WatchReport): Html {
  const { audit, packages } = report;
  return html`<ul class="legend"><li>${swatch('bar')}proven and checked</li><li>${swatch('rest')}not read yet</li><li><svg viewBox="0 0 10 10" aria-hidden="true"><path class="stripe" d="M0 10L10 0M-5 5L5 -5M5 15L15 5"/></svg>before the baseline, not read</li></ul>${
    audit.logs.length === 0 ? html`<p>No log was read.</p>` : audit.logs.map(logCoverage)
  }${packages.length === 0 ? undefined : packagesTable(report)}`;
}

function logCoverage(log: LogReport, index: number): Html {
  const { baseline, head, notes } = log;
  const since =
    baseline === undefined
      ? undefined
      : ` The first audit was on ${day(baseline.at)}, at ${baseline.size.toLocaleString('en')} entries.`;
  const time = head?.time === undefined ? undefined : ` The checkpoint is of ${moment(head.time)}.`;
  return html`<div class="log"><h3><code>${log.log.baseUrl}</code></h3>${coverageChart(log, `c${index}`)}<p>${sentence(coverageText(log))}${since}${time}</p>${
    notes.length === 0 ? undefined : list(notes)
  }</div>\n`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function packagesTable({ packages }: WatchReport): Html {
  const shown = packages.slice(0, maxPackages);
  return html`<table role="table"><caption>Packages${
    shown.length < packages.length ? `: ${shown.length} of ${packages.length.toLocaleString('en')}` : ''
  }</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="c1">Registry</th><th role="columnheader" scope="col" class="q2">Name</th><th role="columnheader" scope="col">Checked</th></tr></thead><tbody role="rowgroup">${shown.map(
    ({ package: { ecosystem, name }, versions, problem }) =>
      html`<tr role="row"><td role="cell">${ecosystem}</td><th role="rowheader" scope="row"><code>${name}</code></th><td role="cell">${problem === undefined ? count(versions, 'version') : html`<span class="alert">not checked:</span> ${problem}`}</td></tr>`,
  )}</tbody></table>`;
}

function acknowledgedSection({ acknowledged }: WatchReport): Html {
  const shown = acknowledged.slice(0, maxAcknowledged);
  return html`<table role="table"><caption>Acknowledged findings, each until its end date${
    shown.length < acknowledged.length ? `: ${shown.length} of ${acknowledged.length.toLocaleString('en')}` : ''
  }</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="c1">Severity</th><th role="columnheader" scope="col" class="q2">Finding</th><th role="columnheader" scope="col">Reason</th><th role="columnheader" scope="col" class="q3">Until</th></tr></thead><tbody role="rowgroup">${shown.map(
    ({ finding, reason, until }) =>
      html`<tr role="row"><td role="cell"><span class="badge ${finding.severity}">${finding.severity}</span></td><th role="rowheader" scope="row"><p class="title">${finding.title}</p><p class="soft next">${finding.rule.id} ${finding.rule.name}</p><p class="next"><code>${finding.id}</code></p></th><td role="cell">${reason}</td><td role="cell" data-label="Until"><time datetime="${until.toISOString()}">${day(until)}</time></td></tr>`,
  )}</tbody></table>`;
}
