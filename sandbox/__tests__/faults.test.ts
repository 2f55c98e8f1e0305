import { get, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fault, type Sandbox, type ServiceName, serviceNames, startSandbox } from '../index.ts';
import { certificateChain, entryRequest, jobToken, logEntry, newKey, sha256 } from './client.ts';

const message = Buffer.from('an artifact');
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.faults.clear());

/** A small answer of the service that needs no credentials: the trusted key of Rekor v1. */
const askRekorV1 = (signal?: AbortSignal) =>
  fetch(`${sandbox.urls.rekorV1}/api/v1/log/publicKey`, signal ? { signal } : {});
const right = async () => (await askRekorV1()).text();

describe('a fault', () => {
  test('resets the connection', async () => {
    sandbox.faults.set('rekor-v1', fault.refuse(), 1);
    await expect(askRekorV1()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect((await askRekorV1()).status).toBe(200);
  });

  test('answers with a status, headers and a body', async () => {
    sandbox.faults.set('rekor-v1', fault.status(429, { headers: { 'retry-after': '7' }, body: '{}' }), 2);
    const limited = await askRekorV1();
    expect([limited.status, limited.headers.get('retry-after'), await limited.text()]).toEqual([429, '7', '{}']);
    expect((await askRekorV1()).status).toBe(429);
    sandbox.faults.set('rekor-v1', fault.status(502), 1);
    const page = await askRekorV1();
    expect([page.status, page.headers.get('content-type'), (await page.text()).slice(0, 6)]).toEqual([
      502,
      'text/html',
      '<html>',
    ]);
    expect((await askRekorV1()).status).toBe(200);
  });

  test('compresses the right answer, or 1 MiB of spaces', async () => {
    const whole = await right();
    const bytes = 1024 * 1024;
    for (const [set, text] of [
      [fault.gzip(), whole],
      [fault.gzipBomb({ bytes }), ' '.repeat(bytes)],
    ] as const) {
      sandbox.faults.set('rekor-v1', set, 1);
      const { headers, body } = await new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
        // Unlike fetch, this accepts no compression, and decompresses nothing.
        get(`${sandbox.urls.rekorV1}/api/v1/log/publicKey`, async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          resolve({ headers: response.headers, body: Buffer.concat(chunks) });
        }).on('error', reject);
      });
      expect([headers['content-encoding'], gunzipSync(body).toString() === text]).toEqual(['gzip', true]);
      if (text !== whole) expect(body.length).toBeLessThan(2048);
    }
    sandbox.faults.set('rekor-v1', fault.gzip(), 1);
    expect((await fetch(`${sandbox.urls.rekorV1}/api/v1/log/entries/none`)).status).toBe(422);
  });

  test('does something else before the answer', async () => {
    const { transparencyLog: log, urls } = sandbox;
    const size = async (): Promise<number> =>
      Number((await (await fetch(`${urls.rekor}/checkpoint`)).text()).split('\n')[1]);
    const before = await size();
    sandbox.faults.set(
      'rekor-v2',
      fault.meanwhile(() => void log.append(Buffer.from(`entry ${log.size}`))),
      2,
    );
    expect([await size(), await size(), await size()]).toEqual([before + 1, before + 2, before + 2]);
  });

  test('never answers', async () => {
    sandbox.faults.set('rekor-v1', fault.stall(), 1);
    await expect(askRekorV1(AbortSignal.timeout(150))).rejects.toThrow('timeout');
  });

  test('answers slowly', async () => {
    const whole = await right();
    sandbox.faults.set('rekor-v1', fault.slow({ bytes: 20, everyMilliseconds: 15 }), 1);
    expect(await right()).toBe(whole);
    // The headers come at once, the first byte an hour later.
    sandbox.faults.set('rekor-v1', fault.slow({ everyMilliseconds: 3_600_000 }), 1);
    const slow = await askRekorV1();
    expect([slow.status, Number(slow.headers.get('content-length'))]).toEqual([200, whole.length]);
    const reader = slow.body?.getReader();
    const waiting = Symbol('no byte has come');
    // The answer to a later request is there before it.
    const next = right().then(() => waiting);
    expect(await Promise.race([reader?.read(), next])).toBe(waiting);
    await reader?.cancel();
  });

  test('answers with less than it says', async () => {
    sandbox.faults.set('rekor-v1', fault.truncated(), 1);
    const truncated = await askRekorV1();
    expect(truncated.status).toBe(200);
    await expect(truncated.text()).rejects.toThrow();
  });

  test('answers with garbage', async () => {
    sandbox.faults.set('rekor-v1', fault.garbage(201), 1);
    const garbage = await askRekorV1();
    expect(garbage.status).toBe(201);
    await expect(garbage.json()).rejects.toThrow();
  });

  test('answers with too much, declared or not', async () => {
    sandbox.faults.set('rekor-v1', fault.oversized({ bytes: 3_000_000 }), 1);
    const silent = await askRekorV1();
    expect([silent.headers.get('content-length'), (await silent.arrayBuffer()).byteLength]).toEqual([null, 3_000_000]);
    sandbox.faults.set('rekor-v1', fault.oversized({ declared: true }), 1);
    const declared = await askRekorV1();
    expect(declared.headers.get('content-length')).toBe(String(64 * 1024 * 1024));
    await declared.body?.cancel();
  });

  test('does the work and says that it has not', async () => {
    const key = newKey();
    const [leaf] = await certificateChain(sandbox, key, await jobToken(sandbox));
    if (leaf === undefined) throw new Error('no leaf');
    for (const then of [fault.status(500), fault.refuse()]) {
      const request = entryRequest(sha256(message), key.sign(message), leaf);
      sandbox.faults.set('rekor-v2', fault.afterEffect(then), 1);
      const { size } = sandbox.transparencyLog;
      const status = await logEntry(sandbox, request).then(
        (answer) => answer.status,
        () => 500,
      );
      expect(status).toBe(500);
      expect(sandbox.transparencyLog.size).toBe(size + 1);
      expect((await logEntry(sandbox, request)).status).toBe(409);
    }
  });

  test('alters the right answer', async () => {
    sandbox.faults.set(
      'rekor-v1',
      fault.altered((answer) => ({ ...answer, status: 203 })),
      1,
    );
    expect((await askRekorV1()).status).toBe(203);
  });

  test('lasts until it is cleared, and is set for an endpoint alone', async () => {
    sandbox.faults.set({ service: 'rekor-v1', matching: /^GET \/api\/v1\/log$/ }, fault.status(503));
    const state = () => fetch(`${sandbox.urls.rekorV1}/api/v1/log`);
    for (let time = 0; time < 3; time++) expect((await state()).status).toBe(503);
    expect((await askRekorV1()).status).toBe(200);
    sandbox.faults.clear('fulcio');
    expect((await state()).status).toBe(503);
    sandbox.faults.clear('rekor-v1');
    expect((await state()).status).toBe(200);
  });

  test('can wait, and is replaced by a later one', async () => {
    sandbox.faults.set('rekor-v1', fault.status(500));
    sandbox.faults.set('rekor-v1', fault.status(503), { skip: 2, times: 1 });
    const statuses = [];
    for (let time = 0; time < 4; time++) statuses.push((await askRekorV1()).status);
    expect(statuses).toEqual([200, 200, 503, 200]);
  });

  test('can be set on each service', async () => {
    const { certificateLog, fulcio, jobIssuer, registry, rekor, rekorV1, results, timestamp, tuf } = sandbox.urls;
    const twirp = 'twirp/github.actions.results.api.v1.ArtifactService';
    const { job } = sandbox.artifactService;
    const creation = await fetch(`${results}${twirp}/CreateArtifact`, {
      method: 'POST',
      headers: { authorization: `Bearer ${job.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        workflow_run_backend_id: job.runId,
        workflow_job_run_backend_id: job.jobId,
        name: 'a',
        version: 4,
      }),
    });
    const addresses: Record<ServiceName, string> = {
      oidc: `${jobIssuer}/.well-known/jwks`,
      fulcio: `${fulcio}/api/v2/signingCert`,
      ct: `${certificateLog}/checkpoint`,
      timestamp,
      'rekor-v1': `${rekorV1}/api/v1/log`,
      'rekor-v2': `${rekor}/api/v2/checkpoint`,
      witness: `${sandbox.urls.witness1}/none`,
      tuf: `${tuf}/timestamp.json`,
      artifacts: `${results}${twirp}/ListArtifacts`,
      blobs: (await creation.json()).signed_upload_url,
      registry: `${registry}/v2/`,
      github: `${sandbox.urls.github}/repos/octo/app`,
    };
    for (const service of serviceNames) {
      sandbox.faults.set(service, fault.status(418), 1);
      expect([service, (await fetch(addresses[service])).status]).toEqual([service, 418]);
    }
  });
});

test('every request is counted, in its order, without its query', async () => {
  const before = sandbox.requests.length;
  sandbox.faults.set('rekor-v1', fault.status(500), 1);
  await jobToken(sandbox);
  await askRekorV1();
  await fetch(`${sandbox.urls.rekor}/nothing?secret=1`);
  expect(sandbox.requests.slice(before)).toEqual([
    { service: 'oidc', method: 'GET', path: '/gha/token' },
    { service: 'rekor-v1', method: 'GET', path: '/api/v1/log/publicKey' },
    { service: undefined, method: 'GET', path: '/nothing' },
  ]);
});
