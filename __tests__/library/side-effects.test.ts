/** The libraries in a program of others: they print nothing, and change nothing of its process. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';
import { ExamplePlace } from '../kit/library-examples.ts';

let place: ExamplePlace;
beforeAll(async () => {
  await built('lib/sign.mjs');
  place = await ExamplePlace.open();
});
afterAll(() => place[Symbol.asyncDispose]());

test('a program that signs and verifies often', async () => {
  const program = `
    import assert from 'node:assert/strict';
    import { readdir } from 'node:fs/promises';
    import v8 from 'node:v8';
    v8.setFlagsFromString = () => assert.fail('a setting of the heap was changed');
    const state = async () => ({
      environment: { ...process.env },
      exitCode: process.exitCode,
      files: await readdir('.', { recursive: true }),
      folder: process.cwd(),
      listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
      umask: process.umask(),
    });
    const before = await state();
    const { openSession, signFile } = await import('countersign/sign');
    const { exactIdentity, verifyFile } = await import('countersign/verify/node');
    const { signal } = new AbortController();
    const options = { instance: 'sandbox', signal };
    const session = await openSession(options);
    for (let turn = 0; turn < 12; turn++) await session.signFile('app.zip');
    await session.close();
    await assert.rejects(signFile('missing', options), { code: 'SUBJECT_UNREADABLE' });
    const policy = exactIdentity('somebody@example.com', 'https://issuer.example');
    for (let turn = 0; turn < 12; turn++)
      await assert.rejects(verifyFile('app.tar.gz', { ...options, policy }), { code: 'ISSUER_MISMATCH' });
    assert.deepEqual(await state(), before);`;
  expect(await place.run(program)).toEqual({ code: 0, stdout: '', stderr: '' });
});
