import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { readChallenge } from '../../../src/services/registry/challenge.ts';

const registry = new URL('https://registry.example');
const local = new URL('http://127.0.0.1:5000');

function refusal(header: unknown, asker = registry): CountersignError {
  try {
    readChallenge(header, asker);
  } catch (error) {
    if (error instanceof CountersignError) return error;
    throw error;
  }
  throw new Error(`${header} was accepted`);
}

const full = 'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a:pull"';

describe('a challenge', () => {
  test('for a token', () => {
    expect(readChallenge(full, registry)).toEqual({
      kind: 'bearer',
      realm: new URL('https://auth.example/token'),
      service: 'registry.example',
      scopes: ['repository:a:pull'],
    });
  });

  test.each<[header: string, service: string | undefined, scopes: readonly string[]]>([
    ['bearer REALM="https://auth.example/token"', undefined, []],
    ['Bearer realm="https://auth.example/token", service=plain', 'plain', []],
    ['Bearer   realm = "https://auth.example/token" ,\tservice="a,b"', 'a,b', []],
    ['Bearer realm="https://auth.example/token",service="a\\"b"', 'a"b', []],
    ['Bearer realm="https://auth.example/token",scope="a:b:c  d:e:f "', undefined, ['a:b:c', 'd:e:f']],
    ['Basic realm="x", Bearer realm="https://auth.example/token"', undefined, []],
    ['Bearer realm="https://auth.example/token", Basic realm="x"', undefined, []],
    ['Negotiate, Bearer realm="https://auth.example/token"', undefined, []],
  ])('%s', (header, service, scopes) => {
    const realm = new URL('https://auth.example/token');
    expect(readChallenge(header, registry)).toEqual({ kind: 'bearer', realm, service, scopes });
  });

  test.each(['Basic realm="x"', 'basic', 'Basic realm=x, charset="UTF-8"', 'Negotiate, Basic realm="x"'])(
    'for a password: %s',
    (header) => {
      expect(readChallenge(header, registry)).toEqual({ kind: 'basic' });
    },
  );

  test.each<[header: unknown, problem: string]>([
    [undefined, 'sent no WWW-Authenticate header'],
    ['', 'neither Bearer nor Basic'],
    ['Digest realm="x"', 'neither Bearer nor Basic'],
    ['Bearer', 'no https URL'],
    ['Bearer service="x"', 'no https URL'],
    ['Bearer realm="/token"', 'no https URL'],
    ['Bearer realm="token"', 'no https URL'],
    ['Bearer realm="https://auth.example/a",realm="https://evil.example/b"', 'is malformed'],
    ['Bearer realm="https://auth.example/a", Bearer realm="https://evil.example/b"', 'is malformed'],
    ['Bearer realm="https://auth.example/a" service="x"', 'is malformed'],
    ['Bearer realm="https://auth.example/a', 'is malformed'],
    ['Bearer realm=https://auth.example/a', 'is malformed'],
    ['="x"', 'is malformed'],
    [`Bearer realm="https://auth.example/${'a'.repeat(4096)}"`, 'longer than 4096'],
  ])('that is refused: %s', (header, problem) => {
    const error = refusal(header);
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(problem);
    expect(error.message).toContain('https://registry.example');
  });
});

describe('the address to which the password is sent', () => {
  test.each([
    'http://auth.example/token',
    'http://127.0.0.1/token',
    'https://127.0.0.1/token',
    'https://localhost/token',
    'https://localhost./token',
    'https://app.localhost/token',
    'https://0.0.0.0/token',
    'https://0/token',
    'https://[::]/token',
    'https://[::ffff:127.0.0.1]/token',
    'https://[::ffff:0.0.0.0]/token',
    'https://user:pass@auth.example/token',
    'https://user@auth.example/token',
    'https://:pass@auth.example/token',
    'ftp://auth.example/token',
    'file:///token',
    'javascript:alert(1)',
    'data:,token',
  ])('is never %s for a registry of the world', (realm) => {
    expect(refusal(`Bearer realm="${realm}"`).message).toContain('no https URL');
  });

  test.each([
    'http://127.0.0.1:5001/token',
    'http://localhost/token',
    'http://[::1]/token',
    'https://auth.example/token',
  ])('is %s for a registry on loopback', (realm) => {
    expect(readChallenge(`Bearer realm="${realm}"`, local)).toMatchObject({ realm: new URL(realm) });
  });

  test.each([
    'http://auth.example/token',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://10.0.0.1/',
  ])('is never %s, even for a registry on loopback', (realm) => {
    expect(refusal(`Bearer realm="${realm}"`, local).message).toContain('no https URL');
  });
});
