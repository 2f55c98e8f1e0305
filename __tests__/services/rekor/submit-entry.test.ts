import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../src/core/crypto/index.ts';
import { encodeBase64, encodeHex, preAuthenticationEncoding, utf8 } from '../../../src/core/encoding/index.ts';
import { type Http, withRetries } from '../../../src/services/http/index.ts';
import {
  type EnvelopeSubmission,
  type MessageSubmission,
  type Submission,
  submitEntry,
} from '../../../src/services/rekor/index.ts';
import { type Answer, answering, failure, type Received, withHttp } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const signer = {
  signature: new Uint8Array([0x30, 0x06, 0x02, 0x01, 0xfb, 0x02, 0x01, 0xff]),
  certificate: new Uint8Array([0x30, 0x03, 0x02, 0x01, 0xfe]),
  keyKind: 'ecdsa-p256',
} as const;
const message: MessageSubmission = {
  kind: 'message-signature',
  digest: digest('sha256', utf8('artifact')),
  ...signer,
};
const envelope: EnvelopeSubmission = {
  kind: 'dsse-envelope',
  payloadType: 'application/vnd.in-toto+json',
  payload: utf8('{"_type":"https://in-toto.io/Statement/v1"}'),
  ...signer,
};
/** base64 of the PEM text of the certificate */
const pem = Buffer.from('-----BEGIN CERTIFICATE-----\nMAMCAf4=\n-----END CERTIFICATE-----\n').toString('base64');

const leaf = 'ab'.repeat(32);
const uuid = `24296fb24b8ad77a${leaf}`;
const storedBody = Buffer.from(JSON.stringify({ apiVersion: '0.0.1', kind: 'hashedrekord', spec: {} })).toString(
  'base64',
);

/** As Rekor v1 answers: hexadecimal and numbers. */
const entryV1 = {
  attestation: {},
  body: storedBody,
  integratedTime: 1734374576,
  logID: 'c0d23d6ad406973f',
  logIndex: 155690850,
  verification: {
    inclusionProof: {
      checkpoint: 'rekor.example - 1193050959916656506\n33786589\nBQYHCA==\n\n— rekor.example AAAA\n',
      hashes: ['09', '0a0b'],
      logIndex: 33786588,
      rootHash: '05060708',
      treeSize: 33786589,
    },
    signedEntryTimestamp: 'MEUC',
  },
};
const answeredV1 = { [uuid]: entryV1 };

const answeredV2 = {
  logIndex: '5035492',
  logId: { keyId: 'AQIDBA==' },
  kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
  inclusionProof: {
    logIndex: '5035492',
    rootHash: 'BQYHCA==',
    treeSize: '5035493',
    hashes: [],
    checkpoint: { envelope: 'log.example.test\n5035493\nBQYHCA==\n\n— log.example.test AAAA\n' },
  },
  canonicalizedBody: 'e30=',
};

/** A copy without the member at a path, or with another value there. */
function changed(path: string, value?: unknown): unknown {
  const copy: Record<string, unknown> = structuredClone(answeredV1);
  const names = [uuid, ...path.split('.')];
  const last = names.pop() ?? '';
  let place = copy;
  for (const name of names) place = place[name] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

function submit(origin: string, majorApiVersion: number, submission: Submission) {
  return withHttp((http) => submitEntry(http, { url: origin, majorApiVersion }, submission));
}

function bodyOf(request: Received | undefined): unknown {
  return JSON.parse(String(request?.body));
}

test.each([
  [1, answeredV1],
  [2, answeredV2],
])('a log of version %d gets 30 s an attempt', async (majorApiVersion, answered) => {
  const deadlines: number[] = [];
  const http: Http = async ({ timeoutMilliseconds }) => {
    deadlines.push(timeoutMilliseconds);
    return { status: 201, headers: {}, body: utf8(JSON.stringify(answered)) };
  };
  await submitEntry(http, { url: 'https://log.example', majorApiVersion }, message);
  expect(deadlines).toEqual([30_000]);
});

test('a version of the API that we do not speak is said', async () => {
  const error = await failure(submit('https://log.example', 3, message));
  expect(error.code).toBe('NO_SERVICE');
  expect(error.message).toBe('version 3 of the API of the transparency log (https://log.example) is not supported');
});

describe('version 2', () => {
  test('of a message gets the digest', async () => {
    await using server = await answering({ status: 201, body: JSON.stringify(answeredV2) });
    const entry = await submit(server.origin, 2, message);
    expect(server.received[0]).toMatchObject({ method: 'POST', url: '/api/v2/log/entries' });
    expect(bodyOf(server.received[0])).toEqual({
      hashedRekordRequestV002: {
        digest: encodeBase64(message.digest.bytes),
        signature: {
          content: 'MAYCAfsCAf8=',
          verifier: { x509Certificate: { rawBytes: 'MAMCAf4=' }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' },
        },
      },
    });
    expect([entry.logIndex, entry.kind, entry.version]).toEqual([5035492n, 'hashedrekord', '0.0.2']);
  });

  test('of an envelope gets the digest of what was signed, and nothing of the envelope', async () => {
    await using server = await answering({ status: 201, body: JSON.stringify(answeredV2) });
    await submit(server.origin, 2, envelope);
    const pae = `DSSEv1 28 application/vnd.in-toto+json 43 {"_type":"https://in-toto.io/Statement/v1"}`;
    expect(bodyOf(server.received[0])).toMatchObject({
      hashedRekordRequestV002: { digest: encodeBase64(digest('sha256', utf8(pae)).bytes) },
    });
    expect(Buffer.from(preAuthenticationEncoding(envelope.payloadType, envelope.payload)).toString()).toBe(pae);
    expect(Object.keys(bodyOf(server.received[0]) as object)).toEqual(['hashedRekordRequestV002']);
  });

  test('that has the entry already asks for a new signature', async () => {
    const body = JSON.stringify({ code: 6, message: 'an equivalent entry already exists with index 7' });
    await using server = await answering({ status: 409, body, headers: { 'x-log-index': '7' } });
    const error = await failure(submit(server.origin, 2, message));
    expect(error.code).toBe('LOG_ENTRY_DUPLICATE');
    expect(error.message).toContain('responded with 409: an equivalent entry already exists with index 7');
    expect(error.remedy).toContain('Sign again');
    expect(server.received).toHaveLength(1);
  });

  test('that is frozen says that the signing config is out of date', async () => {
    const frozen = 'This log has been frozen, please switch to the latest log.';
    await using server = await answering({ status: 405, body: JSON.stringify({ message: frozen }) });
    const error = await failure(submit(server.origin, 2, message));
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toBe(`the transparency log (${server.origin}) responded with 405: ${frozen}`);
    expect(error.remedy).toContain('the signing config is out of date');
  });
});

describe('the request to version 1', () => {
  test.each(['', '/'])('of a message is a hashedrekord; below the base URL …%s', async (slash) => {
    await using server = await answering({ status: 201, body: JSON.stringify(answeredV1) });
    await submit(`${server.origin}${slash}`, 1, message);
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'POST', url: '/api/v1/log/entries' });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
    expect(bodyOf(request)).toEqual({
      apiVersion: '0.0.1',
      kind: 'hashedrekord',
      spec: {
        data: { hash: { algorithm: 'sha256', value: encodeHex(message.digest.bytes) } },
        signature: { content: 'MAYCAfsCAf8=', publicKey: { content: pem } },
      },
    });
  });

  test('of an envelope is a dsse, the envelope a text in it', async () => {
    await using server = await answering({ status: 201, body: JSON.stringify(answeredV1) });
    await submit(server.origin, 1, envelope);
    const payload = encodeBase64(envelope.payload);
    expect(bodyOf(server.received[0])).toEqual({
      apiVersion: '0.0.1',
      kind: 'dsse',
      spec: {
        proposedContent: {
          envelope: `{"payload":"${payload}","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"MAYCAfsCAf8="}]}`,
          verifiers: [pem],
        },
      },
    });
  });

  test('of an envelope above 10 MB is not sent', async () => {
    await using server = await answering({ status: 201, body: JSON.stringify(answeredV1) });
    const frame = '{"payload":"","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"MAYCAfsCAf8="}]}'
      .length;
    const room = Math.floor((10_000_000 - frame) / 4) * 3;
    await submit(server.origin, 1, { ...envelope, payload: new Uint8Array(room) });
    expect(server.received).toHaveLength(1);
    const error = await failure(submit(server.origin, 1, { ...envelope, payload: new Uint8Array(room + 3) }));
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(error.message).toMatch(/^the envelope has 1000000\d bytes; the limit for Rekor v1 is 10 MB$/);
    expect(error.remedy).toContain('a Rekor v2 log');
    expect(server.received).toHaveLength(1);
  });
});

describe('an answer of version 1', () => {
  test.each([200, 201])('of status %d is made an entry of a bundle', async (status) => {
    await using server = await answering({ status, body: JSON.stringify(answeredV1) });
    const entry = await submit(server.origin, 1, message);
    expect(entry).toEqual({
      logIndex: 155690850n,
      logKeyId: new Uint8Array(Buffer.from('c0d23d6ad406973f', 'hex')),
      kind: 'hashedrekord',
      version: '0.0.1',
      integratedTime: 1734374576n,
      signedEntryTimestamp: new Uint8Array([0x30, 0x45, 0x02]),
      inclusionProof: {
        logIndex: 33786588n,
        rootHash: new Uint8Array([5, 6, 7, 8]),
        treeSize: 33786589n,
        hashes: [new Uint8Array([9]), new Uint8Array([10, 11])],
        checkpoint: entryV1.verification.inclusionProof.checkpoint,
      },
      canonicalizedBody: new Uint8Array(Buffer.from(storedBody, 'base64')),
    });
  });

  test('under the leaf hash alone is read', async () => {
    await using server = await answering({ status: 201, body: JSON.stringify({ [leaf]: entryV1 }) });
    expect((await submit(server.origin, 1, message)).logIndex).toBe(155690850n);
  });

  test.each<[what: string, body: string, problem: string]>([
    ['that is not JSON', '<html>', 'expected a JSON value'],
    ['of nothing', '{}', 'does not contain exactly one entry'],
    ['of null', 'null', 'does not contain exactly one entry'],
    ['of a list', `[${JSON.stringify(entryV1)}]`, 'does not contain exactly one entry'],
    ['of two', JSON.stringify({ ...answeredV1, [leaf]: entryV1 }), 'does not contain exactly one entry'],
    ['of one twice', `{"${uuid}":{},"${uuid}":{}}`, 'occurs twice'],
    ['under a name that is no UUID', JSON.stringify({ message: entryV1 }), 'does not contain exactly one entry'],
    ['under a UUID that is too long', JSON.stringify({ [`00${uuid}`]: entryV1 }), 'does not contain exactly one entry'],
    ['of version 2', JSON.stringify(answeredV2), 'does not contain exactly one entry'],
    ['without a body', JSON.stringify(changed('body')), '.body is missing'],
    ['without a log id', JSON.stringify(changed('logID')), '.logID is missing'],
    [
      'with a log id in base64',
      JSON.stringify(changed('logID', 'wNI9')),
      '.logID: the text is not lower-case hexadecimal',
    ],
    ['with a negative index', JSON.stringify(changed('logIndex', -1)), '.logIndex is not a non-negative'],
    ['without a promise', JSON.stringify(changed('verification.signedEntryTimestamp')), 'EntryTimestamp is missing'],
    ['without a proof', JSON.stringify(changed('verification.inclusionProof')), '.rootHash is missing'],
    [
      'without a checkpoint',
      JSON.stringify(changed('verification.inclusionProof.checkpoint')),
      '.checkpoint is missing',
    ],
    [
      'with a wrong hash',
      JSON.stringify(changed('verification.inclusionProof.hashes', ['xy'])),
      'hashes[0]: the text is not lower-case',
    ],
    ['with a body that is not JSON', JSON.stringify(changed('body', 'AAAA')), '.body: '],
    ['with a body of no kind', JSON.stringify(changed('body', 'e30=')), '.kind is missing'],
  ])('%s is refused', async (_, body, problem) => {
    await using server = await answering({ status: 201, body });
    const error = await failure(submit(server.origin, 1, message));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(`the response of the transparency log (${server.origin})`);
    expect(error.message).toContain(problem);
  });

  test('with a proof longer than any tree is high is refused', async () => {
    const hashes = Array(65).fill('09');
    await using server = await answering({
      body: JSON.stringify(changed('verification.inclusionProof.hashes', hashes)),
    });
    expect((await failure(submit(server.origin, 1, message))).code).toBe('LIMIT_EXCEEDED');
  });

  test('of more than 16 MiB is refused', async () => {
    await using server = await answering({ body: ' '.repeat(16 * 1024 * 1024 + 1) });
    const error = await failure(submit(server.origin, 1, message));
    expect(error.message).toBe(`the transparency log (${server.origin}) sent more than 16777216 bytes`);
  });

  test.each([
    [400, 'SERVICE_REFUSED'],
    [404, 'SERVICE_REFUSED'],
    [503, 'SERVICE_UNAVAILABLE'],
  ] as const)('of status %d is %s', async (status, code) => {
    await using server = await answering({ status, body: JSON.stringify({ code: status, message: 'the reason' }) });
    const error = await failure(submit(server.origin, 1, message));
    expect(error.code).toBe(code);
    expect(error.message).toBe(`the transparency log (${server.origin}) responded with ${status}: the reason`);
  });
});

describe('an entry that version 1 has already', () => {
  const said = (id: string) =>
    JSON.stringify({
      code: 409,
      message: `an equivalent entry already exists in the transparency log with UUID ${id}`,
    });

  /** 409 for what is sent, and this for what is fetched. */
  const has =
    (conflict: Answer, fetched: Answer | (() => Answer)) =>
    (request: Received): Answer => {
      if (request.method === 'POST') return { status: 409, ...conflict };
      return typeof fetched === 'function' ? fetched() : fetched;
    };

  test.each<[where: string, conflict: Answer, asked: string]>([
    ['the location', { headers: { location: `/api/v1/log/entries/${uuid}` } }, uuid],
    ['the message', { body: said(uuid) }, uuid],
    ['the message, by its leaf hash', { body: said(leaf) }, leaf],
    ['a location elsewhere', { headers: { location: `https://attacker.example/api/v1/log/entries/${uuid}` } }, uuid],
    ['the message, where the location is none', { headers: { location: '/elsewhere' }, body: said(uuid) }, uuid],
  ])('is fetched from this log, by the UUID in %s', async (_, conflict, asked) => {
    await using server = await answering(has(conflict, { body: JSON.stringify(answeredV1) }));
    const entry = await submit(server.origin, 1, message);
    expect(entry.logIndex).toBe(155690850n);
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/v1/log/entries',
      `GET /api/v1/log/entries/${asked}`,
    ]);
  });

  test.each<[what: string, conflict: Answer]>([
    ['no UUID', { body: '{"message":"it exists"}' }],
    ['a UUID of another length', { body: said(`${leaf}00`) }],
    ['a UUID with a path in it', { headers: { location: '/api/v1/log/entries/..%2f..%2fadmin' } }],
    ['a UUID in capitals', { body: said(leaf.toUpperCase()) }],
  ])('needs a new signature if the answer has %s', async (_, conflict) => {
    await using server = await answering(has(conflict, { body: JSON.stringify(answeredV1) }));
    const error = await failure(submit(server.origin, 1, message));
    expect(error.code).toBe('LOG_ENTRY_DUPLICATE');
    expect(error.message).toContain('responded with 409');
    expect(server.received).toHaveLength(1);
  });

  test('is waited for while the log’s replicas do not have it yet', async () => {
    let fetched = 0;
    const late = () => (++fetched < 3 ? { status: 404 } : { body: JSON.stringify(answeredV1) });
    await using server = await answering(has({ body: said(uuid) }, late));
    const time = new SkippedTime();
    await withHttp(async (http) => {
      const patient = withRetries(http, { budget: 60_000, clock: time.clock, random: half, sleep: time.sleep });
      expect((await submitEntry(patient, { url: server.origin, majorApiVersion: 1 }, message)).kind).toBe(
        'hashedrekord',
      );
    });
    expect(time.waits).toEqual([500, 1000]);
  });

  test('that never comes is a failure', async () => {
    await using server = await answering(has({ body: said(uuid) }, { status: 404 }));
    const error = await failure(submit(server.origin, 1, message));
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toContain('responded with 404');
  });

  test('is refused if it is another', async () => {
    const other = 'cd'.repeat(32);
    await using server = await answering(has({ body: said(uuid) }, { body: JSON.stringify({ [other]: entryV1 }) }));
    const error = await failure(submit(server.origin, 1, message));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(`returned the entry ${other} instead of ${uuid}`);
  });
});
