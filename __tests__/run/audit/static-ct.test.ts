/** Audits of a certificate log that serves the Static CT API alone. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, jobIdentity, type MisbehaviourName, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { bundleMediaType, writeBundle } from '../../../src/core/bundle/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { checkEvidence } from '../../../src/monitor/evidence/index.ts';
import { isComplete } from '../../../src/report/index.ts';
import { readSearchQuery, searchTrusted } from '../../../src/run/search/index.ts';
import type { Http } from '../../../src/services/http/index.ts';
import { claims } from '../../kit/instance.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';
import { withHttp } from '../../services/loopback.ts';
import { Workplace } from '../workplace.ts';
import { type AuditOptions, asStaticLog, auditSandbox, start } from './sandbox-audit.ts';

let now = start;
let sandbox: Sandbox;
let place: Workplace;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => now });
  place = await Workplace.open();
});
let state: string;
beforeEach(async () => {
  state = join(await temporaryFolder(), 'state');
  now = start;
});
afterEach(() => sandbox.behave());
afterAll(async () => {
  await sandbox.close();
  await place[Symbol.asyncDispose]();
});

const audit = (changes: AuditOptions = {}) =>
  auditSandbox(sandbox, state, { logs: [sandbox.urls.certificateLog], through: asStaticLog, now, ...changes });
const trust = () => readTrustedRoot(JSON.stringify(sandbox.trustedRoot));

function issue(count: number): void {
  for (let at = 0; at < count; at++)
    sandbox.certificateAuthority.issue({ publicKey: generateSigningKey('P-256').publicKey, ...jobIdentity(claims) });
}

/** Changes the answers to requests whose paths match. */
const altering =
  (path: RegExp, change: (body: Uint8Array) => Uint8Array): ((http: Http) => Http) =>
  (http) =>
  async (request) => {
    const response = await asStaticLog(http)(request);
    return path.test(request.url.pathname) ? { ...response, body: change(response.body) } : response;
  };

describe('an honest log', () => {
  test('is read to its end over several tiles, and again as it grows', async () => {
    issue(3);
    const first = await audit();
    expect(first).toMatchObject({ codes: [], outcome: 'clean' });
    expect(first.report.logs).toMatchObject([{ log: { protocol: 'static-ct' }, head: { time: start } }]);
    issue(300);
    const { report, outcome } = await audit();
    const { size } = sandbox.certificateLog.store;
    expect(outcome).toBe('clean');
    expect(report.logs[0]?.coverage).toMatchObject({ from: 0, to: size, size, read: 300, unreadable: 0 });
  });

  test('is searched at once: the entries of the last tile are read although it is not full', async () => {
    issue(1);
    expect(await audit()).toMatchObject({ outcome: 'clean' });
    const query = await readSearchQuery({ repo: claims.repository ?? exampleJob.repository }, place.world());
    const roots = [{ instance: 'sandbox', trust: trust(), thresholds: defaultThresholds, sandbox: 'accept' }] as const;
    const logs = [sandbox.urls.certificateLog];
    const request = { query, state, logs, limit: 1, bundleOut: undefined };
    const report = await withHttp((http) =>
      searchTrusted(request, roots, { ...place.world(), http: asStaticLog(http) }),
    );
    expect(report.entries).toMatchObject([{ index: sandbox.certificateLog.store.size - 1 }]);
    expect(isComplete(report)).toBe(true);
  });

  test('that stands still is no finding while it signs its time, and is one after a day without', async () => {
    await audit();
    now = new Date(start.getTime() + 25 * 60 * 60_000);
    expect(await audit()).toMatchObject({ codes: [], outcome: 'clean' });
    const late = new Date(now.getTime() + 25 * 60 * 60_000);
    expect(await audit({ now: late })).toMatchObject({ codes: ['LOG_STALLED'], outcome: 'findings' });
  });
});

describe('a log that misbehaves', () => {
  async function auditMisbehaving(name: MisbehaviourName) {
    issue(3);
    expect(await audit()).toMatchObject({ codes: [], outcome: 'clean' });
    sandbox.misbehave(name);
    issue(3);
    return audit();
  }

  test('and signs another past is proven to do so', async () => {
    const { codes, outcome, reported } = await auditMisbehaving('ct:forked-tree');
    expect({ codes, outcome }).toEqual({ codes: ['LOG_FORKED'], outcome: 'misbehaviour' });
    const evidence = new Uint8Array(await readFile(reported[0]?.evidence ?? ''));
    expect(await checkEvidence(evidence, trust())).toMatchObject({ verdict: 'proven', code: 'LOG_FORKED' });
  });

  test.each<[MisbehaviourName, string]>([
    ['ct:altered-tile', 'TILES_INCONSISTENT'],
    ['ct:altered-entry', 'ENTRY_ALTERED'],
  ])('%s: %s', async (name, code) => {
    const { codes, outcome } = await auditMisbehaving(name);
    expect({ codes, outcome }).toEqual({ codes: [code], outcome: 'findings' });
    sandbox.behave();
    const after = await audit();
    const { size } = sandbox.certificateLog.store;
    expect(after).toMatchObject({ codes: [], outcome: 'clean' });
    expect(after.report.logs[0]?.coverage).toMatchObject({ from: 0, to: size });
  });

  test('and withholds entries makes the audit incomplete, and is a finding after 15 minutes', async () => {
    expect(await auditMisbehaving('ct:withheld-entries')).toMatchObject({ codes: [], outcome: 'incomplete' });
    now = new Date(start.getTime() + 15 * 60_000);
    expect(await audit()).toMatchObject({ codes: ['ENTRIES_WITHHELD', 'WATCH_BLIND'], outcome: 'findings' });
  });

  test('and removes partial tiles is read', async () => {
    expect(await auditMisbehaving('ct:collected-partials')).toMatchObject({ codes: [], outcome: 'clean' });
  });
});

describe('a checkpoint', () => {
  test('that is not signed by the log is a finding', async () => {
    const spoil = (body: Uint8Array): Uint8Array =>
      Buffer.from(
        Buffer.from(body)
          .toString()
          .replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1}\n`),
      );
    const { codes } = await audit({ through: altering(/\/checkpoint$/, spoil) });
    expect(codes).toEqual(['CHECKPOINT_INVALID']);
  });

  test('of another log is a finding', async () => {
    const rename = (body: Uint8Array): Uint8Array => Buffer.from(Buffer.from(body).toString().replace(/^.*\n/, 'x\n'));
    const { codes } = await audit({ through: altering(/\/checkpoint$/, rename) });
    expect(codes).toEqual(['CHECKPOINT_ORIGIN']);
  });
});

test('a promise states the index of the entry: that another entry is there is proven after a day', async () => {
  issue(1);
  const log = sandbox.certificateLog;
  // Signs a timestamp without adding an entry.
  const promising = log.showing(Object.create(log.store, { append: { value: () => 0 } }));
  const issued = sandbox.certificateAuthority.issue({
    publicKey: generateSigningKey('P-256').publicKey,
    ...jobIdentity(claims),
    signedCertificateTimestamps: (precertificate) => [promising.submit(precertificate)],
  });
  // Another entry takes its place.
  issue(1);
  const bundle = writeBundle({
    mediaType: bundleMediaType,
    version: '0.3',
    signer: { kind: 'certificate', certificate: new Uint8Array(issued) },
    logEntries: [],
    timestamps: [],
    content: { kind: 'message-signature', messageDigest: undefined, signature: new Uint8Array([1]) },
  });
  const path = join(await temporaryFolder(), 'bundle.json');
  await writeFile(path, bundle);
  expect(await audit({ bundles: [path] })).toMatchObject({ codes: [], outcome: 'clean' });
  now = new Date(start.getTime() + 25 * 60 * 60_000);
  const { codes, outcome, reported } = await audit({ bundles: [path] });
  expect({ codes, outcome }).toEqual({ codes: ['PROMISE_BROKEN'], outcome: 'misbehaviour' });
  const evidence = new Uint8Array(await readFile(reported[0]?.evidence ?? ''));
  expect(await checkEvidence(evidence, trust())).toMatchObject({ verdict: 'proven', code: 'PROMISE_BROKEN' });
});
