/** Formats a watch for its issue, in GitHub's Markdown. */

import { sha256 } from '@noble/hashes/sha2.js';
import { asList, asObject, asText, encodeHex, type JsonObject, parseJson, utf8 } from '../core/encoding/index.ts';
import { attempt } from '../core/errors/index.ts';
import type { FindingChange, WatchReport } from '../monitor/watch/index.ts';
import { cellProse, prose } from './markdown.ts';
import { byteLength, count, fitting } from './shorten.ts';
import { changeKey, isAlert, isoTime, severityCounts, watchHeadline } from './watch-report.ts';
import { acknowledgedLines, coverageSection, findingTable, footLines, incompleteLines } from './watch-summary.ts';

/** GitHub refuses bodies of more than 65,536 characters. */
const maxBodyBytes = 64_000;
const maxTableBytes = 60_000;
/** The length that the parts around the table may take. */
const maxPartBytes = 6000;
const maxAnchors = 20;
const maxOriginLength = 200;
/** Changes beyond this number are only counted in the comment. */
const maxMarkedChanges = 1500;

/** The verified tree of a log, in the issue of a watch: an anchor that does not depend on the state folder. */
export interface WatchAnchor {
  readonly origin: string;
  /** In hexadecimal. Shards of a log can have one origin. */
  readonly keyId: string;
  readonly size: number;
  /** In hexadecimal. */
  readonly root: string;
}

/** The content of the hidden marker of an issue or a comment. */
export interface WatchMarker {
  readonly anchors: readonly WatchAnchor[];
  /** The hashes of the changes that the issue or comment tells of. */
  readonly told: ReadonlySet<string>;
  readonly at: Date;
}

export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/**
 * Returns the title and the body. The body carries a hidden marker with an anchor for each log.
 *
 * @param earlier the anchors in the issue so far. One is kept if this run verified no larger tree of the log
 */
export function watchIssue(report: WatchReport, earlier: readonly WatchAnchor[] = []): IssueText {
  const head = [
    markerLine({ anchors: anchorsOf(report, earlier), changes: report.changes, at: report.at }),
    '',
    `**${prose(watchHeadline(report))}.**`,
    '',
    ...bounded(incompleteLines(report)),
  ];
  const tail = [
    ...bounded(coverageSection(report)),
    ...bounded(acknowledgedLines(report)),
    ...bounded(footLines(report)),
    'The watch keeps this issue up to date. To close it, acknowledge each finding in the policy file, with a reason and an end date. Do not edit the body.',
  ];
  const room = Math.min(maxTableBytes, maxBodyBytes - byteLength(head) - byteLength(tail));
  return { title: title(report), body: [...head, ...findingTable(report, report.open, room), ...tail, ''].join('\n') };
}

/** Returns the issue of `--test-delivery`, which is separate from that of the watch. */
export function watchTestIssue(report: WatchReport): IssueText {
  return {
    title: '[test] Countersign watch: test of the delivery',
    body: [markerLine({ anchors: [], changes: report.changes, at: report.at }), '', testText, ''].join('\n'),
  };
}

const testText = 'This is a test. Countersign can open, comment on and close issues here. There is nothing to do.';

/** Contains no text of a log, since titles appear in notifications. */
function title({ open }: WatchReport): string {
  const { critical, alert } = severityCounts(open);
  const parts = [
    ...(critical > 0 ? [`${critical.toLocaleString('en')} critical`] : []),
    ...(alert > 0 ? [count(alert, 'alert')] : []),
  ];
  return `Countersign watch: ${parts.length === 0 ? 'no open alert' : parts.join(', ')}`;
}

/** Returns the comment about changes. Its hidden marker names them, so that they are not told twice. */
export function watchComment(changes: readonly FindingChange[], report: WatchReport): string {
  const head = [
    markerLine({ anchors: [], changes, at: report.at }),
    '',
    ...(report.isTest ? [testText, ''] : []),
    ...(changes.length > maxMarkedChanges ? [`${count(changes.length, 'change')} in this run.`, ''] : []),
  ];
  const sections = [
    ['created', 'New'],
    ['updated', 'Changed'],
    ['closed', 'No longer observed'],
  ] as const;
  const parts = sections.map(([activity, heading]) => {
    const findings = changes.filter((change) => change.activity === activity).map(({ finding }) => finding);
    return { activity, heading, findings };
  });
  const room = (maxTableBytes - byteLength(head)) / 2 - 500;
  return [
    ...head,
    ...parts.flatMap(({ activity, heading, findings }) => {
      if (findings.length === 0) return [];
      // New findings get half of the space, the others a quarter each.
      const share = activity === 'created' ? room : room / 2;
      if (activity !== 'closed') return [`**${heading}**`, '', ...findingTable(report, findings, share)];
      const lines = fitting(findings, ({ rule, title: found }) => [`- ${rule.id} ${cellProse(found)}`], share);
      const more = findings.length - lines.length;
      return [
        `**${heading}**`,
        '',
        ...lines.flat(),
        ...(more > 0 ? [`- and ${more.toLocaleString('en')} more`] : []),
        '',
      ];
    }),
  ].join('\n');
}

/** Returns the lines that fit into the space of a part, so that no part of an issue displaces the others. */
function bounded(lines: readonly string[]): readonly string[] {
  const shown = fitting(lines, (line) => [line], maxPartBytes).flat();
  if (shown.length === lines.length) return lines;
  const isFolded = lines[0]?.startsWith('<details>') === true;
  return [
    ...shown,
    ...(lines[0]?.startsWith('>') === true ? ['> - and more'] : ['', '… and more.']),
    ...(isFolded ? ['', '</details>'] : []),
    '',
  ];
}

function anchorsOf({ audit }: WatchReport, earlier: readonly WatchAnchor[]): readonly WatchAnchor[] {
  const keyOf = ({ origin, keyId }: Pick<WatchAnchor, 'origin' | 'keyId'>): string => `${keyId} ${origin}`;
  const anchors = new Map(earlier.map((anchor) => [keyOf(anchor), anchor]));
  for (const { log, origin, head, coverage } of audit.logs) {
    // A head that was not compared with the verified tree is not an anchor.
    if (origin === undefined || origin.length > maxOriginLength || head === undefined || head.size !== coverage?.size)
      continue;
    const keyId = encodeHex(log.keyId);
    const key = keyOf({ origin, keyId });
    if (head.size >= (anchors.get(key)?.size ?? 0))
      anchors.set(key, { origin, keyId, size: head.size, root: encodeHex(head.root) });
  }
  return [...anchors.values()].slice(0, maxAnchors);
}

/** Returns the hash by which a change is recognised in markers. */
export function changeHash(change: FindingChange): string {
  return encodeHex(sha256(utf8(changeKey(change))).subarray(0, 6));
}

interface MarkerContent {
  readonly anchors: readonly WatchAnchor[];
  readonly changes: readonly FindingChange[];
  readonly at: Date;
}

/** Base64url has no character that could end the comment. */
function markerLine({ anchors, changes, at }: MarkerContent): string {
  const told = changes.slice(0, maxMarkedChanges).map(changeHash);
  const json = JSON.stringify({ anchors, told: told.join(''), at: isoTime(at) });
  return `<!-- countersign-watch:v1 ${Buffer.from(json).toString('base64url')} -->`;
}

const markerForm = /^<!-- countersign-watch:v1 ([A-Za-z0-9_-]{1,60000}) -->(?:\r?\n|$)/;

/** Returns the content of the marker at the start of an issue or comment; `undefined` if it has no valid one. The body is untrusted. */
export function watchMarker(body: string): WatchMarker | undefined {
  const [, encoded] = markerForm.exec(body) ?? [];
  if (encoded === undefined) return undefined;
  const json = attempt(() =>
    asObject(parseJson(Buffer.from(encoded, 'base64url'), { maxLength: 64 * 1024, maxDepth: 4 })),
  );
  const anchors = asList(json?.anchors)?.map((anchor) => readAnchor(asObject(anchor)));
  const told = asText(json?.told);
  const at = new Date(asText(json?.at) ?? Number.NaN);
  if (anchors === undefined || told === undefined || !/^(?:[0-9a-f]{12})*$/.test(told) || Number.isNaN(at.getTime()))
    return undefined;
  const valid = anchors.flatMap((anchor) => anchor ?? []);
  if (valid.length !== anchors.length || valid.length > maxAnchors) return undefined;
  return { anchors: valid, told: new Set(told.match(/.{12}/g) ?? []), at };
}

/** Returns the anchors in the body of an issue; `undefined` if it has no valid marker. The body is untrusted. */
export function watchAnchors(body: string): readonly WatchAnchor[] | undefined {
  return watchMarker(body)?.anchors;
}

function readAnchor(json: JsonObject | undefined): WatchAnchor | undefined {
  const origin = asText(json?.origin);
  const root = asText(json?.root);
  const keyId = asText(json?.keyId);
  const size = json?.size;
  if (origin === undefined || origin.length > maxOriginLength || root === undefined || !/^[0-9a-f]{64}$/.test(root))
    return undefined;
  if (keyId === undefined || !/^(?:[0-9a-f]{2}){4,64}$/.test(keyId)) return undefined;
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
    ? { origin, keyId, size, root }
    : undefined;
}

/** Returns the changes that an issue tells of in comments: those of alerts. Notes are only in its table. */
export function toldChanges({ changes }: WatchReport): readonly FindingChange[] {
  return changes.filter(({ finding }) => isAlert(finding));
}
