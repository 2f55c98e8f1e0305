import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  startSandbox,
  systemSources,
  TimestampAuthority,
  type TokenOverrides,
  timestampResponse,
} from '../../../sandbox/index.ts';
import { type Certificate, readCertificate } from '../../../src/core/certificate/index.ts';
import { encodeHex, readSequence, utf8 } from '../../../src/core/encoding/index.ts';
import { readTimestampResponse, verifyTimestamp } from '../../../src/core/timestamp/index.ts';
import { requestTimestamp } from '../../../src/services/timestamp/index.ts';
import { type Answer, answering, failure, type Received, withHttp } from '../loopback.ts';

const signature = new Uint8Array([0x30, 0x06, 0x02, 0x01, 0xfb, 0x02, 0x01, 0xff]);
const imprint = new Uint8Array(createHash('sha256').update(signature).digest());
const authority = new TimestampAuthority({ sources: systemSources });

const sequence = (first: number, length: number) => new Uint8Array(Array.from({ length }, (_, index) => first + index));

/** The nonce of a query, as the contents of its INTEGER. */
function nonceOf({ body }: Received): Uint8Array {
  return readSequence(new Uint8Array(body), (query) => {
    query.unsigned();
    query.any();
    return query.integerBytes();
  });
}

/** An authority that repeats the nonce, but for what is to be otherwise. */
function stamping(overrides: TokenOverrides = {}): (request: Received) => Answer {
  return (request) => ({ body: authority.timestamp({ imprint, nonce: nonceOf(request), ...overrides }) });
}

async function ask(url: string, random = (length: number): Uint8Array => randomBytes(length)): Promise<Uint8Array> {
  return withHttp((http) => requestTimestamp(http, url, signature, random));
}

describe('the request', () => {
  test.each<[what: string, nonce: Uint8Array, encoded: string]>([
    ['a nonce', sequence(1, 16), '02100102030405060708090a0b0c0d0e0f10'],
    ['a nonce with its top bit set', sequence(0xf0, 16), '021100f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'],
    ['a nonce with a leading zero byte', sequence(0, 16), '020f0102030405060708090a0b0c0d0e0f'],
    [
      'a leading zero byte before a set top bit',
      new Uint8Array([0, 0x80, ...sequence(1, 14)]),
      '0210' + '00800102030405060708090a0b0c0d0e',
    ],
    ['several leading zero bytes', new Uint8Array([0, 0, 0, ...sequence(1, 13)]), '020d0102030405060708090a0b0c0d'],
    ['no bit but the last', new Uint8Array([...new Uint8Array(15), 1]), '020101'],
    ['no bit at all', new Uint8Array(16), '020100'],
  ])('with %s is RFC 3161’s, and its answer is accepted', async (_, nonce, encoded) => {
    await using server = await answering(stamping());
    const lengths: number[] = [];
    const response = await ask(`${server.origin}/api/v1/timestamp?x=1`, (length) => {
      lengths.push(length);
      return nonce;
    });
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'POST', url: '/api/v1/timestamp?x=1' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/timestamp-query',
      accept: 'application/timestamp-reply',
      'content-length': String(request?.body.length),
    });
    // The hash has no parameters, which RFC 5754 prefers to NULL.
    const messageImprint = `302f300b06096086480165030402010420${encodeHex(imprint)}`;
    const contents = `020101${messageImprint}${encoded}`;
    expect(encodeHex(request?.body ?? new Uint8Array())).toBe(`30${(contents.length / 2).toString(16)}${contents}`);
    // At least 64 bits, says REFERENCE 3.1; 128 are asked for.
    expect(lengths).toEqual([16]);
    expect(encodeHex(readTimestampResponse(response).imprint.bytes)).toBe(encodeHex(imprint));
  });

  test('is another one each time', async () => {
    await using server = await answering(stamping());
    await ask(server.origin);
    await ask(server.origin);
    const [first, second] = server.received.map((request) => encodeHex(nonceOf(request)));
    expect(first).not.toBe(second);
  });
});

describe('an answer', () => {
  test.each([200, 201])('of status %d is given back byte for byte', async (status) => {
    const sent: Uint8Array[] = [];
    await using server = await answering((request) => {
      const body = authority.timestamp({ imprint, nonce: nonceOf(request) });
      sent.push(body);
      return { status, body };
    });
    expect(encodeHex(await ask(server.origin))).toBe(encodeHex(sent[0] ?? new Uint8Array()));
  });

  test.each<[what: string, overrides: TokenOverrides, problem: string]>([
    ['with another nonce', { nonce: sequence(1, 16) }, 'returned a timestamp for a different request'],
    ['with no nonce', { nonce: undefined }, 'returned a timestamp for a different request'],
    ['with an empty part of the nonce', { nonce: new Uint8Array([1]) }, 'returned a timestamp for a different request'],
    ['over something else', { imprint: new Uint8Array(32) }, 'returned a timestamp for a different signature'],
    [
      'over another hash of it',
      { imprint: new Uint8Array(createHash('sha512').update(signature).digest()), imprintHash: 'sha512' },
      'returned a timestamp for a different signature',
    ],
  ])('%s is refused', async (_, overrides, problem) => {
    await using server = await answering(stamping(overrides));
    const error = await failure(ask(server.origin));
    expect(error.code).toBe('TIMESTAMP_MISMATCH');
    expect(error.message).toBe(`the timestamp authority (${server.origin}) ${problem}`);
  });

  test('with the nonce of a request whose other bytes are the same is refused: that of the last one', async () => {
    const first: Uint8Array[] = [];
    await using server = await answering((request) => {
      first[0] ??= nonceOf(request);
      return { body: authority.timestamp({ imprint, nonce: first[0] }) };
    });
    await ask(server.origin);
    expect((await failure(ask(server.origin))).code).toBe('TIMESTAMP_MISMATCH');
  });

  test.each<[what: string, body: string | Uint8Array, problem: string]>([
    ['of a rejection', timestampResponse(2, undefined), 'the timestamp was not granted (status 2)'],
    ['of “waiting”', timestampResponse(3, undefined), 'the timestamp was not granted (status 3)'],
    [
      'of a rejection that brings a token',
      timestampResponse(2, new Uint8Array([0x30, 0x00])),
      'not granted (status 2)',
    ],
    ['that grants no token', timestampResponse(0, undefined), 'expected tag 0x30'],
    ['of HTML', '<html>fine</html>', 'expected tag 0x30'],
    ['of JSON', '{"message":"fine"}', 'expected tag 0x30'],
    ['of nothing', '', 'expected tag 0x30'],
    ['cut short', authority.timestamp({ imprint }).slice(0, -1), 'exceeds the remaining'],
    ['with something after it', new Uint8Array([...authority.timestamp({ imprint }), 0]), 'the timestamp: '],
  ])('%s is refused', async (_, body, problem) => {
    await using server = await answering({ body });
    const error = await failure(ask(server.origin));
    expect(error.code).toBe('TIMESTAMP_INVALID');
    expect(error.message).toContain(`the timestamp authority (${server.origin}): `);
    expect(error.message).toContain(problem);
  });

  test('of more than 64 KiB is refused', async () => {
    await using server = await answering({ body: new Uint8Array(64 * 1024 + 1) });
    const error = await failure(ask(server.origin));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toBe(`the timestamp authority (${server.origin}) sent more than 65536 bytes`);
  });

  test.each([
    [400, 'SERVICE_REFUSED'],
    [503, 'SERVICE_UNAVAILABLE'],
  ] as const)('of status %d is %s', async (status, code) => {
    await using server = await answering({ status, body: '{"code":1,"message":"the reason"}' });
    const error = await failure(ask(server.origin));
    expect(error.code).toBe(code);
    expect(error.message).toBe(`the timestamp authority (${server.origin}) responded with ${status}: the reason`);
  });
});

test('the sandbox stamps a signature, and the token verifies', async () => {
  await using sandbox = await startSandbox();
  const chain: readonly Certificate[] = sandbox.timestampAuthority.chain.map((certificate) =>
    readCertificate(certificate),
  );
  for (const random of [
    (length: number) => new Uint8Array(length),
    (length: number) => new Uint8Array(length).fill(0xff),
    randomBytes,
  ]) {
    const before = Date.now();
    const response = await ask(sandbox.urls.timestamp, random);
    const after = Date.now();
    const time = await verifyTimestamp(readTimestampResponse(response), signature, chain);
    expect(time.getTime()).toBeGreaterThanOrEqual(before - 1000);
    expect(time.getTime()).toBeLessThanOrEqual(after);
    await expect(verifyTimestamp(readTimestampResponse(response), utf8('other'), chain)).rejects.toMatchObject({
      code: 'TIMESTAMP_MISMATCH',
    });
  }
});
