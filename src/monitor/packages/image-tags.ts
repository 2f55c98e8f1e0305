/** The tags of images: which of them are versions, and their order. */

/** A tag that clients derive from a digest: of the list of referrers, or of cosign's older layout. */
const digestTag = /^sha(?:256|384|512)-[0-9a-f]{64}(?:\.(?:sig|att|sbom))?$/;

/** Reports whether a tag is a version, and not the place of attachments. */
export function isVersionTag(tag: string): boolean {
  return !digestTag.test(tag);
}

const version = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-.+_](.*))?$/;

interface Version {
  readonly numbers: readonly [number, number, number];
  readonly rest: string | undefined;
}

/**
 * Compares two tags as versions, the older one first. Registries state no times, and those in images are the publisher's. Tags that are not
 * versions come first, as if they were the oldest.
 */
export function compareTags(one: string, other: string): number {
  const [a, b] = [readVersion(one), readVersion(other)];
  if (a === undefined || b === undefined)
    return Number(a !== undefined) - Number(b !== undefined) || compareTexts(one, other);
  for (const at of [0, 1, 2] as const) {
    const difference = a.numbers[at] - b.numbers[at];
    if (difference !== 0) return difference;
  }
  // 1.2.0-rc.1 is older than 1.2.0.
  return (
    Number(a.rest === undefined) - Number(b.rest === undefined) ||
    compareTexts(a.rest ?? '', b.rest ?? '') ||
    compareTexts(one, other)
  );
}

function readVersion(tag: string): Version | undefined {
  const [matched, major, minor, patch, rest] = version.exec(tag) ?? [];
  if (matched === undefined) return undefined;
  return { numbers: [Number(major), Number(minor ?? 0), Number(patch ?? 0)], rest };
}

/** Compares texts, and numbers in them by their values. */
function compareTexts(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
