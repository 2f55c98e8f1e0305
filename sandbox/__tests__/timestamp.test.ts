import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../__tests__/kit/judge.ts';
import { readSequence } from '../../src/core/encoding/index.ts';
import {
  type Sandbox,
  startSandbox,
  systemSources,
  TimestampAuthority,
  type TokenOverrides,
  TransparencyLog,
  timestampResponse,
  trustedRoot,
} from '../index.ts';
import { askForTimestamp, signMessage, timestampQuery } from './client.ts';

const message = Buffer.from('an artifact');
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

async function stamp(query: Uint8Array<ArrayBuffer>): Promise<Buffer> {
  const response = await askForTimestamp(sandbox, query);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/timestamp-reply']);
  return Buffer.from(await response.arrayBuffer());
}

/** The status of a TimeStampResp, and the number of its failure bit. */
function statusOf(response: Uint8Array): {
  readonly status: bigint;
  readonly failure: number | undefined;
  readonly token: boolean;
} {
  return readSequence(response, (reader) => {
    const info = reader.sequence();
    const status = info.unsigned();
    if (!info.done) info.any();
    const failure = info.done ? undefined : [...info.namedBits()][0];
    const token = !reader.done;
    if (token) reader.any();
    return { status, failure, token };
  });
}

describe('a timestamp', () => {
  test('echoes the nonce and the imprint, of each hash', async () => {
    const nonce = Buffer.from('f0e1d2c3b4a59687', 'hex');
    for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
      const response = await stamp(timestampQuery(message, { hash, nonce }));
      expect(statusOf(response)).toEqual({ status: 0n, failure: undefined, token: true });
      expect(response.includes(Buffer.concat([Buffer.from([2, 9, 0]), nonce]))).toBe(true);
      expect(response.includes(createHash(hash).update(message).digest())).toBe(true);
    }
  });

  test('carries the signer’s certificate if that is asked for', async () => {
    const certificate = Buffer.from(sandbox.timestampAuthority.signer.certificate);
    expect((await stamp(timestampQuery(message, { certificates: true }))).includes(certificate)).toBe(true);
    expect((await stamp(timestampQuery(message, { certificates: false }))).includes(certificate)).toBe(false);
  });

  test('comes from a signer certified for nothing else', () => {
    const [signer, root] = sandbox.timestampAuthority.chain.map((certificate) => new X509Certificate(certificate));
    if (!signer || !root) throw new Error('two certificates');
    expect([signer.ca, root.ca, signer.verify(root.publicKey), signer.checkIssued(root)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(signer.keyUsage).toEqual(['1.3.6.1.5.5.7.3.8']);
  });

  test.each([
    ['an unknown hash', timestampQuery(message, { hash: 'sha1' }), 0],
    ['a policy that is not its own', timestampQuery(message, { policy: '1.2.3' }), 15],
    ['a digest of the wrong length', timestampQuery(message, { imprint: new Uint8Array(31) }), 5],
  ] as const)('is refused for %s', async (_, query, failure) => {
    expect(statusOf(await stamp(query))).toEqual({ status: 2n, failure, token: false });
  });

  test('is refused with HTTP 400 for what is no query', async () => {
    const response = await askForTimestamp(sandbox, new Uint8Array([0x30, 0x01]));
    expect(response.status).toBe(400);
    expect((await response.json()).message).toContain('Error parsing timestamp request');
    const json = await fetch(sandbox.urls.timestamp, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(415);
  });
});

describe('timestamps made by hand, judged by sigstore-js', () => {
  const verdict = async (overrides: TokenOverrides, make = sandbox.timestampAuthority): Promise<string> => {
    const bundle = structuredClone(await signMessage(sandbox, message));
    const signature = Buffer.from(bundle.messageSignature.signature, 'base64');
    const imprint = createHash('sha256').update(signature).digest();
    const signedTimestamp = Buffer.from(make.timestamp({ imprint, ...overrides })).toString('base64');
    bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps = [{ signedTimestamp }];
    try {
      judge(sandbox.trustedRoot, bundle, message);
      return 'accepted';
    } catch {
      return 'refused';
    }
  };

  test('are right unless told otherwise', async () => {
    expect(await verdict({})).toBe('accepted');
    expect(await verdict({ nonce: new Uint8Array([1]), accuracySeconds: undefined, authorityName: undefined })).toBe(
      'accepted',
    );
    expect(await verdict({ certificates: undefined })).toBe('accepted');
    expect(await verdict({ certificates: sandbox.timestampAuthority.chain })).toBe('accepted');
    expect(await verdict({ digestHash: 'sha384' })).toBe('accepted');
    // A few seconds on, so that the certificate, which is yet to be issued, does not begin later; and a fraction of three
    // digits, the only one that sigstore-js reads.
    const fewSecondsOn = Math.floor(Date.now() / 1000) * 1000 + 5001;
    expect(await verdict({ genTime: new Date(fewSecondsOn) })).toBe('accepted');
  });

  test('are wrong as told', async () => {
    const wrong: Record<string, TokenOverrides> = {
      imprint: { imprint: new Uint8Array(32) },
      time: { genTime: new Date('2001-01-01T00:00:00Z') },
      digest: { messageDigest: new Uint8Array(32) },
      content: { contentType: '1.2.840.113549.1.7.1' },
      signature: { amendSignature: (signature) => signature.with(-1, (signature.at(-1) ?? 0) ^ 1) },
      key: { signingKey: sandbox.certificateAuthority.intermediate.key },
      attributes: { amendSignedAttributes: (attributes) => attributes.slice(0, 1) },
      serial: { signerSerialNumber: new Uint8Array([1]) },
    };
    for (const [name, overrides] of Object.entries(wrong))
      expect([name, await verdict(overrides)]).toEqual([name, 'refused']);
    expect(await verdict({}, new TimestampAuthority({ sources: systemSources }))).toBe('refused');
  });

  test('can have another status, or no token', () => {
    expect(statusOf(timestampResponse(3, undefined))).toEqual({ status: 3n, failure: undefined, token: false });
  });
});

test('an authority can be of another kind, and precise', () => {
  const clock = () => new Date('2030-01-01T00:00:00.120Z');
  const authority = new TimestampAuthority({
    sources: { ...systemSources, clock },
    kind: 'P-256',
    precision: 'millisecond',
  });
  const response = Buffer.from(authority.timestamp({ imprint: new Uint8Array(32) }));
  expect(response.includes('20300101000000.12Z')).toBe(true);
  const log = { service: new TransparencyLog({ origin: 'a' }), url: 'https://a', start: clock() };
  expect(trustedRoot({ transparencyLogs: [log] })).toMatchObject({ timestampAuthorities: [] });
});
