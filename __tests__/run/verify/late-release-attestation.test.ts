/** GitHub attests an immutable release some time after its publication. */

import * as files from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { digest } from '../../../src/core/crypto/index.ts';
import { asObject, parseJson, utf8 } from '../../../src/core/encoding/index.ts';
import { loadPolicy } from '../../../src/run/policy/index.ts';
import { openGitHubStore } from '../../../src/run/verify/github-bundles.ts';
import { openHttp } from '../../../src/services/http/index.ts';
import { ReleasePlace } from '../../kit/release-place.ts';
import { failure } from '../../services/loopback.ts';
import { half } from '../../services/time.ts';

let place: ReleasePlace;
beforeEach(async () => {
  place = await ReleasePlace.open();
});
afterEach(() => place[Symbol.asyncDispose]());

const artifact = { kind: 'digest', name: 'a', digest: digest('sha256', utf8('a')) } as const;

/** Asks for the bundles of the asset of the release; `wait` is called in place of each wait. */
async function ask(wait: (milliseconds: number) => Promise<void>): Promise<unknown> {
  using connections = openHttp('countersign');
  const world = {
    http: connections.send,
    clock: place.time.clock,
    files,
    random: half,
    cancellation: new AbortController().signal,
  };
  const policy = await loadPolicy({ release: 'octo/app@v1' }, world);
  const request = { from: 'github', policy, token: undefined, apiUrl: place.sandbox.urls.github };
  const store = openGitHubStore(request, world, wait);
  await store.prepare([artifact], 1);
  return store.bundlesOf(artifact);
}

async function publish(isImmutable: boolean): Promise<void> {
  place.app.immutableReleases = isImmutable;
  await place.attach(await place.write(['a']), { publish: true });
}

test('is asked for again until it is there', async () => {
  await publish(true);
  const { attestations } = place.sandbox.github;
  const [attestation] = attestations.all;
  if (attestation === undefined) throw new Error('GitHub attested nothing');
  const bundle = asObject(parseJson(JSON.stringify(attestation.bundle))) ?? {};
  attestations.delete(attestations.all);
  const waits: number[] = [];
  await ask(async (milliseconds) => {
    waits.push(milliseconds);
    if (waits.length === 3) attestations.keep(place.app, bundle);
  });
  expect(waits).toEqual([500, 1000, 2000]);
});

test('is missing in the end', async () => {
  await publish(true);
  place.sandbox.github.attestations.delete(place.sandbox.github.attestations.all);
  let waits = 0;
  const asked = ask(async () => void waits++);
  expect(await failure(asked)).toMatchObject({ code: 'BUNDLE_MISSING', message: expect.stringContaining('no bundle') });
  expect(waits).toBe(5);
});

test('is not waited for if the release is not immutable, or does not exist', async () => {
  const never = () => Promise.reject(new Error('waited'));
  expect((await failure(ask(never))).message).toContain('has no bundle');
  await publish(false);
  expect(await failure(ask(never))).toMatchObject({
    code: 'BUNDLE_MISSING',
    message: expect.stringContaining('not immutable'),
  });
});

test('is no longer waited for after a cancellation', async () => {
  await publish(true);
  place.sandbox.github.attestations.delete(place.sandbox.github.attestations.all);
  expect((await failure(ask(() => Promise.reject(new DOMException('', 'AbortError'))))).code).toBe('CANCELLED');
});
