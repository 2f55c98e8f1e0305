/** The files of bundles that were verified: nothing else is delivered than what was verified. */

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { toDigest } from '../../../src/core/crypto/index.ts';
import { bundleFiles } from '../../../src/run/deliver/bundle-files.ts';
import { signRun } from '../../../src/run/sign/index.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
let text: string;
let verdict: Awaited<ReturnType<typeof signRun>>['signed'][number]['verdict'];
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
  await place.reset();
  await place.write('a.txt');
  const world = place.world();
  const { signed } = await signRun(place.request({}, world), world);
  const [one] = signed;
  if (one === undefined) throw new Error('nothing was signed');
  verdict = one.verdict;
  text = await readFile(one.bundlePath, 'utf8');
});

const digestOf = (content: string) => toDigest('sha256', createHash('sha256').update(content).digest());

async function files(bundle: string, content = text.trim()) {
  const folder = join(place.folder, 'made');
  await place.world().files.mkdir(folder);
  const one = { artifact: 'a.txt', bundle: join(place.folder, bundle), bundleDigest: digestOf(content), verdict };
  const paths = await bundleFiles([one], folder, place.world());
  return { path: paths.get(one), made: await readdir(folder) };
}

test('a file is used as it is', async () => {
  const { path, made } = await files('a.txt.sigstore.json', text);
  expect([path, made]).toEqual([join(place.folder, 'a.txt.sigstore.json'), []]);
});

test('a line gets a file of its own', async () => {
  await writeFile(join(place.folder, 'all.jsonl'), `{}\n${text.trim()}\r\n`);
  const { path = '', made } = await files('all.jsonl:2');
  expect([made, await readFile(path, 'utf8')]).toEqual([['a.txt.sigstore.json'], text]);
});

test.each([
  ['a.txt.sigstore.json', async () => writeFile(join(place.folder, 'a.txt.sigstore.json'), `${text} `)],
  ['all.jsonl:1', async () => writeFile(join(place.folder, 'all.jsonl'), `${text.trim().replace('{', '{ ')}\n{}\n`)],
  ['all.jsonl:3', async () => writeFile(join(place.folder, 'all.jsonl'), `${text.trim()}\n{}\n`)],
])('%s that was changed after it was verified is not delivered', async (bundle, change) => {
  await change();
  await expect(files(bundle, bundle.includes('.jsonl') ? text.trim() : text)).rejects.toMatchObject({
    code: 'SUBJECT_CHANGED',
  });
});

test.each(['a.txt.sigstore.json: attestation 1', 'other'])('%s is no file with a bundle', async (bundle) => {
  await writeFile(join(place.folder, 'other'), '{}');
  await expect(files(bundle, '{}')).rejects.toMatchObject({ code: 'USAGE' });
});
