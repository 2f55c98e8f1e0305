/** What the checks of packages remember between runs. It is untrusted when it is read. */

import { asObject, asText, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { type ImageMemory, imageJson, readImage } from './image-memory.ts';
import { readSource, sourceJson } from './source-memory.ts';
import type { ProvenanceSource } from './verify-provenance.ts';

const format = 1;
/** The number of versions of a package that are remembered one by one. */
export const mostRemembered = 2000;

/** The memory of a package. */
export interface PackageMemory {
  /** The fingerprints of the files of versions that were checked, by version. */
  readonly seen: ReadonlyMap<string, string>;
  /** Versions that were published until then and are not in `seen` count as checked. */
  readonly baseline: Date | undefined;
  /** The time of the first version with verified provenance. */
  readonly since: Date | undefined;
  /** The repository of verified provenance. */
  readonly source: ProvenanceSource | undefined;
}

/** The memory of all packages. */
export interface Memory {
  /** By the ecosystem and the name: `npm:@octo/app`. */
  readonly packages: ReadonlyMap<string, PackageMemory>;
  /** By the name of the repository: `ghcr.io/octo/app`. */
  readonly images: ReadonlyMap<string, ImageMemory>;
}

/** Reads a memory. Returns undefined for one that is damaged. */
export function readMemory(memory: JsonObject): Memory | undefined {
  const packages = readAll(memory.packages, readPackage);
  const images = readAll(memory.images, readImage);
  if (memory.format !== format || packages === undefined || images === undefined) return undefined;
  return { packages, images };
}

function readAll<One>(
  value: JsonValue | undefined,
  readOne: (value: JsonObject | undefined) => One | undefined,
): ReadonlyMap<string, One> | undefined {
  const all = asObject(value);
  if (all === undefined) return undefined;
  const read = new Map<string, One>();
  for (const [key, each] of Object.entries(all)) {
    const one = readOne(asObject(each));
    if (one === undefined) return undefined;
    read.set(key, one);
  }
  return read;
}

function readPackage(value: JsonObject | undefined): PackageMemory | undefined {
  const seen = asObject(value?.seen);
  if (value === undefined || seen === undefined) return undefined;
  const versions = Object.entries(seen);
  const [baseline, since] = [readTime(value.baseline), readTime(value.since)];
  const source = readSource(value);
  if (source === 'invalid' || baseline === 'invalid' || since === 'invalid') return undefined;
  if (versions.length > mostRemembered || versions.some(([, fingerprint]) => asText(fingerprint) === undefined))
    return undefined;
  return {
    seen: new Map(versions.map(([version, fingerprint]) => [version, asText(fingerprint) ?? ''])),
    baseline,
    since,
    source,
  };
}

function readTime(value: unknown): Date | undefined | 'invalid' {
  if (value === null || value === undefined) return undefined;
  const time = new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(time.getTime()) ? 'invalid' : time;
}

/** Writes a memory. */
export function writeMemory({ packages, images }: Memory): JsonObject {
  const written = [...packages].map(([key, { seen, baseline, since, source }]): [string, JsonObject] => [
    key,
    {
      seen: Object.fromEntries(seen),
      baseline: baseline?.toISOString() ?? null,
      since: since?.toISOString() ?? null,
      ...sourceJson(source),
    },
  ]);
  const writtenImages = [...images].map(([name, image]): [string, JsonObject] => [name, imageJson(image)]);
  return { format, packages: Object.fromEntries(written), images: Object.fromEntries(writtenImages) };
}
