/** Bundles that an earlier attempt of a run delivered: what is restored is what this run would have signed, and nothing else. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fault } from '../../../sandbox/http/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { type SigningResult, signRun } from '../../../src/run/sign/index.ts';
import { type Changes, Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());
afterEach(() => place.sandbox.jobTokens.configure({}));

const bundlePath = ({ format = 'per-file' }: Changes = {}): string =>
  join(place.folder, format === 'attestation' ? 'attestation.sigstore.json' : 'a.txt.sigstore.json');

function run(changes: Changes = {}): Promise<SigningResult> {
  const world = place.world();
  return signRun(place.request(changes, world), world);
}

/** Signs `a.txt` as a job with these claims, and takes the bundle away. */
async function delivered(claims: Readonly<Record<string, string>> = {}, changes: Changes = {}): Promise<string> {
  await place.write('a.txt');
  place.sandbox.jobTokens.configure({ claims });
  await run(changes);
  const text = await readFile(bundlePath(changes), 'utf8');
  await rm(bundlePath(changes));
  place.sandbox.jobTokens.configure({ claims: { run_attempt: '2' } });
  return text;
}

/** Runs a second attempt that finds texts where the first one delivered. */
async function attempt(texts: readonly string[], changes: Changes = {}) {
  const before = place.sandbox.transparencyLog.size;
  const { signed } = await run({ ...changes, earlier: [async () => texts] });
  const entries = Number(place.sandbox.transparencyLog.size - before);
  return { resumed: signed.map(({ resumed }) => resumed), entries, text: await readFile(bundlePath(changes), 'utf8') };
}

test('the bundle of an earlier attempt is restored, and nothing is signed', async () => {
  const text = await delivered({ run_attempt: '1' });
  expect(await attempt(['not a bundle', text])).toEqual({ resumed: [true], entries: 0, text });
});

describe('what is found is not restored', () => {
  test.each([
    ['of another run', { run_id: '7' }],
    [
      'of another repository',
      {
        repository: 'mallory/app',
        repository_id: '66',
        job_workflow_ref: 'mallory/app/.github/workflows/release.yml@refs/heads/main',
      },
    ],
    ['of another commit', { sha: 'f'.repeat(40) }],
  ])('if it is %s', async (_, claims) => {
    const text = await delivered(claims);
    const found = await attempt([text]);
    expect(found).toMatchObject({ resumed: [false], entries: 1 });
    expect(found.text).not.toBe(text);
  });

  test('if its signature is another one', async () => {
    const [one, other] = [JSON.parse(await delivered()), JSON.parse(await delivered())];
    one.messageSignature.signature = other.messageSignature.signature;
    expect(await attempt([JSON.stringify(one)])).toMatchObject({ resumed: [false], entries: 1 });
  });

  test('if it is about a file that has changed since', async () => {
    const text = await delivered();
    await writeFile(join(place.folder, 'a.txt'), 'changed');
    expect(await attempt([text])).toMatchObject({ resumed: [false], entries: 1 });
  });

  test.each(['per-file', 'attestation'] as const)('if an outage left it without a log entry (%s)', async (format) => {
    const policy = join(place.folder, 'policy.yml');
    await writeFile(policy, 'sign:\n  on-outage: timestamp-only\n');
    place.sandbox.faults.set('rekor-v2', fault.status(503));
    const text = await delivered({}, { onOutage: 'timestamp-only', policy, format });
    place.sandbox.faults.clear();
    expect(await attempt([text], { format })).toMatchObject({ resumed: [false], entries: 1 });
  });
});

test('a place that cannot be reached leaves the file unsigned: it may be signed already', async () => {
  await delivered();
  const before = place.sandbox.transparencyLog.size;
  const unreachable = async () => {
    throw new CountersignError('SERVICE_UNAVAILABLE', 'the release cannot be read');
  };
  await expect(run({ earlier: [unreachable] })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(place.sandbox.transparencyLog.size).toBe(before);
});
