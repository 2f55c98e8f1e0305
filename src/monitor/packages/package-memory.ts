/** What the checks of packages remember between runs. It is untrusted when it is read. */

import { asObject, asText, type JsonObject } from '../../core/encoding/index.ts';
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

/** Reads a memory. Returns undefined for one that is damaged. */
export function readMemory(memory: JsonObject): ReadonlyMap<string, PackageMemory> | undefined {
  const packages = asObject(memory.packages);
  if (memory.format !== format || packages === undefined) return undefined;
  const read = new Map<string, PackageMemory>();
  for (const [key, value] of Object.entries(packages)) {
    const one = readPackage(asObject(value));
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
  const { repository = null, id = null } = value;
  const isSource =
    (repository === null || asText(repository) !== undefined) && (id === null || asText(id) !== undefined);
  if (!isSource || baseline === 'invalid' || since === 'invalid') return undefined;
  if (versions.length > mostRemembered || versions.some(([, fingerprint]) => asText(fingerprint) === undefined))
    return undefined;
  return {
    seen: new Map(versions.map(([version, fingerprint]) => [version, asText(fingerprint) ?? ''])),
    baseline,
    since,
    source: repository === null ? undefined : { repository: asText(repository) ?? '', id: asText(id ?? null) },
  };
}

function readTime(value: unknown): Date | undefined | 'invalid' {
  if (value === null || value === undefined) return undefined;
  const time = new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(time.getTime()) ? 'invalid' : time;
}

/** Writes a memory. */
export function writeMemory(packages: ReadonlyMap<string, PackageMemory>): JsonObject {
  const written = [...packages].map(([key, { seen, baseline, since, source }]): [string, JsonObject] => [
    key,
    {
      seen: Object.fromEntries(seen),
      baseline: baseline?.toISOString() ?? null,
      since: since?.toISOString() ?? null,
      repository: source?.repository ?? null,
      id: source?.id ?? null,
    },
  ]);
  return { format, packages: Object.fromEntries(written) };
}
