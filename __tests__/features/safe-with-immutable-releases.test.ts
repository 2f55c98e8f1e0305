/**
 * A repository whose releases are immutable (FEATURES.md, "safe with immutable releases"): everything is attached to the draft, nothing is touched after
 * the publication, and what can no longer work is reported before anything is uploaded.
 */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Secret } from '../../src/node/index.ts';
import { openReleases } from '../../src/services/github/index.ts';
import { openHttp } from '../../src/services/http/index.ts';
import { commit, kindsOf, ReleasePlace } from '../kit/release-place.ts';
import { failure } from '../services/loopback.ts';

let place: ReleasePlace;
beforeEach(async () => {
  place = await ReleasePlace.open();
  place.app.immutableReleases = true;
});
afterEach(() => place[Symbol.asyncDispose]());

/** The requests that change something. */
const changes = (): readonly string[] => place.sent.filter((line) => !line.startsWith('GET'));

test('all assets are attached before the publication, which GitHub attests', async () => {
  const result = await place.attach(await place.write(['a', 'b']), { commit, publish: true });
  expect([result.publication, result.release.isImmutable]).toEqual([{ kind: 'published' }, true]);
  expect(changes().map((line) => line.replace(/\d+/g, 'N'))).toEqual([
    'POST /repos/octo/app/releases',
    'POST /repos/octo/app/releases/N/assets',
    'POST /repos/octo/app/releases/N/assets',
    'PATCH /repos/octo/app/releases/N',
  ]);
  const patch = place.sandbox.requests.findLast(({ method }) => method === 'PATCH')?.content();
  expect(Buffer.from(patch ?? []).toString()).toMatch(/\n\{"draft":false\}$/);
  const [attestation] = place.sandbox.github.attestations.all;
  expect(attestation?.digests).toHaveLength(3);
});

test('a run after the publication changes nothing, and succeeds if everything is there', async () => {
  const files = await place.write(['a']);
  await place.attach(files, { commit, publish: true });
  const before = changes().length;
  const again = await place.attach(files, { commit, publish: true });
  expect([kindsOf(again), again.publication]).toEqual([['already-there'], { kind: 'published' }]);
  expect(changes()).toHaveLength(before);
});

test.each([
  ['a further file', ['a', 'b'], undefined, 'b'],
  ['other content', ['a'], 'changed', 'a'],
])('%s for a published release is reported, and nothing is uploaded', async (_, names, content, named) => {
  await place.attach(await place.write(['a']), { commit, publish: true });
  const before = changes().length;
  const files = await place.write(names, content === undefined ? undefined : () => content);
  const error = await failure(place.attach(files, { commit, overwrite: true }));
  expect([error.code, error.message]).toEqual([
    'RELEASE_IMMUTABLE',
    `the release "v1" of octo/app is published and immutable: ${named} cannot be attached`,
  ]);
  expect(changes()).toHaveLength(before);
});

test('a release that was published before releases became immutable gets no further files', async () => {
  place.app.immutableReleases = false;
  await place.attach(await place.write(['a']), { commit, publish: true });
  place.app.immutableReleases = true;
  const before = changes().length;
  using connections = openHttp('countersign');
  // Only an administrator can read the setting.
  const releases = openReleases({
    http: connections.send,
    token: new Secret(place.sandbox.github.userToken('jane', [place.app])),
    apiUrl: place.sandbox.urls.github,
    clock: place.time.clock,
  });
  const error = await failure(place.attach(await place.write(['a', 'b']), { commit }, { releases }));
  expect([error.code, error.message]).toEqual([
    'RELEASE_IMMUTABLE',
    expect.stringContaining('makes published releases immutable: b cannot be attached'),
  ]);
  expect(changes()).toHaveLength(before);
});

test('a tag of a deleted immutable release is reported before anything is uploaded', async () => {
  const { release } = await place.attach(await place.write(['a']), { commit, publish: true });
  // By a person, on the page of the release.
  await place.releases().deleteDraft({ ...release, isDraft: true });
  const before = changes().length;
  const error = await failure(place.attach(await place.write(['a']), { commit }));
  expect([error.code, error.remedy]).toEqual(['RELEASE_TAG_USED', expect.stringContaining('new tag')]);
  expect(changes().slice(before)).toEqual(['POST /repos/octo/app/releases']);
  expect(place.stored).toEqual([]);
});

test('a draft is not published while a file is missing', async () => {
  const files = [...(await place.write(['a'])), { path: `${place.folder}/none`, name: 'none' }];
  const { publication } = await place.attach(files, { commit, publish: true });
  expect(publication).toEqual({ kind: 'draft', isWithheld: true });
  expect(place.stored[0]?.isDraft).toBe(true);
});

test('the commit of a release is never sent again', async () => {
  const files = await place.write(['a', 'b']);
  await place.attach(files.slice(0, 1), { commit });
  await place.attach(files, { commit, publish: true });
  const bodies = place.sandbox.requests.map((request) => Buffer.from(request.content() ?? []).toString());
  expect(bodies.filter((body) => body.includes('target_commitish'))).toHaveLength(1);
});
