import { describe, expect, test } from '@jest/globals';
import { encodeBase64 } from '../../../src/core/encoding/index.ts';
import { type CertificateLogClient, certificateLogClient } from '../../../src/services/certificate-log/index.ts';
import { answering, failure, withHttp } from '../loopback.ts';

const bytes = new Uint8Array(32).fill(0xfb);
const hash = encodeBase64(bytes);

async function use<T>(answer: unknown, read: (client: CertificateLogClient) => Promise<T>, status = 200) {
  await using server = await answering({ status, body: typeof answer === 'string' ? answer : JSON.stringify(answer) });
  const result = await withHttp((http) => read(certificateLogClient(http, `${server.origin}/2022`)));
  return { result, url: server.received[0]?.url };
}

describe('tree heads', () => {
  const head = { tree_size: 7, timestamp: 1_790_000_000_000, sha256_root_hash: hash, tree_head_signature: 'BAMAAA==' };

  test('are read', async () => {
    const { result, url } = await use(head, (client) => client.treeHead());
    expect(result).toEqual({
      size: 7,
      milliseconds: 1_790_000_000_000,
      root: bytes,
      signature: new Uint8Array([4, 3, 0, 0]),
    });
    expect(url).toBe('/2022/ct/v1/get-sth');
  });

  test.each([
    ['not JSON', '<html>', /JSON/],
    ['no size', { ...head, tree_size: -1 }, /tree_size is not a non-negative/],
    ['a size that is no safe integer', { ...head, tree_size: '9007199254740993' }, /tree_size is not a safe integer/],
    ['no time', { ...head, timestamp: 'now' }, /timestamp is not/],
    ['a short root', { ...head, sha256_root_hash: 'AA==' }, /sha256_root_hash has 1 bytes, not 32/],
    ['no signature', { ...head, tree_head_signature: undefined }, /tree_head_signature is missing/],
  ])('%s', async (_, answer, reason) => {
    const { result } = await use(answer, (client) => failure(client.treeHead()));
    expect(result).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(reason) });
  });
});

describe('proofs', () => {
  test('of consistency', async () => {
    const { result, url } = await use({ consistency: [hash] }, (client) => client.consistencyProof(3, 7));
    expect(result).toEqual([bytes]);
    expect(url).toBe('/2022/ct/v1/get-sth-consistency?first=3&second=7');
  });

  test('of inclusion, whose hash is encoded in the query', async () => {
    const answer = { leaf_index: 5, audit_path: [hash, hash] };
    const { result, url } = await use(answer, (client) => client.inclusionProof(bytes, 7));
    expect(result).toEqual({ index: 5, hashes: [bytes, bytes] });
    expect(new URL(url ?? '', 'http://log.test').searchParams.get('hash')).toBe(hash);
    expect(url).toMatch(/tree_size=7$/);
    expect((await use('', (client) => client.inclusionProof(bytes, 7), 404)).result).toBeUndefined();
  });

  test('with hashes of another length, or too many of them', async () => {
    const short = await use({ consistency: ['AA=='] }, (client) => failure(client.consistencyProof(3, 7)));
    expect(short.result).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID' });
    const long = { leaf_index: 5, audit_path: new Array(65).fill(hash) };
    const many = await use(long, (client) => failure(client.inclusionProof(bytes, 7)));
    expect(many.result).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

describe('entries', () => {
  test('are leaves, without the certificates that the hash does not cover', async () => {
    const answer = { entries: [{ leaf_input: 'AAE=', extra_data: hash }] };
    const { result, url } = await use(answer, (client) => client.entries(10, 19));
    expect(result).toEqual([new Uint8Array([0, 1])]);
    expect(url).toBe('/2022/ct/v1/get-entries?start=10&end=19');
  });

  test.each([
    [{ entries: {} }, /entries is not a list/],
    [{ entries: [{}] }, /leaf_input is missing/],
    [{ entries: [{ leaf_input: '!' }] }, /leaf_input/],
  ])('%j', async (answer, reason) => {
    const { result } = await use(answer, (client) => failure(client.entries(0, 0)));
    expect(result).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(reason) });
  });

  test('errors name the service and quote its reason', async () => {
    const { result } = await use('Bad Request\nneed tree size: 7', (client) => failure(client.entries(0, 0)), 400);
    expect(result).toMatchObject({
      code: 'SERVICE_REFUSED',
      message: expect.stringMatching(/^the certificate transparency log .* responded with 400: Bad Request need tree/),
    });
  });
});
