import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { exampleJob, jobIdentity, leafHash, startSandbox } from '../../../sandbox/index.ts';
import { digest, EphemeralKey } from '../../../src/core/crypto/index.ts';
import { encodeBase64, encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { canonicalBody, hashedRekordV2 } from '../../../src/core/log/index.ts';
import type { Http } from '../../../src/services/http/index.ts';
import { type MessageSubmission, submitEntry } from '../../../src/services/rekor/index.ts';
import { proofOf } from '../../core/bundle/vectors.ts';
import { type Answer, answering, failure, withHttp } from '../loopback.ts';

type HashedRekord = Omit<MessageSubmission, 'kind'>;

const entry = {
  digest: digest('sha256', utf8('artifact')),
  signature: new Uint8Array([0x30, 0x06, 0x02, 0x01, 0xfb, 0x02, 0x01, 0xff]),
  certificate: new Uint8Array([0x30, 0x03, 0x02, 0x01, 0xfe]),
} as const satisfies HashedRekord;

/** As Rekor v2 answers: defaults printed, integers as strings. */
const answered = {
  logIndex: '5035492',
  logId: { keyId: 'AQIDBA==' },
  kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
  integratedTime: '0',
  inclusionPromise: null,
  inclusionProof: {
    logIndex: '5035492',
    rootHash: 'BQYHCA==',
    treeSize: '5035493',
    hashes: ['CQ==', 'Cg=='],
    checkpoint: { envelope: 'log.example.test\n5035493\nBQYHCA==\n\n— log.example.test AAAA\n' },
  },
  canonicalizedBody: 'e30=',
};

function without(path: string): unknown {
  const copy: Record<string, unknown> = structuredClone(answered);
  const names = path.split('.');
  const last = names.pop() ?? '';
  let place = copy;
  for (const name of names) place = place[name] as Record<string, unknown>;
  delete place[last];
  return copy;
}

function addHashedRekord(http: Http, url: string, hashedRekord: HashedRekord) {
  return submitEntry(http, { url, majorApiVersion: 2 }, { kind: 'message-signature', ...hashedRekord });
}

test('the request is what Rekor’s API version 2 takes', async () => {
  await using server = await answering({ status: 201, body: JSON.stringify(answered) });
  await withHttp((http) => addHashedRekord(http, server.origin, entry));
  const [request] = server.received;
  expect(request).toMatchObject({ method: 'POST', url: '/api/v2/log/entries' });
  expect(request?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
  // Unknown members are refused by the log: these and no others.
  expect(JSON.parse(String(request?.body))).toEqual({
    hashedRekordRequestV002: {
      digest: 'x8XB1wxd7EQWq2FYr9CyI+9Awpsdwfl+2UKLlNTK2xw=',
      signature: {
        content: 'MAYCAfsCAf8=',
        verifier: { x509Certificate: { rawBytes: 'MAMCAf4=' }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' },
      },
    },
  });
});

test.each([
  ['', '/api/v2/log/entries'],
  ['/', '/api/v2/log/entries'],
  ['/log', '/log/api/v2/log/entries'],
])('below the base URL …%s it is %s', async (base, path) => {
  await using server = await answering({ body: JSON.stringify(answered) });
  await withHttp((http) => addHashedRekord(http, `${server.origin}${base}`, entry));
  expect(server.received[0]?.url).toBe(path);
});

describe('an answer', () => {
  test.each([200, 201])('of status %d is read', async (status) => {
    await using server = await answering({ status, body: JSON.stringify(answered) });
    const added = await withHttp((http) => addHashedRekord(http, server.origin, entry));
    expect(added).toMatchObject({
      logIndex: 5035492n,
      kind: 'hashedrekord',
      version: '0.0.2',
      inclusionProof: {
        logIndex: 5035492n,
        treeSize: 5035493n,
        checkpoint: answered.inclusionProof.checkpoint.envelope,
      },
    });
    expect(
      [added.logKeyId, proofOf(added).rootHash, ...proofOf(added).hashes, added.canonicalizedBody].map(encodeBase64),
    ).toEqual(['AQIDBA==', 'BQYHCA==', 'CQ==', 'Cg==', 'e30=']);
  });

  test.each<[what: string, answer: Answer, problem: string]>([
    ['that is not JSON', { body: '{' }, 'expected a member name'],
    ['that is empty', { body: '' }, 'expected a JSON value'],
    ['of HTML', { body: '<html>fine</html>' }, 'expected a JSON value'],
    ['of nothing', { body: '{}' }, '.logId.keyId is missing'],
    ...[
      'logId.keyId',
      'kindVersion.kind',
      'kindVersion.version',
      'inclusionProof.rootHash',
      'inclusionProof.checkpoint.envelope',
      'canonicalizedBody',
    ].map((path): [string, Answer, string] => [
      `without ${path}`,
      { body: JSON.stringify(without(path)) },
      `.${path} is missing`,
    ]),
    ['without a proof', { body: JSON.stringify(without('inclusionProof')) }, '.inclusionProof is missing'],
    [
      'with a negative index',
      { body: JSON.stringify({ ...answered, logIndex: '-1' }) },
      '.logIndex is not a non-negative 64-bit integer',
    ],
    [
      'with a body that is not base64',
      { body: JSON.stringify({ ...answered, canonicalizedBody: '{}' }) },
      '.canonicalizedBody: invalid base64 character',
    ],
    [
      'of Rekor’s version 1, by UUID',
      { body: JSON.stringify({ '24296fb24b8ad77a': { body: 'e30=', logIndex: 1 } }) },
      '.logId.keyId is missing',
    ],
  ])('%s is refused', async (_, answer, problem) => {
    await using server = await answering({ status: 201, ...answer });
    const error = await failure(withHttp((http) => addHashedRekord(http, server.origin, entry)));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(`the response of the transparency log (${server.origin})`);
    expect(error.message).toContain(problem);
  });

  test('with a proof longer than any tree is high is refused', async () => {
    const { inclusionProof } = answered;
    const body = JSON.stringify({ ...answered, inclusionProof: { ...inclusionProof, hashes: Array(65).fill('CQ==') } });
    await using server = await answering({ status: 201, body });
    const error = await failure(withHttp((http) => addHashedRekord(http, server.origin, entry)));
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(error.message).toContain('has 65 items; the limit is 64');
  });

  test('of more than 10 MiB is refused', async () => {
    await using server = await answering({ body: ' '.repeat(10 * 1024 * 1024 + 1) });
    const error = await failure(withHttp((http) => addHashedRekord(http, server.origin, entry)));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toBe(`the transparency log (${server.origin}) sent more than 10485760 bytes`);
  });

  test.each([
    [400, 'SERVICE_REFUSED'],
    [405, 'SERVICE_REFUSED'],
    [409, 'LOG_ENTRY_DUPLICATE'],
    [429, 'SERVICE_UNAVAILABLE'],
    [503, 'SERVICE_UNAVAILABLE'],
  ] as const)('of status %d is %s', async (status, code) => {
    const body = JSON.stringify({ code: 3, message: 'the reason', details: [] });
    await using server = await answering({ status, body });
    const error = await failure(withHttp((http) => addHashedRekord(http, server.origin, entry)));
    expect(error.code).toBe(code);
    expect(error.message).toBe(`the transparency log (${server.origin}) responded with ${status}: the reason`);
  });
});

test('the sandbox logs an entry, refuses it a second time, and one whose signature is not over its digest', async () => {
  await using sandbox = await startSandbox();
  using key = EphemeralKey.generate(randomBytes);
  const claims = { ...exampleJob, iss: sandbox.urls.jobIssuer };
  const certificate = sandbox.certificateAuthority.issue({ publicKey: key.publicKey.spki, ...jobIdentity(claims) });
  const signed = { digest: entry.digest, signature: key.sign(entry.digest), certificate };
  await withHttp(async (http) => {
    const added = await addHashedRekord(http, sandbox.urls.rekor, signed);
    expect(added.logIndex).toBe(1n);
    expect(encodeBase64(added.logKeyId)).toBe(encodeBase64(sandbox.transparencyLog.logId));
    // Byte for byte what we would make of it ourselves.
    const own = hashedRekordV2({
      ...signed,
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      verifier: 'x509Certificate',
      rawBytes: certificate,
    });
    expect(encodeHex(added.canonicalizedBody)).toBe(encodeHex(canonicalBody(own)));
    expect(encodeHex(proofOf(added).hashes[0] ?? new Uint8Array())).toBe(
      encodeHex(leafHash(sandbox.transparencyLog.body(0))),
    );
    const twice = await failure(addHashedRekord(http, sandbox.urls.rekor, signed));
    expect(twice.code).toBe('LOG_ENTRY_DUPLICATE');
    expect(twice.message).toContain(
      'responded with 409: an equivalent entry already exists in the transparency log with index 1',
    );
    const wrong = await failure(
      addHashedRekord(http, sandbox.urls.rekor, { ...signed, digest: digest('sha256', utf8('other')) }),
    );
    expect(wrong.code).toBe('SERVICE_REFUSED');
    expect(wrong.message).toContain('responded with 400');
  });
  expect(sandbox.transparencyLog.size).toBe(2);
});
