/** Formats what is attached to an image for a terminal. */

import { formatDigest } from '../core/crypto/index.ts';
import { formatPlatform, type Platform } from '../services/registry/index.ts';
import type { AttachedTag, AttestationTree, ImageTree, ManifestTree, Referrer } from './image-tree.ts';
import { count, shownText } from './shorten.ts';
import type { TextOptions } from './verification-text.ts';

const colours = { line: 2, type: 36, problem: 31, warning: 33 } as const;
type Paint = (text: string, as: keyof typeof colours) => string;

/** Returns the lines, which are safe to print whatever is attached. */
export function imageTreeText(tree: ImageTree, { colour = false }: TextOptions = {}): string {
  const paint: Paint = (text, as) => (colour ? `\u001b[${colours[as]}m${text}\u001b[0m` : text);
  const lines = [
    shownText(tree.image, 400),
    ...manifestLines(tree, paint),
    ...tree.manifests.flatMap(({ platform, ...manifest }) => [
      '',
      shownText(platformText(platform), 100),
      ...manifestLines(manifest, paint),
    ]),
    ...tree.attestations.flatMap((attestation) => attestationLines(attestation, tree, paint)),
    '',
    `${paint('Not verified', 'warning')}: anyone with push access can attach anything. To verify, run countersign verify.`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function attestationLines(
  { about, predicateTypes, ...manifest }: AttestationTree,
  { manifests }: ImageTree,
  paint: Paint,
): readonly string[] {
  const of = manifests.find(({ digest }) => formatDigest(digest) === about);
  const name = of?.platform === undefined ? (about ?? 'nothing') : platformText(of.platform);
  return [
    '',
    `attestation manifest of ${shownText(name, 100)}`,
    ...typeLines(predicateTypes).map((type) => `   ${paint(type, 'type')}`),
    ...manifestLines(manifest, paint),
  ];
}

/** Returns the predicate types of an attestation manifest, of which there are few. */
function typeLines(types: readonly string[]): readonly string[] {
  const shown = types.slice(0, 20).map((type) => shownText(type, 300));
  return types.length > shown.length ? [...shown, `… and ${types.length - shown.length} more`] : shown;
}

function platformText(platform: Platform | undefined): string {
  return platform === undefined ? 'unknown platform' : formatPlatform(platform);
}

function manifestLines(tree: ManifestTree, paint: Paint): readonly string[] {
  const { digest, mediaType, size, source, fallbackTag } = tree;
  const by = { api: 'the registry (referrers API)', tag: `the tag ${fallbackTag}`, layout: 'the image layout' }[source];
  const branches = [...referrerBranches(tree.referrers), ...tree.tags.map(tagBranch)];
  return [
    `${formatDigest(digest)}  ${mediaType}  ${count(size, 'byte')}`,
    branches.length > 0
      ? `attached, listed by ${by}:`
      : `nothing ${tree.unread.length > 0 ? 'found' : 'attached'}, listed by ${by}`,
    ...branchLines(branches, '', paint),
    ...tree.unread.flatMap(({ place, problem }) => [
      `${paint('unreadable', 'warning')} ${shownText(place, 300)}`,
      `   ${shownText(problem, 400)}`,
    ]),
  ];
}

/** An attachment: its own lines, and its own attachments. */
interface Branch {
  readonly title: string;
  readonly details: readonly (readonly [text: string, as: keyof typeof colours])[];
  readonly below: readonly Branch[];
}

function referrerBranches(referrers: readonly Referrer[]): readonly Branch[] {
  const sizes = referrers.map(({ size }) => count(size, 'byte'));
  const width = Math.max(0, ...sizes.map((text) => text.length));
  return referrers.map((referrer, at) => {
    const { digest, artifactType, predicateType, predicateTypes = [], created, problem } = referrer;
    const when = created === undefined ? '' : `  ${shownText(created, 60)}`;
    const type = shownText(artifactType ?? 'no artifact type', 200);
    return {
      title: `${formatDigest(digest)}  ${(sizes[at] ?? '').padStart(width)}${when}`,
      details: [
        [predicateType === undefined ? type : `${type}  ${shownText(predicateType, 300)}`, 'type'],
        ...typeLines(predicateTypes).map((each) => [`   ${each}`, 'type'] as const),
        ...(problem === undefined ? [] : [[`It ${shownText(problem, 300)}`, 'problem'] as const]),
      ],
      below: referrerBranches(referrer.referrers),
    };
  });
}

function tagBranch({ tag, digest, mediaType, size, layers }: AttachedTag): Branch {
  return {
    title: `${tag}  ${count(layers, 'layer')}`,
    details: [[`${formatDigest(digest)}  ${mediaType}  ${count(size, 'byte')}`, 'type']],
    below: [],
  };
}

function branchLines(branches: readonly Branch[], indent: string, paint: Paint): readonly string[] {
  return branches.flatMap(({ title, details, below }, at) => {
    const isLast = at === branches.length - 1;
    const inner = `${indent}${isLast ? '   ' : '│  '}`;
    return [
      `${paint(`${indent}${isLast ? '└─ ' : '├─ '}`, 'line')}${title}`,
      ...details.map(([text, as]) => `${paint(inner, 'line')}${paint(text, as)}`),
      ...branchLines(below, inner, paint),
    ];
  });
}
