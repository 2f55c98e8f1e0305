import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../__tests__/kit/judge.ts';
import {
  CertificateAuthority,
  CertificateLog,
  exampleJob,
  type Sandbox,
  sandboxMarkerOid,
  startSandbox,
  TimestampAuthority,
  TransparencyLog,
  trustedRoot,
} from '../index.ts';
import { signMessage } from './client.ts';

const message = Buffer.from('an artifact');
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe('a bundle signed against the sandbox over HTTP', () => {
  test('is accepted by sigstore-js, which reads the identity of the job', async () => {
    const { identity } = judge(sandbox.trustedRoot, await signMessage(sandbox, message), message);
    expect(identity?.subjectAlternativeName).toBe(`https://github.com/${exampleJob.job_workflow_ref}`);
    expect(identity?.extensions?.issuer).toBe(sandbox.urls.jobIssuer);
  });

  test('is accepted for a person too', async () => {
    const token = await sandbox.personTokens.token('signer@example.com');
    const { identity } = judge(sandbox.trustedRoot, await signMessage(sandbox, message, token), message);
    expect(identity?.subjectAlternativeName).toBe('signer@example.com');
  });

  test('is accepted at each size of the log', async () => {
    for (let i = 0; i < 9; i++) judge(sandbox.trustedRoot, await signMessage(sandbox, message), message);
  });

  test('is refused for another message', async () => {
    const bundle = await signMessage(sandbox, message);
    expect(() => judge(sandbox.trustedRoot, bundle, Buffer.from('another artifact'))).toThrow();
  });

  test.each([
    ['certificate', (material: string) => material.replace(/"certificate":\{"rawBytes":"([^"]*)"/, spoilt)],
    ['timestamp', (material: string) => material.replace(/"signedTimestamp":"([^"]*)"/, spoilt)],
    ['entry', (material: string) => material.replace(/"canonicalizedBody":"([^"]*)"/, spoilt)],
    ['proof', (material: string) => material.replace(/"hashes":\["([^"]*)"/, spoilt)],
    ['checkpoint', (material: string) => material.replace(/127\.0\.0\.1 ([^\\]*)/, spoilt)],
  ])('is refused with a spoilt %s', async (_, spoil) => {
    const bundle = JSON.stringify(await signMessage(sandbox, message));
    const other = spoil(bundle);
    expect(other).not.toBe(bundle);
    expect(() => judge(sandbox.trustedRoot, JSON.parse(other), message)).toThrow();
  });

  test('is refused under the trusted root of another sandbox', async () => {
    await using other = await startSandbox();
    const bundle = await signMessage(sandbox, message);
    expect(() => judge(other.trustedRoot, bundle, message)).toThrow();
  });
});

/** The text of a match with one base64 digit changed, three quarters into its group. */
function spoilt(whole: string, group: string): string {
  const at = Math.floor(group.length * 0.75);
  const digit = group[at] === 'A' ? 'B' : 'A';
  return whole.replace(group, group.slice(0, at) + digit + group.slice(at + 1));
}

describe('the sandbox', () => {
  test('goes by the clock it is given', async () => {
    const clock = () => new Date('2031-05-06T07:08:09.250Z');
    await using later = await startSandbox({ clock });
    const bundle = await signMessage(later, message);
    judge(later.trustedRoot, bundle, message);
    expect(JSON.stringify(later.trustedRoot)).toContain('"start":"2031-05-06T07:03:09.250Z"');
  });

  test('describes itself in a signing config', () => {
    expect(sandbox.signingConfig).toMatchObject({
      mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
      caUrls: [{ url: sandbox.urls.fulcio, majorApiVersion: 1 }],
      rekorTlogUrls: [
        { url: sandbox.urls.rekor, majorApiVersion: 2 },
        { url: sandbox.urls.frozenRekor, majorApiVersion: 2, validFor: { end: expect.any(String) } },
      ],
      tsaUrls: [{ url: sandbox.urls.timestamp, majorApiVersion: 1 }],
      rekorTlogConfig: { selector: 'ANY' },
      tsaConfig: { selector: 'ANY' },
    });
    expect(new URL(sandbox.urls.rekor).pathname).toBe('/');
  });

  test('listens on loopback only, and ends with its connections', async () => {
    const short = await startSandbox();
    expect(Object.values(short.urls).map((url) => new URL(url).hostname)).toEqual(
      Array(Object.keys(short.urls).length).fill('127.0.0.1'),
    );
    const { port } = new URL(short.urls.rekor);
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write('POST /api/v2/log/entries HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n');
    await short.close();
    await short.close();
    await ended;
    await expect(fetch(`${short.urls.rekor}/api/v2/checkpoint`)).rejects.toThrow();
  });

  test('answers what it does not serve as grpc-gateway does', async () => {
    const missing = await fetch(`${sandbox.urls.fulcio}/api/v2/nothing`);
    expect([missing.status, await missing.json()]).toEqual([404, { code: 5, message: 'Not Found', details: [] }]);
    const method = await fetch(`${sandbox.urls.fulcio}/api/v2/signingCert`);
    expect([method.status, await method.json()]).toEqual([
      501,
      { code: 12, message: 'Method Not Allowed', details: [] },
    ]);
  });

  test('takes no body beyond 4 MiB', async () => {
    const url = `${sandbox.urls.rekor}/api/v2/log/entries`;
    const status = await fetch(url, { method: 'POST', body: 'x'.repeat(5 * 1024 * 1024) }).then(
      (response) => response.status,
      // The connection may be gone before the client has sent all.
      () => 400,
    );
    expect(status).toBe(400);
  });
});

test('authorities and logs made by a test make a trusted root', () => {
  const sources = {
    clock: () => new Date('2030-01-01T00:00:00Z'),
    random: (length: number) => new Uint8Array(length).fill(7),
  };
  const log = new CertificateLog(sources.clock);
  const authority = new CertificateAuthority({ sources, log, marked: false });
  const window = { start: new Date('2029-01-01T00:00:00Z'), end: new Date('2031-01-01T00:00:00Z') };
  const root = trustedRoot({
    certificateAuthorities: [{ service: authority, url: 'https://ca.test', ...window }],
    certificateLogs: [{ service: log, url: 'https://ct.test', ...window }],
    transparencyLogs: [
      { service: new TransparencyLog({ origin: 'a.test' }), url: 'https://a.test', ...window },
      { service: new TransparencyLog({ origin: 'b.test', kind: 'P-256' }), url: 'https://b.test', ...window },
    ],
    timestampAuthorities: [{ service: new TimestampAuthority({ sources }), url: 'https://tsa.test', ...window }],
  });
  expect(root).toMatchObject({
    tlogs: [
      { baseUrl: 'https://a.test', publicKey: { keyDetails: 'PKIX_ED25519' } },
      { baseUrl: 'https://b.test', publicKey: { keyDetails: 'PKIX_ECDSA_P256_SHA_256' } },
    ],
    certificateAuthorities: [{ validFor: { start: '2029-01-01T00:00:00.000Z', end: '2031-01-01T00:00:00.000Z' } }],
  });
  expect(sandboxMarkerOid).toBe('2.999.305821105.408246119');
});
