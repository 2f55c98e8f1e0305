/** What is attached to an image, for people and for programs. */

import { count, shownText } from './shorten.ts';

/** An image, and what its registry says is attached to it. */
export interface ImageTree {
  /** `registry/name@sha256:…` */
  readonly reference: string;
  readonly mediaType: string;
  /** `linux/amd64`, of an image that an index lists. */
  readonly platform: string | undefined;
  /** Whether the registry lists what is attached, or a tag that clients keep. */
  readonly source: 'api' | 'tag';
  readonly attached: readonly AttachedThing[];
  /** The images in an index, where they were asked for. */
  readonly images: readonly ImageTree[];
}

export interface AttachedThing {
  /** `registry/name@sha256:…`, or the older tag and the layer under it. */
  readonly place: string;
  /** Its artifact type, or the media type of what it holds. */
  readonly type: string;
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  /** Whether the registry has what it lists. */
  readonly isThere: boolean;
  readonly created: string | undefined;
  readonly predicateType: string | undefined;
  /** What is attached to it in turn. */
  readonly attached: readonly AttachedThing[];
}

const maxTextLength = 300;

/** A line a thing, each safe to print whatever was pushed. */
export function imageTreeText(tree: ImageTree): string {
  const lines = [
    ...imageLines(tree, ''),
    ...tree.images.flatMap((image) => ['', ...imageLines(image, '')]),
    '',
    'Who may push may attach anything: this says what is there. `countersign verify` says whose it is.',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The same as plain values. */
export function imageTreeJson(tree: ImageTree): object {
  const { reference, mediaType, platform, source, attached, images } = tree;
  return {
    reference,
    mediaType,
    platform: platform ?? null,
    listedBy: source === 'api' ? 'referrers' : 'tag',
    attached: attached.map(thingJson),
    images: images.map(imageTreeJson),
  };
}

function thingJson({ created, predicateType, attached, ...thing }: AttachedThing): object {
  return {
    ...thing,
    created: created ?? null,
    predicateType: predicateType ?? null,
    attached: attached.map(thingJson),
  };
}

function imageLines({ reference, platform, source, attached }: ImageTree, indent: string): readonly string[] {
  const what = attached.length === 0 ? 'nothing is attached' : `${count(attached.length, 'thing')} attached`;
  const how = source === 'api' ? '' : '; the registry lists nothing itself, clients keep a tag';
  return [
    `${indent}${shown(reference)}${platform === undefined ? '' : ` (${shown(platform)})`}: ${what}${how}`,
    ...thingLines(attached, indent),
  ];
}

function thingLines(things: readonly AttachedThing[], indent: string): readonly string[] {
  return things.flatMap((thing, index) => {
    const isLast = index === things.length - 1;
    const below = `${indent}${isLast ? '   ' : '│  '}`;
    const { type, predicateType, place, size, created, isThere, attached } = thing;
    const facts = [count(size, 'byte'), ...(created === undefined ? [] : [`made ${created}`])].join(', ');
    return [
      `${indent}${isLast ? '└─ ' : '├─ '}${shown(predicateType ?? type)}${isThere ? '' : ' (listed, and not there)'}`,
      ...(predicateType === undefined ? [] : [`${below}${shown(type)}`]),
      `${below}${shown(place)}`,
      `${below}${shown(facts)}`,
      ...thingLines(attached, below),
    ];
  });
}

function shown(text: string): string {
  return shownText(text, maxTextLength);
}
