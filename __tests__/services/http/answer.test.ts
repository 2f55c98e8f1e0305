import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { expectStatus, type HttpRequest, type HttpResponse, redactSecrets } from '../../../src/services/http/index.ts';
import { echoingBodies } from '../../kit/echoes.ts';

const request: HttpRequest = {
  method: 'POST',
  url: new URL('https://service.example.test/path?secret=no'),
  headers: { authorization: 'Bearer of-the-request' },
  service: 'the tested service',
  timeoutMilliseconds: 1000,
  maxBodyLength: 1000,
  quotes: 'message',
};

function answer(status: number, body: string | Uint8Array = ''): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? new Uint8Array(Buffer.from(body)) : body };
}

function refusal(
  status: number,
  body?: string | Uint8Array,
  changes: Partial<HttpRequest> = {},
  response: Partial<HttpResponse> = {},
): CountersignError {
  try {
    expectStatus({ ...request, ...changes }, { ...answer(status, body), ...response }, 200, 201);
  } catch (error) {
    if (error instanceof CountersignError) return error;
    throw error;
  }
  throw new Error(`${status} was accepted`);
}

/** Returns the part of a body that is quoted after the status. */
function quoted(body: string | Uint8Array): string {
  const prefix = 'the tested service (https://service.example.test) responded with 400';
  const { message } = refusal(400, body);
  expect(message.startsWith(prefix)).toBe(true);
  const rest = message.slice(prefix.length);
  if (rest === '') return '';
  expect(rest.startsWith(': ')).toBe(true);
  return rest.slice(2);
}

const header = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ';
const jwt = `${header}.eyJzdWIiOiJyZXBvOm8vcjpyZWY6cmVmcy9oZWFkcy9tYWluIn0.c2lnbmF0dXJlLV9hbmQtbW9yZQ`;

describe('the status', () => {
  test.each([200, 201])('%d, which was hoped for, gives the answer back', (status) => {
    const response = answer(status, 'body');
    expect(expectStatus(request, response, 200, 201)).toBe(response);
  });

  test.each([400, 401, 403, 404, 405, 409, 422, 499, 202, 204, 304])('%d is a refusal', (status) => {
    const error = refusal(status, '{"message":"why"}');
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toBe(`the tested service (https://service.example.test) responded with ${status}: why`);
    expect(error.exitCode).toBe(6);
  });

  test.each([408, 425, 429, 500, 502, 503, 504, 599])('%d says to come back', (status) => {
    const error = refusal(status, '{"message":"why"}');
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(error.message).toBe(`the tested service (https://service.example.test) responded with ${status}: why`);
    expect(error.remedy).toBe('The service is down or overloaded. Try again later.');
    expect(error.exitCode).toBe(6);
  });
});

describe('what is quoted', () => {
  test.each<[what: string, body: string | Uint8Array, shown: string]>([
    [
      'the message of a gRPC status',
      '{"code":3,"message":"the identity token is not good","details":[]}',
      'the identity token is not good',
    ],
    ['the first error of a registry', '{"errors":[{"code":"DENIED","message":"no"},{"code":"X"}]}', 'DENIED: no'],
    ['a registry’s error without a message', '{"errors":[{"code":"DENIED"}]}', 'DENIED'],
    ['a list of no errors', '{"errors":[]}', ''],
    ['text', '  too many requests\n', 'too many requests'],
    ['text that only begins as JSON', '{"message":"cut o', '{"message":"cut o'],
    ['no body', '', ''],
    ['JSON without a message', '{"error":"x"}', ''],
    ['a message that is no text', '{"message":{"message":"x"}}', ''],
    ['JSON that is no object', '"message"', ''],
    ['a list', '["message"]', ''],
    ['null', 'null', ''],
    ['a load balancer’s HTML', '<html><head><title>502 Bad Gateway</title></head></html>', ''],
    ['HTML after blanks', '\r\n  <!DOCTYPE html><p>x', ''],
    ['HTML after a byte order mark', '\ufeff<html>', ''],
    ['bytes that are not UTF-8', new Uint8Array([0x66, 0xff, 0xfe]), ''],
    ['JSON too deep to be read', `${'['.repeat(20)}x`, '['.repeat(20).concat('x')],
  ])('%s', (_, body, shown) => {
    expect(quoted(body)).toBe(shown);
  });

  test('is bounded, JSON or text, however long the body', () => {
    expect(quoted(JSON.stringify({ message: 'm'.repeat(5000) }))).toBe('m'.repeat(300));
    expect(quoted('t'.repeat(5000))).toBe('t'.repeat(300));
    expect(quoted(`{"message":"${'m'.repeat(1024 * 1024)}"}`).length).toBe(300);
  });

  test('is there also where a long text would be cut inside of a character', () => {
    for (const shift of ['', 'x', 'xx', 'xxx']) expect(quoted(`${shift}${'🐎'.repeat(5000)}`)).toHaveLength(300);
  });

  test('is one line, in which nothing orders a terminal or a runner about', () => {
    const message = 'one\r\n::error::two\u001b[31m\u0007three\u0085four\u2028five\u202esix\u200bseven\u0000';
    for (const body of [JSON.stringify({ message }), `x${message}`]) {
      const shown = quoted(body);
      expect(shown).toMatch(/one ::error::two \[31m three four five six seven/);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });
});

describe('secrets that a server echoes', () => {
  test.each<[what: string, text: string, shown: string]>([
    ['a token', `bad token ${jwt}.`, 'bad token [token]'],
    ['a token in quotes', `token "${jwt}" expired`, 'token "[token]" expired'],
    ['two tokens', `${jwt} and ${jwt}`, '[token] and [token]'],
    ['the beginning of a token', `token ${header}`, 'token [token]'],
    ['a token cut in its payload', `token ${jwt.slice(0, 60)}…`, 'token [token]…'],
    ['a token with an empty part', `${header}..x`, '[token]'],
    ['a bearer token', 'Authorization: Bearer abc.DEF-123 was refused', 'Authorization: Bearer [token] was refused'],
    ['a bearer token in another case', 'BEARER abc', 'BEARER [token]'],
    ['a bearer token after several blanks', 'bearer \t abc', 'bearer \t [token]'],
    ['two bearer tokens', 'bearer a, bearer b', 'bearer [token] bearer [token]'],
    ['a bearer token that is a JWT', `Bearer ${jwt}`, 'Bearer [token]'],
    ['nothing secret', 'the eye of the bearer', 'the eye of the bearer'],
  ])('%s', (_, text, shown) => {
    expect(redactSecrets(text)).toBe(shown);
  });

  test.each([400, 401, 500])('are in no message of status %d, JSON or text', (status) => {
    for (const body of [JSON.stringify({ message: `the token ${jwt} is bad` }), `the token ${jwt} is bad`]) {
      const { message } = refusal(status, body);
      expect(message).toContain('the token [token] is bad');
      expect(message).not.toContain('eyJ');
    }
  });

  test('no part of one survives, wherever the limit cuts', () => {
    for (const secret of [jwt, `Bearer ${'s3cr3t-'.repeat(20)}`]) {
      for (const fill of ['m', 'm ']) {
        for (let length = 200; length < 310; length++) {
          const text = `${fill.repeat(length).slice(0, length)} ${secret} end`;
          for (const body of [JSON.stringify({ message: text }), text]) {
            expect(quoted(body)).not.toMatch(/eyJ|s3cr3t|c2lnbmF0/);
          }
        }
      }
    }
  });

  test('nor of one at the end of what is looked at of a long text', () => {
    for (let shift = 0; shift < 200; shift++) {
      expect(quoted(`${'\n'.repeat(3)}${'x'.repeat(4096 - shift)} ${jwt}`)).not.toContain('eyJ');
    }
  });

  test('of any claims are taken out of any text', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{0,40}$/);
    const space = fc.constantFrom(' ', '"', '\n', ':', '=', ',');
    fc.assert(
      fc.property(fc.string(), space, part, part, part, space, fc.string(), (before, open, a, b, c, close, after) => {
        const token = `eyJ${a}.eyJ${b}.${c}`;
        expect(redactSecrets(`${before}${open}${token}${close}${after}`)).not.toContain(token);
      }),
    );
  });

  test('the request’s own headers and query are not in the message', () => {
    expect(refusal(401).message).toBe('the tested service (https://service.example.test) responded with 401');
  });
});

describe('an answer to a request that carried a secret', () => {
  const shown = 'the tested service (https://service.example.test) responded with 400';
  // What a request says of itself is deleted, not set to undefined.
  const { quotes: _, ...silent } = request;
  const messageOf = (changes: Partial<HttpRequest>, body: string, response: Partial<HttpResponse> = {}): string => {
    try {
      expectStatus({ ...silent, ...changes }, { ...answer(400, body), ...response }, 200);
    } catch (error) {
      if (error instanceof CountersignError) return `${error.message}${error.cause ?? ''}`;
      throw error;
    }
    throw new Error('it was accepted');
  };

  for (const [kind, token] of [
    ['a JSON Web Token', jwt],
    ['an opaque token', 'ghs_0pAqUe0123456789abcdefghijklmnop'],
  ] as const) {
    test.each(echoingBodies(token))(`shows nothing of ${kind} that it repeats: %s`, (_what, body) => {
      expect(messageOf({}, body)).toBe(shown);
      // INVALID_ARGUMENT is the name of the number 3.
      const code = body.startsWith('{"code":3,') ? ': INVALID_ARGUMENT' : '';
      expect(messageOf({ quotes: 'code' }, body)).toBe(`${shown}${code}`);
      expect(messageOf({ quotes: 'message' }, body, { followsSecret: true })).toBe(`${shown}${code}`);
    });
  }

  test.each([
    ['{"code":7,"message":"secret"}', ': PERMISSION_DENIED'],
    ['{"code":16}', ': UNAUTHENTICATED'],
    ['{"code":0}', ''],
    ['{"code":17}', ''],
    ['{"code":-1}', ''],
    ['{"code":2.5}', ''],
    ['{"code":"7"}', ''],
    ['{"errors":[{"code":"DENIED","message":"secret"}]}', ': DENIED'],
    ['{"errors":[{"code":"TOOMANYREQUESTS"},{"code":"DENIED"}]}', ': TOOMANYREQUESTS'],
    ['{"errors":[{"code":"DENIED secret"}]}', ''],
    ['{"errors":[{"code":"denied"}]}', ''],
    ['{"errors":{"code":"DENIED"}}', ''],
    ['{"code":"__proto__","errors":[{"code":"constructor"}]}', ''],
    ['secret', ''],
  ])('shows of %s the code that a protocol defines: %j', (body, code) => {
    expect(messageOf({ quotes: 'code' }, body)).toBe(`${shown}${code}`);
    expect(messageOf({}, body)).toBe(shown);
  });
});
