import { createHash } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseDigest } from '../../../src/core/crypto/index.ts';
import { filesOfCollected } from '../../../src/run/sign/index.ts';
import { type DigestSubject, digestFile, type FileSubject } from '../../../src/subject/index.ts';
import { failure } from '../../services/loopback.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-collected-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string): Promise<FileSubject> {
  const path = join(folder, name);
  await writeFile(path, name);
  return { kind: 'file', name, path };
}

const collected = (text: string, name = text): DigestSubject => ({
  kind: 'digest',
  name,
  digest: parseDigest(`sha256:${createHash('sha256').update(text).digest('hex')}`),
  origin: 'the leg build',
});

test('a file keeps the digest of the leg: a later change is noticed when it is signed', async () => {
  const given = [collected('a', 'dist/a'), collected('a', 'dist/copy')];
  const [matched] = await filesOfCollected([await file('a')], given, 1, { files });
  expect(matched).toEqual({ kind: 'file', name: 'a', path: join(folder, 'a'), stated: [given[0]?.digest] });
  await writeFile(join(folder, 'a'), 'other');
  expect((await failure(digestFile(files, matched ?? { path: '' }, 'sha256'))).code).toBe('SUBJECT_CHANGED');
});

test('a file without a digest, and a digest without a file, are refused', async () => {
  const found = [await file('a'), await file('b')];
  const { code, message } = await failure(filesOfCollected(found, [collected('a')], 1, { files }));
  expect([code, message]).toEqual(['SUBJECT_CHANGED', expect.stringMatching(/^"b" has the digest sha256:/)]);
  const all = ['a', 'b', 'c'].map((name) => collected(name));
  expect((await failure(filesOfCollected(found, all, 1, { files }))).code).toBe('SUBJECT_MISSING');
});
