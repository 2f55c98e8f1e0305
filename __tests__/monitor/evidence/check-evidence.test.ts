/** Evidence files: written for each kind of proof, and checked with nothing but a trusted root. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../../src/core/errors/index.ts';
import type { TrustedRoot } from '../../../src/core/trust/index.ts';
import {
  checkEvidence,
  contradiction,
  type EvidenceVerdict,
  type Misbehaviour,
  thawed,
  writeEvidence,
} from '../../../src/monitor/evidence/index.ts';
import type { MonitoredLog } from '../../../src/monitor/log/index.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const branch = Branch.of(40);
const other = branch.forkAt(5, 40);
const log = new FakeLog(branch);
const frozen = { extension: 'Log frozen \u2014 Mon Nov 30 12:00:00 UTC 2026' };

/** Returns a trusted root with the keys of these logs. */
function rootOf(...logs: readonly Pick<MonitoredLog, 'baseUrl' | 'keyId' | 'publicKey' | 'validFor'>[]): TrustedRoot {
  return {
    certificateAuthorities: [],
    certificateTransparencyLogs: [],
    timestampAuthorities: [],
    transparencyLogs: logs.map(({ baseUrl, keyId, publicKey, validFor }) => ({
      baseUrl,
      keyId,
      publicKey,
      validFor,
      checkpointKey: { names: [new URL(baseUrl).hostname], keyId, publicKey },
    })),
  };
}

async function written(finding: Misbehaviour, of: MonitoredLog = log.log): Promise<Uint8Array> {
  const context = {
    log: of,
    keySource: 'the trusted root of a test',
    fetched: [{ url: `${of.baseUrl}/checkpoint`, time: new Date(0), status: 200, sha256: new Uint8Array(32) }],
    now: new Date(0),
    tool: 'countersign test',
  };
  const path = await writeEvidence(await temporaryFolder(), finding, context, { files, random: randomBytes });
  return readBytes(path);
}

async function readBytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await files.readFile(path));
}

/** Returns the evidence with a change of its document. */
function changed(evidence: Uint8Array, change: (document: ReturnType<typeof JSON.parse>) => void): Uint8Array {
  const document = JSON.parse(Buffer.from(evidence).toString());
  change(document);
  return new Uint8Array(Buffer.from(JSON.stringify(document)));
}

function reasonOf(verdict: EvidenceVerdict): string {
  return verdict.verdict === 'proven' ? 'proven' : verdict.reason;
}

async function forkOf(smaller: number, larger: number, code: 'LOG_FORKED' | 'SPLIT_VIEW' = 'LOG_FORKED') {
  const heads = {
    smaller: await log.head(smaller),
    larger: await log.head(larger, other),
    rootInstead: other.root(smaller),
    proof: other.consistency(smaller, larger),
  };
  const finding = contradiction(code, log.log, heads, 'a fork');
  if (finding.proof === undefined) throw new Error('the finding has a proof');
  return finding;
}

describe('a fork', () => {
  test.each([
    [8, 8],
    [8, 20],
    [6, 7],
    [32, 40],
    [39, 40],
  ])('between trees of %d and %d entries is proven', async (smaller, larger) => {
    const verdict = await checkEvidence(await written(await forkOf(smaller, larger)), rootOf(log.log));
    expect(verdict).toMatchObject({
      verdict: 'proven',
      code: 'LOG_FORKED',
      origin: 'log.example',
      log: { baseUrl: log.log.baseUrl },
    });
  });

  test('is proven as a split view', async () => {
    const verdict = await checkEvidence(await written(await forkOf(8, 20, 'SPLIT_VIEW')), rootOf(log.log));
    expect(verdict).toMatchObject({ verdict: 'proven', code: 'SPLIT_VIEW' });
  });

  test('has the members that the documentation names', async () => {
    const document = JSON.parse(Buffer.from(await written(await forkOf(6, 20))).toString());
    expect(Object.keys(document)).toEqual(['schema', 'finding', 'log', 'notes', 'proof', 'entries', 'fetched', 'tool']);
    expect(document.schema).toBe('countersign-evidence/1');
    expect(document.fetched).toEqual([
      { url: 'https://log.example/checkpoint', time: '1970-01-01T00:00:00.000Z', status: 200, sha256: '0'.repeat(64) },
    ]);
    expect(Buffer.from(document.notes[0], 'base64').toString()).toBe(Buffer.from((await log.head(6)).note).toString());
  });

  test('under a key that only the file contains is not proven', async () => {
    const evidence = await written(await forkOf(8, 20));
    const verdict = await checkEvidence(evidence, rootOf(new FakeLog(branch).log));
    expect(reasonOf(verdict)).toMatch(/not in the trusted root; a key that only the file contains proves nothing/);
  });

  test('is proven if another log of the trusted root has the same key', async () => {
    const evidence = await written(await forkOf(8, 20));
    const other = { ...log.log, baseUrl: 'https://another.example' };
    for (const logs of [
      [other, log.log],
      [log.log, other],
    ])
      expect(await checkEvidence(evidence, rootOf(...logs))).toMatchObject({
        verdict: 'proven',
        log: { baseUrl: log.log.baseUrl },
      });
  });

  test('of a log whose name another log of the trusted root has is not proven', async () => {
    const renamed = { ...log.log, baseUrl: 'https://another.example' };
    const verdict = await checkEvidence(await written(await forkOf(8, 20)), rootOf(renamed));
    expect(reasonOf(verdict)).toMatch(/the log log\.example is not another\.example/);
  });

  test.each<[string, (document: ReturnType<typeof JSON.parse>) => void, RegExp]>([
    [
      'a changed size in a note',
      (it) =>
        (it.notes[0] = Buffer.from(Buffer.from(it.notes[0], 'base64').toString().replace('\n8\n', '\n7\n')).toString(
          'base64',
        )),
      /signature by log\.example is invalid/,
    ],
    ['two equal notes', (it) => (it.notes[1] = it.notes[0]), /does not lead to the root|must have 0 hashes/],
    ['the notes in the other order', (it) => it.notes.reverse(), /cannot begin with a tree of size 20/],
    ['one note', (it) => it.notes.pop(), /has 1 notes; it must have two/],
    ['no notes', (it) => (it.notes = []), /has 0 notes; it must have two/],
    ['a changed proof', (it) => (it.proof[0] = Buffer.alloc(32).toString('base64')), /does not lead to the root/],
    ['a missing hash', (it) => it.proof.pop(), /the consistency proof .* must have \d hashes/],
    [
      'another root',
      (it) => (it.finding.proof.rootInstead = Buffer.alloc(32).toString('base64')),
      /does not lead to the root/,
    ],
    [
      'the code of another proof',
      (it) => (it.finding.code = 'LOG_THAWED'),
      /a proof of the kind contradiction cannot prove LOG_THAWED/,
    ],
    [
      'another kind of proof',
      (it) => (it.finding.proof = { kind: 'thawed' }),
      /a proof of the kind thawed cannot prove LOG_FORKED/,
    ],
  ])('with %s is not proven', async (_, change, reason) => {
    const evidence = changed(await written(await forkOf(8, 20)), change);
    expect(reasonOf(await checkEvidence(evidence, rootOf(log.log)))).toMatch(reason);
  });

  test('between trees that are consistent is not proven', async () => {
    const heads = {
      smaller: await log.head(8),
      larger: await log.head(20),
      rootInstead: branch.root(8),
      proof: branch.consistency(8, 20),
    };
    const finding = contradiction('LOG_FORKED', log.log, heads, 'no fork');
    if (finding.proof === undefined) throw new Error('the finding has a proof');
    const verdict = await checkEvidence(await written(finding), rootOf(log.log));
    expect(reasonOf(verdict)).toBe('the larger tree begins with the smaller one');
  });

  test('between shards of Rekor v1, which have one key, is not proven', async () => {
    const shard = new FakeLog(branch, { protocol: 'rekor-v1', names: ['log.example - 12'] });
    const head = await shard.head(8);
    const heads = { smaller: head, larger: head, rootInstead: other.root(8), proof: [] };
    const finding = contradiction('LOG_FORKED', shard.log, heads, 'a fork');
    if (finding.proof === undefined) throw new Error('the finding has a proof');
    const of = (name: string, size: number) =>
      Buffer.from(shard.note(size, other).replace('log.example - 12', name)).toString('base64');
    const evidence = changed(await written(finding, shard.log), (it) => (it.notes[1] = of('log.example - 13', 20)));
    expect(reasonOf(await checkEvidence(evidence, rootOf(shard.log)))).toMatch(/expected "log\.example - 12"/);
    // The shard itself can fork.
    const forked = await checkEvidence(
      await written(
        { ...finding, proof: { kind: 'contradiction', ...heads, larger: await shard.head(8, other) } },
        shard.log,
      ),
      rootOf(shard.log),
    );
    expect(forked.verdict).toBe('proven');
  });
});

describe('a log that was frozen and grew', () => {
  test('is proven', async () => {
    const finding = thawed(log.log, { frozen: await log.head(8, branch, frozen), later: await log.head(9) });
    expect(await checkEvidence(await written(finding), rootOf(log.log))).toMatchObject({ verdict: 'proven' });
  });

  test('is not proven without the line, or without growth', async () => {
    const check = async (heads: Parameters<typeof thawed>[1]) =>
      reasonOf(await checkEvidence(await written(thawed(log.log, heads)), rootOf(log.log)));
    expect(await check({ frozen: await log.head(8), later: await log.head(9) })).toMatch(
      /does not say that the log is frozen/,
    );
    const still = await log.head(8, branch, frozen);
    expect(await check({ frozen: still, later: still })).toMatch(/does not have more entries/);
  });
});

describe('a file', () => {
  test('is written once, and never again', async () => {
    const finding = await forkOf(8, 20);
    const folder = await temporaryFolder();
    const system = { files, random: randomBytes };
    const context = { log: log.log, keySource: 'a test', fetched: [], now: new Date(0), tool: 'one' };
    const path = await writeEvidence(folder, finding, context, system);
    expect(path).toBe(join(folder, `${finding.id}.json`));
    const first = await readBytes(path);
    await writeEvidence(folder, finding, { ...context, tool: 'two' }, system);
    expect(await readBytes(path)).toEqual(first);
    expect(await files.readdir(folder)).toHaveLength(1);
  });

  test.each<[string, (document: ReturnType<typeof JSON.parse>) => void, RegExp]>([
    ['another schema', (it) => (it.schema = 'countersign-evidence/2'), /schema is not countersign-evidence\/1/],
    ['no schema', (it) => delete it.schema, /schema/],
    [
      'the code of a finding without proof',
      (it) => (it.finding.code = 'LOG_STALLED'),
      /code is not the code of a proven finding/,
    ],
    ['an unknown kind of proof', (it) => (it.finding.proof.kind = 'oracle'), /kind is not a known kind of proof/],
    ['a promise without an entry', (it) => (it.finding.proof.kind = 'promise'), /entries has no entry/],
    [
      'an unknown kind of promise',
      (it) => {
        it.finding.proof = { kind: 'promise', promise: { kind: 'vow' } };
        it.entries = [{ index: 0, bytes: '' }];
      },
      /kind is not a known kind of promise/,
    ],
    ['three notes', (it) => it.notes.push(it.notes[0]), /the limit is 2/],
    ['many hashes', (it) => (it.proof = Array.from({ length: 129 }, () => it.proof[0])), /the limit is 128/],
    ['a note that is not base64', (it) => (it.notes[0] = '*'), /base64/],
    ['a note that is not text', (it) => (it.notes[0] = '/w=='), /notes\[0\] is not valid UTF-8/],
    ['no key', (it) => delete it.log.publicKey, /publicKey/],
  ])('with %s is malformed', async (_, change, reason) => {
    const evidence = changed(await written(await forkOf(8, 20)), change);
    const error = await checkEvidence(evidence, rootOf(log.log)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CountersignError);
    expect(error).toMatchObject({
      code: expect.stringMatching(/^(EVIDENCE_INVALID|LIMIT_EXCEEDED)$/),
      message: expect.stringMatching(reason),
    });
  });

  test('of something else is malformed', async () => {
    for (const text of ['', '[]', '{}', 'evidence']) {
      const error = await checkEvidence(new Uint8Array(Buffer.from(text)), rootOf(log.log)).catch(
        (caught: unknown) => caught,
      );
      expect(error).toMatchObject({ code: 'EVIDENCE_INVALID' });
    }
  });
});
