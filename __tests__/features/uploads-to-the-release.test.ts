/**
 * Files and their bundles arrive at a release (FEATURES.md, "uploads to the release"): 200 assets, several jobs, and a service that goes away in the
 * middle of every step. What anybody downloads afterwards is what was attached.
 */

import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type Fault, fault, interruptedUpload } from '../../sandbox/index.ts';
import { commit, kindsOf, ReleasePlace, uploads } from '../kit/release-place.ts';

/** Downloads every asset of the published release without a token, and returns the digests by the names. */
async function strangersView(place: ReleasePlace): Promise<Readonly<Record<string, string>>> {
  const releases = place.releases();
  const release = await releases.findByTag('octo/app', 'v1');
  if (release === undefined) throw new Error('not published');
  const assets = await releases.assetsOf(release);
  const downloads = await Promise.all(
    assets.map(async (asset) => [asset.name, (await releases.downloadPublished(asset)).digest] as const),
  );
  return Object.fromEntries(downloads);
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

test('200 assets are attached by two jobs and published, and everybody can download them', async () => {
  await using place = await ReleasePlace.open();
  const names = Array.from({ length: 100 }, (_, at) => [`app-${at}.tar.gz`, `app-${at}.tar.gz.sigstore.json`]).flat();
  const files = await place.write(names);
  const before = place.sent.length;
  const [first, second] = await Promise.all([
    place.attach(files.slice(0, 100), { commit, concurrency: 8 }),
    place.attach(files.slice(100), { commit, concurrency: 8 }),
  ]);
  expect([...kindsOf(first), ...kindsOf(second)]).toEqual(names.map(() => 'uploaded'));
  // GitHub allows a job 1000 requests in an hour.
  expect(place.sent.length - before).toBeLessThan(names.length + 30);
  const last = await place.attach(files, { commit, publish: true });
  expect([last.publication, new Set(kindsOf(last))]).toEqual([{ kind: 'published' }, new Set(['already-there'])]);
  expect(await strangersView(place)).toEqual(Object.fromEntries(names.map((name) => [name, digestOf(name)])));
});

const request = { commit, publish: true, concurrency: 1 } as const;

/** The number of requests of a run in which nothing fails. */
async function steps(): Promise<number> {
  await using place = await ReleasePlace.open();
  await place.attach(await place.write(['a', 'b']), request);
  return place.sent.length;
}

test.each<readonly [string, (place: ReleasePlace) => Fault]>([
  ['before its effect', () => fault.refuse()],
  ['after its effect', () => fault.afterEffect(fault.refuse())],
])('a run that loses the service at any step, %s, is completed by the next run', async (_, lost) => {
  const count = await steps();
  expect(count).toBeGreaterThan(8);
  for (let step = 0; step < count; step++) {
    await using place = await ReleasePlace.open();
    const files = await place.write(['a', 'b']);
    // The service stays away for the rest of the run.
    place.sandbox.faults.set('github', lost(place), { skip: step });
    const releases = place.releases({ budget: 0 });
    const outcome = await place.attach(files, request, { releases }).then(
      ({ publication }) => publication.kind,
      (error: { readonly code: string }) => error.code,
    );
    expect(['SERVICE_UNAVAILABLE', 'draft', 'failed']).toContain(outcome);
    place.sandbox.faults.clear();
    const { publication, outcomes } = await place.attach(files, request);
    expect([step, publication, kindsOf({ outcomes }).length]).toEqual([step, { kind: 'published' }, 2]);
    expect(place.assets).toEqual({ a: 'a', b: 'b' });
    expect(await strangersView(place)).toEqual({ a: digestOf('a'), b: digestOf('b') });
  }
});

test('a run that is killed in the middle of each upload is completed by the next run', async () => {
  for (let upload = 0; upload < 2; upload++) {
    await using place = await ReleasePlace.open();
    const files = await place.write(['a', 'b']);
    const { github } = place.sandbox;
    place.sandbox.faults.set(uploads, interruptedUpload(github.releases, fault.refuse()), { skip: upload });
    const interrupted = await place.attach(files, request, { releases: place.releases({ budget: 0 }) });
    expect(interrupted.publication).toEqual({ kind: 'draft', isWithheld: true });
    expect(Object.values(place.assets)).toContain(undefined);
    place.sandbox.faults.clear();
    expect((await place.attach(files, request)).publication).toEqual({ kind: 'published' });
    expect(place.assets).toEqual({ a: 'a', b: 'b' });
  }
});
