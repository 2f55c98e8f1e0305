/** Findings as reports have them. */

import {
  type Acknowledgement,
  acknowledgementOf,
  type WatchedRepository,
  type WatchPolicy,
} from '../watch-policy/index.ts';
import type { EntryFinder } from './entry-finder.ts';
import type { FindingStore, StoredFinding } from './finding-store.ts';
import { repositoryFor } from './judge.ts';
import type { WatchFinding } from './report.ts';

/** Returns the acknowledgements that apply now, by the ids of findings. */
export async function acknowledgements(
  store: FindingStore,
  entries: EntryFinder,
  policy: WatchPolicy,
  now: Date,
): Promise<ReadonlyMap<string, Acknowledgement>> {
  const found = new Map<string, Acknowledgement>();
  for (const finding of store.findings) {
    const repository = await repositoryOf(finding, store, entries, policy);
    const acknowledgement = acknowledgementOf({ ...finding, repository }, policy, now);
    if (acknowledgement !== undefined) found.set(finding.id, acknowledgement);
  }
  return found;
}

async function repositoryOf(
  { about }: StoredFinding,
  store: FindingStore,
  entries: EntryFinder,
  policy: WatchPolicy,
): Promise<WatchedRepository | undefined> {
  if (about.kind === 'package') {
    const watched = policy.packages.find(({ ecosystem, name }) => ecosystem === about.ecosystem && name === about.name);
    return policy.repositories.find(({ name }) => name.toLowerCase() === watched?.repository?.toLowerCase());
  }
  const stored = about.kind === 'entry' ? store.entry(about.key) : undefined;
  return stored && repositoryFor(await entries.watched(stored), policy);
}

/** Returns a finding with its entry; `undefined` if the entry is lost. */
export async function shownFinding(
  finding: StoredFinding,
  store: FindingStore,
  entries: EntryFinder,
): Promise<WatchFinding | undefined> {
  const { base: _, status: __, isCondition: ___, about, ...rest } = finding;
  if (about.kind !== 'entry') return { ...rest, about };
  const stored = store.entry(about.key);
  if (stored === undefined) return undefined;
  const entry = await entries.watched(stored);
  return { ...rest, about: { kind: 'entry', entry }, line: entry.watchedAs[0]?.line };
}
