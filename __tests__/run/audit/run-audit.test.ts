/** Audits over HTTP, with a clock that a test sets: promises of certificate logs, witnesses, and recorded responses. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hostileEntries } from '../../../sandbox/hostile/index.ts';
import { jobIdentity, type Sandbox, startSandbox, verifierKey } from '../../../sandbox/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { type Bundle, bundleMediaType, writeBundle } from '../../../src/core/bundle/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { outcomeOf } from '../../../src/monitor/audit/index.ts';
import { type AuditRunRequest, runAudit } from '../../../src/run/audit/index.ts';
import { gapsIn } from '../../../src/run/audit/index-gaps.ts';
import { recordResponses } from '../../../src/run/audit/record-responses.ts';
import { Witnesses } from '../../../src/run/audit/witness-views.ts';
import type { Http } from '../../../src/services/http/index.ts';
import { expectFailure, expectRejection } from '../../core/errors/failure.ts';
import { claims } from '../../kit/instance.ts';
import { Branch, FakeLog } from '../../monitor/kit/fake-log.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';
import { withHttp } from '../../services/loopback.ts';

const hour = 60 * 60 * 1000;
const begin = new Date('2026-11-30T12:00:00Z').getTime();
let now = begin;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => new Date(now) });
});
afterAll(() => sandbox.close());

async function audit(state: string, changes: Partial<AuditRunRequest> = {}) {
  const trust = readTrustedRoot(JSON.stringify(sandbox.trustedRoot));
  const roots = [{ instance: 'sandbox', trust, thresholds: defaultThresholds, sandbox: 'accept' }] as const;
  const request: AuditRunRequest = {
    state,
    logs: [],
    bundles: [],
    witnesses: [],
    witnessPolicy: undefined,
    from: 'start',
    maxEntries: undefined,
    maxMinutes: undefined,
    keySource: 'a test',
    tool: 'countersign test',
    isIndexed: true,
    ...changes,
  };
  const report = await withHttp((http) =>
    runAudit(request, roots, {
      http,
      files,
      clock: () => new Date(now),
      random: randomBytes,
      cancellation: new AbortController().signal,
    }),
  );
  const findings = [...report.findings, ...report.logs.flatMap((log) => log.findings)].map(({ finding }) => finding);
  return { report, codes: findings.map(({ code }) => code), outcome: outcomeOf(report) };
}

/** Writes a bundle with a certificate of the sandbox, and returns its path. */
async function bundleOfCertificate(folder: string): Promise<string> {
  const { publicKey } = generateSigningKey('P-256');
  const certificate = new Uint8Array(sandbox.certificateAuthority.issue({ publicKey, ...jobIdentity(claims) }));
  const bundle: Bundle = {
    mediaType: bundleMediaType,
    version: '0.3',
    signer: { kind: 'certificate', certificate },
    logEntries: [],
    timestamps: [],
    content: { kind: 'message-signature', messageDigest: undefined, signature: new Uint8Array([1]) },
  };
  const path = join(folder, 'bundle.json');
  await files.writeFile(path, writeBundle(bundle));
  return path;
}

describe('the promise of a certificate log in a bundle', () => {
  test('that is kept gives no finding', async () => {
    const folder = await temporaryFolder();
    const path = await bundleOfCertificate(folder);
    const { outcome } = await audit(join(folder, 'state'), { bundles: [path], logs: [sandbox.urls.certificateLog] });
    expect(outcome).toBe('clean');
  });

  test('that is broken is a finding after a day, and not before', async () => {
    const folder = await temporaryFolder();
    const { publicKey } = generateSigningKey('P-256');
    try {
      const honest = await bundleOfCertificate(folder);
      const bundle = JSON.parse(await files.readFile(honest, 'utf8'));
      // A certificate of the same authority whose timestamp the log signed without adding an entry.
      const logged = sandbox.certificateLog;
      const promised = logged.showing(Object.create(logged.store, { append: { value: () => 0 } }));
      const issued = sandbox.certificateAuthority.issue({
        publicKey,
        ...jobIdentity(claims),
        signedCertificateTimestamps: (precertificate) => [promised.submit(precertificate)],
      });
      bundle.verificationMaterial.certificate.rawBytes = Buffer.from(issued).toString('base64');
      const path = join(folder, 'broken.json');
      await files.writeFile(path, JSON.stringify(bundle));
      const state = join(folder, 'state');
      const request = { bundles: [path], logs: [sandbox.urls.certificateLog] };
      const early = await audit(state, request);
      expect(early).toMatchObject({ outcome: 'clean', codes: [] });
      expect(early.report.logs[0]?.notes.join()).toMatch(/the log has time until 2026-12-01T12:00:00.000Z/);
      now = begin + 25 * hour;
      expect(await audit(state, request)).toMatchObject({ outcome: 'findings', codes: ['PROMISE_BROKEN'] });
    } finally {
      now = begin;
    }
  });

  test('that a stranger signed is named, and no finding', async () => {
    const folder = await temporaryFolder();
    const path = await bundleOfCertificate(folder);
    const strange = await startSandbox({ clock: () => new Date(now) });
    try {
      const bundle = JSON.parse(await files.readFile(path, 'utf8'));
      const issued = strange.certificateAuthority.issue({
        publicKey: generateSigningKey('P-256').publicKey,
        ...jobIdentity(claims),
        signedCertificateTimestamps: (precertificate) => [sandbox.certificateLog.submit(precertificate)],
      });
      bundle.verificationMaterial.certificate.rawBytes = Buffer.from(issued).toString('base64');
      await files.writeFile(path, JSON.stringify(bundle));
      const { report, outcome } = await audit(join(folder, 'state'), {
        bundles: [path],
        logs: [sandbox.urls.certificateLog],
      });
      expect(outcome).toBe('incomplete');
      expect(report.incomplete.join()).toMatch(/that is invalid, or whose issuer is not trusted/);
    } finally {
      await strange.close();
    }
  });
});

test('hostile entries are counted, and never stop the audit', async () => {
  const folder = await temporaryFolder();
  const state = join(folder, 'state');
  const log = sandbox.transparencyLog;
  const hostile = hostileEntries(sandbox.certificateAuthority);
  for (const { body } of hostile) log.append(body);
  log.append(new Uint8Array(Buffer.from('the last entry')));
  const { report, outcome } = await audit(state, { logs: [sandbox.urls.rekor] });
  expect(outcome).toBe('clean');
  const [coverage] = report.logs.map((one) => one.coverage);
  expect(coverage).toMatchObject({ from: 0, to: log.store.size, size: log.store.size });
  expect(coverage?.unreadable).toBeGreaterThan(10);
});

describe('a search index', () => {
  test('that has lost entries is a finding', async () => {
    const folder = await temporaryFolder();
    const state = join(folder, 'state');
    const logs = [sandbox.urls.rekor];
    sandbox.transparencyLog.append(new Uint8Array(Buffer.from('one more')));
    expect(await audit(state, { logs })).toMatchObject({ outcome: 'clean' });
    await files.rm(join(state, 'index'), { recursive: true });
    sandbox.transparencyLog.append(new Uint8Array(Buffer.from('and another')));
    const { report, codes, outcome } = await audit(state, { logs });
    expect({ codes, outcome }).toEqual({ codes: ['WATCH_BLIND'], outcome: 'findings' });
    const last = sandbox.transparencyLog.store.size - 1;
    expect(report.findings[0]?.finding).toMatchObject({
      cause: 'gap',
      message: `the search index of 127.0.0.1 lacks entries that were read: 0 to ${last - 1}`,
    });
  });

  test.each([
    [[], '0-9'],
    [[[0, 10]], ''],
    [
      [
        [0, 4],
        [6, 20],
      ],
      '4-5',
    ],
    [
      [
        [2, 4],
        [5, 6],
      ],
      '0-1 4-4 6-9',
    ],
    [[[10, 12]], '0-9'],
  ])('with the ranges %j lacks %s', (ranges, expected) => {
    const gaps = gapsIn(
      { from: 0, to: 10 },
      ranges.map(([from = 0, to = 0]) => ({ from, to })),
    );
    expect(gaps.map(({ from, to }) => `${from}-${to - 1}`).join(' ')).toBe(expected);
  });
});

describe('a policy', () => {
  const policyFor = async (folder: string, key: string) => {
    const witnessPolicy = join(folder, 'policy.txt');
    await files.writeFile(witnessPolicy, `log ${key}\nquorum none\n`);
    return witnessPolicy;
  };

  test('for a log that is audited is accepted, and one for other logs is an error', async () => {
    const folder = await temporaryFolder();
    const logs = [sandbox.urls.rekor];
    const own = await policyFor(folder, verifierKey(sandbox.transparencyLog.signer));
    expect(await audit(join(folder, 'one'), { logs, witnessPolicy: own })).toMatchObject({ outcome: 'clean' });
    const stranger = await policyFor(folder, verifierKey(new FakeLog(Branch.of(1)).signer));
    await expectRejection(
      () => audit(join(folder, 'two'), { logs, witnessPolicy: stranger }),
      'USAGE',
      /lists only logs that are not audited/,
    );
  });

  test('for a log that does not respond makes the audit incomplete', async () => {
    const folder = await temporaryFolder();
    sandbox.misbehave('rekor-v2:without-checkpoint');
    try {
      const witnessPolicy = await policyFor(folder, verifierKey(sandbox.transparencyLog.signer));
      const request = { logs: [sandbox.urls.rekor], witnessPolicy };
      expect(await audit(join(folder, 'state'), request)).toMatchObject({ outcome: 'incomplete' });
    } finally {
      sandbox.behave();
    }
  });
});

test.each(['', 'tail', '-1', '1.5', '1234567890123456'])('an audit does not begin at %j', async (from) => {
  await expectRejection(
    async () => audit(await temporaryFolder(), { from, logs: [sandbox.urls.rekor] }),
    'USAGE',
    /not head, start or an index/,
  );
});

describe('witnesses', () => {
  const serve =
    (status: number, body: string): Http =>
    async () => ({ status, headers: {}, body: new Uint8Array(Buffer.from(body)) });

  test('are asked under the hash of the origin', async () => {
    const urls: string[] = [];
    const http: Http = async (request) => {
      urls.push(request.url.href);
      return { status: 200, headers: {}, body: new Uint8Array(Buffer.from('a note')) };
    };
    const witnesses = new Witnesses(['https://w.example/monitor'], http);
    expect(await witnesses.views('log2025-1.rekor.sigstore.dev')).toEqual({
      views: [{ source: 'the witness https://w.example/monitor/', note: 'a note' }],
      failures: [],
    });
    expect(urls).toEqual([
      'https://w.example/monitor/c7258ce86866f04311cafe8486d4da2024e04c7f773d74a81d8b928c9806f043/checkpoint',
    ]);
    expect(witnesses.unused).toEqual([]);
  });

  test('that know none of the logs are named', async () => {
    const witnesses = new Witnesses(['https://w.example'], serve(404, ''));
    expect(await witnesses.views('log.example')).toEqual({ views: [], failures: [] });
    expect(witnesses.unused).toEqual(['the witness https://w.example/ serves no checkpoint of the audited logs']);
  });

  test('that refuse, or serve what is not text, are failures', async () => {
    const refusing = await new Witnesses(['https://w.example'], serve(403, '')).views('log.example');
    expect(refusing.failures.join()).toMatch(/was not compared: .* responded with status 403/);
    const binary: Http = async () => ({ status: 200, headers: {}, body: new Uint8Array([0xff]) });
    const { failures } = await new Witnesses(['https://w.example'], binary).views('log.example');
    expect(failures.join()).toMatch(/is not valid UTF-8/);
  });

  test('that cannot be reached are failures; the end of the run and bugs are not', async () => {
    const failing = (error: Error) =>
      new Witnesses(['https://w.example'], async () => Promise.reject(error)).views('log.example');
    const { failures } = await failing(new CountersignError('SERVICE_UNAVAILABLE', 'no response'));
    expect(failures).toEqual(['the witness https://w.example/ was not compared: no response']);
    await expect(failing(new CountersignError('CANCELLED', 'cancelled'))).rejects.toThrow('cancelled');
    await expect(failing(new TypeError('a bug'))).rejects.toThrow('a bug');
  });

  test.each(['w.example', 'ftp://w.example', 'https://[', ''])('are no %j', (text) => {
    expectFailure(() => new Witnesses([text], serve(200, '')), 'USAGE', /is not an HTTP URL/);
  });
});

test('the latest responses of a log are recorded, without their bodies', async () => {
  let answered = 0;
  const record = recordResponses(
    async () => {
      answered += 1;
      return { status: 200, headers: {}, body: new Uint8Array(Buffer.from('x')) };
    },
    () => new Date(answered),
  );
  const get = (url: string) =>
    record.http({
      method: 'GET',
      url: new URL(url),
      headers: {},
      service: 's',
      timeoutMilliseconds: 1,
      maxBodyLength: 1,
    });
  await get('https://b.example/other');
  for (let at = 0; at < 70; at++) await get(`https://a.example/log/${at}`);
  await get('https://a.example/elsewhere');
  await get('https://a.example/logs/1');
  const found = record.of('https://a.example/log');
  expect(found).toHaveLength(62);
  expect(found.at(-1)).toEqual({
    url: 'https://a.example/log/69',
    time: new Date(71),
    status: 200,
    sha256: new Uint8Array(Buffer.from('2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', 'hex')),
  });
  expect(record.of('https://c.example')).toEqual([]);
});
