import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/index.ts';
import { readCertificate } from '../../../src/core/certificate/index.ts';
import { digest, EphemeralKey } from '../../../src/core/crypto/index.ts';
import { encodePem, equalBytes, utf8 } from '../../../src/core/encoding/index.ts';
import { requestCertificate } from '../../../src/services/fulcio/index.ts';
import { echoingBodies } from '../../kit/echoes.ts';
import { type Answer, answering, failure, withHttp } from '../loopback.ts';

const wanted = {
  identityToken: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln',
  publicKey: new Uint8Array(Array.from({ length: 91 }, (_, index) => index)),
  proofOfPossession: new Uint8Array([0x30, 0x06, 0x02, 0x01, 0xfb, 0x02, 0x01, 0xff]),
};

const leaf = new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x07]);
const issuer = new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x08]);

function chain(...certificates: readonly unknown[]): Answer {
  return { body: JSON.stringify({ signedCertificateEmbeddedSct: { chain: { certificates } } }) };
}

function detached(more: object = {}): Answer {
  const certificates = [encodePem('CERTIFICATE', leaf)];
  return { body: JSON.stringify({ signedCertificateDetachedSct: { chain: { certificates }, ...more } }) };
}

test('the request is what Fulcio’s API version 2 takes, in its key form', async () => {
  await using server = await answering(chain(encodePem('CERTIFICATE', leaf)));
  await withHttp((http) => requestCertificate(http, server.origin, wanted));
  const [request] = server.received;
  expect(request).toMatchObject({ method: 'POST', url: '/api/v2/signingCert' });
  expect(request?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
  expect(request?.headers).not.toHaveProperty('authorization');
  expect(JSON.parse(String(request?.body))).toEqual({
    credentials: { oidcIdentityToken: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln' },
    publicKeyRequest: {
      publicKey: {
        algorithm: 'ECDSA',
        content:
          '-----BEGIN PUBLIC KEY-----\n' +
          'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v\n' +
          'MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWg==\n' +
          '-----END PUBLIC KEY-----\n',
      },
      proofOfPossession: 'MAYCAfsCAf8=',
    },
  });
});

test.each([
  ['', '/api/v2/signingCert'],
  ['/', '/api/v2/signingCert'],
  ['/fulcio', '/fulcio/api/v2/signingCert'],
  ['/fulcio/', '/fulcio/api/v2/signingCert'],
])('below the base URL …%s it is %s', async (base, path) => {
  await using server = await answering(chain(encodePem('CERTIFICATE', leaf)));
  await withHttp((http) => requestCertificate(http, `${server.origin}${base}`, wanted));
  expect(server.received[0]?.url).toBe(path);
});

describe('an answer', () => {
  test.each<[what: string, answer: Answer]>([
    ['of a chain', chain(encodePem('CERTIFICATE', leaf), encodePem('CERTIFICATE', issuer))],
    ['of status 201', { ...chain(encodePem('CERTIFICATE', leaf)), status: 201 }],
    ['in CR LF', chain(encodePem('CERTIFICATE', leaf).replaceAll('\n', '\r\n'))],
    [
      'with members that nobody knows yet',
      {
        body: JSON.stringify({
          new: 1,
          signedCertificateEmbeddedSct: { x: [], chain: { y: {}, certificates: [encodePem('CERTIFICATE', leaf)] } },
        }),
      },
    ],
    ['in the form of an authority without a certificate log', detached()],
    ['with a detached timestamp, of which no bundle tells', detached({ signedCertificateTimestamp: 'e30=' })],
    [
      'in both forms, of which the embedded one counts',
      {
        body: JSON.stringify({
          signedCertificateDetachedSct: { chain: { certificates: [encodePem('CERTIFICATE', issuer)] } },
          signedCertificateEmbeddedSct: { chain: { certificates: [encodePem('CERTIFICATE', leaf)] } },
        }),
      },
    ],
  ])('%s gives the first certificate', async (_, answer) => {
    await using server = await answering(answer);
    const certificate = await withHttp((http) => requestCertificate(http, server.origin, wanted));
    expect([...certificate]).toEqual([...leaf]);
  });

  test.each<[what: string, answer: Answer, problem: string]>([
    ['that is not JSON', { body: '{"signedCertificateEmbeddedSct":' }, 'is not the expected JSON'],
    ['that is empty', { body: '' }, 'is not the expected JSON'],
    ['of HTML', { body: '<html>fine</html>', headers: { 'content-type': 'text/html' } }, 'is not the expected JSON'],
    ['that is not UTF-8', { body: new Uint8Array([0xff]) }, 'is not the expected JSON'],
    ['that is a list', { body: '[]' }, 'is not the expected JSON'],
    ['with a member twice', { body: '{"a":1,"a":2}' }, 'is not the expected JSON'],
    ['of nothing', { body: '{}' }, 'has no certificate'],
    ['without a chain', { body: '{"signedCertificateEmbeddedSct":{}}' }, 'has no certificate'],
    ['of an empty chain', chain(), 'has no certificate'],
    ['of an empty chain in the detached form', { body: '{"signedCertificateDetachedSct":{}}' }, 'has no certificate'],
    [
      'of a chain that is no list',
      { body: '{"signedCertificateEmbeddedSct":{"chain":{"certificates":"x"}}}' },
      'certificates is not a list',
    ],
    ['of a certificate that is no text', chain(7), 'certificates[0] is not a string'],
    ['of an empty certificate', chain(''), 'certificates[0] is missing'],
    ['of what is not PEM', chain('MIIB'), 'certificates[0]: expected a PEM block'],
    ['of a PEM block of something else', chain(encodePem('PUBLIC KEY', leaf)), 'expected a PEM block "CERTIFICATE"'],
    ['of PEM that is not base64', chain('-----BEGIN CERTIFICATE-----\nA===\n-----END CERTIFICATE-----\n'), 'base64'],
  ])('%s is refused', async (_, answer, problem) => {
    await using server = await answering(answer);
    const error = await failure(withHttp((http) => requestCertificate(http, server.origin, wanted)));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(`the response of the certificate authority (${server.origin})`);
    expect(error.message).toContain(problem);
    expect(error.exitCode).toBe(6);
  });

  test('of more certificates than a chain has is refused', async () => {
    await using server = await answering(chain(...Array.from({ length: 9 }, () => encodePem('CERTIFICATE', leaf))));
    const error = await failure(withHttp((http) => requestCertificate(http, server.origin, wanted)));
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(error.message).toContain('has 9 items; the limit is 8');
  });

  test('of more than 1 MiB is refused', async () => {
    await using server = await answering({ body: ' '.repeat(1024 * 1024 + 1) });
    const error = await failure(withHttp((http) => requestCertificate(http, server.origin, wanted)));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toBe(`the certificate authority (${server.origin}) sent more than 1048576 bytes`);
  });

  test('of less than that is read, if it is long', async () => {
    const { body } = chain(encodePem('CERTIFICATE', leaf));
    await using server = await answering({ body: `${String(body)}${' '.repeat(1024 * 1024 - 1000)}` });
    expect([...(await withHttp((http) => requestCertificate(http, server.origin, wanted)))]).toEqual([...leaf]);
  });

  test.each([
    [400, 'SERVICE_REFUSED'],
    [403, 'SERVICE_REFUSED'],
    [500, 'SERVICE_UNAVAILABLE'],
    [503, 'SERVICE_UNAVAILABLE'],
  ] as const)('of status %d is %s, shows the code and nothing else', async (status, code) => {
    const body = JSON.stringify({
      code: 3,
      message: `error processing the identity token ${wanted.identityToken}`,
      details: [],
    });
    await using server = await answering({ status, body });
    const error = await failure(withHttp((http) => requestCertificate(http, server.origin, wanted)));
    expect(error.code).toBe(code);
    expect(error.message).toBe(
      `the certificate authority (${server.origin}) responded with ${status}: INVALID_ARGUMENT`,
    );
    expect(error.remedy).toBeDefined();
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/eyJ|c2ln/);
  });
});

test('no failure to connect shows the token', async () => {
  const { origin } = await (async () => {
    await using server = await answering({});
    return server;
  })();
  const error = await failure(withHttp((http) => requestCertificate(http, origin, wanted)));
  expect(error.code).toBe('SERVICE_UNAVAILABLE');
  expect(error.message).toContain(`the certificate authority (${origin})`);
  expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/eyJ|c2ln/);
});

test('the sandbox certifies a key, and refuses another’s proof', async () => {
  await using sandbox = await startSandbox();
  using key = EphemeralKey.generate(randomBytes);
  using other = EphemeralKey.generate(randomBytes);
  const identityToken = await sandbox.personTokens.token('a.person@example.test');
  const challenge = digest('sha256', utf8('a.person@example.test'));
  const ask = (signer: EphemeralKey) =>
    withHttp((http) =>
      requestCertificate(http, sandbox.urls.fulcio, {
        identityToken,
        publicKey: key.publicKey.spki,
        proofOfPossession: signer.sign(challenge),
      }),
    );
  const certificate = readCertificate(await ask(key));
  expect(equalBytes(certificate.publicKey.spki, key.publicKey.spki)).toBe(true);
  expect(certificate.subjectAlternativeNames).toMatchObject([{ value: 'a.person@example.test' }]);
  const error = await failure(ask(other));
  expect(error.code).toBe('SERVICE_REFUSED');
  expect(error.message).toMatch(/responded with 400: INVALID_ARGUMENT$/);
  expect(error.remedy).toContain('rejected the identity token');
});

test.each(echoingBodies(wanted.identityToken))(
  'no form of a token that the authority repeats is shown: %s',
  async (_, body) => {
    for (const status of [200, 307, 400, 401, 403, 404, 418, 500, 503]) {
      const headers = { location: `http://127.0.0.1:9/?${wanted.identityToken}`, 'x-token': wanted.identityToken };
      await using server = await answering({ status, headers, body });
      const error = await failure(withHttp((http) => requestCertificate(http, server.origin, wanted)));
      const code = body.startsWith('{"code":3,') ? ': INVALID_ARGUMENT' : '';
      const answered = [`the certificate authority (${server.origin}) responded with ${status}${code}`];
      const where = `the response of the certificate authority (${server.origin})`;
      const unread = [`${where} has no certificate`, `${where} is not the expected JSON`];
      expect(status === 200 ? unread : answered).toContain(error.message);
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/eyJ|c2ln/);
    }
  },
);
