/** The statements that link old and new bundles: each is about as many signatures as a statement may name. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readStatement } from '../../../src/core/statement/index.ts';
import { readBundle } from '../../../src/core/verify/index.ts';
import { LinkStatements } from '../../../src/run/reissue/link-statements.ts';
import { StateFolder } from '../../../src/run/reissue/state-folder.ts';
import { openSigning } from '../../../src/run/sign/index.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());

const terms = { reason: 'the log was compromised', without: [] };

const subject = (number: number) => {
  const digest = `sha256:${number.toString(16).padStart(64, '0')}`;
  const recorded = { digest, signer: 'someone', signedAt: '2026-12-01T00:00:00.000Z', logEntries: [] };
  return { name: `${number}.txt`, digest, old: recorded, new: recorded };
};

async function namesIn(path: string): Promise<readonly string[]> {
  const { content } = readBundle(await readFile(path));
  if (content.kind !== 'dsse-envelope') throw new Error('the link is not a statement');
  return readStatement(content.payload).subjects.map(({ name }) => name ?? '');
}

test('1,025 signatures are linked by two statements, which name each of them once', async () => {
  const world = place.world();
  const subjects = Array.from({ length: 1025 }, (_, at) => subject(at));
  using signing = await openSigning(place.request({}, world), world);
  await using state = await StateFolder.open(join(place.folder, 'state'), 'a test', world);
  const links = new LinkStatements(terms, signing, state, world);
  const entries = place.count('rekor-v2');
  for (const one of subjects.slice(0, 1023)) links.add(one);
  await links.signFull();
  expect(links.paths).toEqual([]);
  for (const one of subjects.slice(1023)) links.add(one);
  await links.signFull();
  const [first = '', ...none] = links.paths;
  expect(none).toEqual([]);
  await links.signRest();
  const [, second = '', ...more] = links.paths;
  expect(more).toEqual([]);
  expect(place.count('rekor-v2') - entries).toBe(2);
  const [all, rest] = [await namesIn(first), await namesIn(second)];
  expect([all.length, rest]).toEqual([1024, ['1024.txt']]);
  expect(all).toEqual(subjects.slice(0, 1024).map(({ name }) => name));
});
