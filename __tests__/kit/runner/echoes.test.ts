import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { echoesOf } from '../../../__tests__/kit/echoes.ts';
import { echoFinder } from './echoes.ts';

const part = (text: string): string => Buffer.from(text).toString('base64url');
const claims = {
  iss: 'https://issuer.example.test',
  sub: 'repo:example-org/example-repo:ref:refs/heads/main',
  jti: '7',
};
const jwt = `${part('{"alg":"RS256"}')}.${part(JSON.stringify(claims))}.${createHash('sha512').update('x').digest('base64url')}`;
const opaque = 'ghs_0pAqUe0123456789abcdefghijklmnopQRST';

describe.each([
  ['a JSON Web Token', jwt],
  ['an opaque token', opaque],
])('%s is found', (_, token) => {
  const isEchoed = echoFinder(token);
  // Nobody looks for these; the rule is not to print what could hold them.
  const { ROT13: _rot13, 'HTML entities': _entities, 'JSON escapes': _escapes, ...forms } = echoesOf(token);

  // Of an opaque token, one is noise and the other too short.
  const unlike = token === opaque ? ['the payload decoded', 'the second half'] : [];
  test.each(Object.entries(forms).filter(([what]) => !unlike.includes(what)))('%s', (_what, form) => {
    expect(isEchoed(`400 Bad Request: bad: ${form} was not accepted`)).toBe(true);
    expect(isEchoed(`a line\n${form}\nanother`)).toBe(true);
  });

  test('in a piece of any form', () => {
    for (const form of [token, Buffer.from(token).toString('base64')]) {
      for (let at = 0; at + 32 <= form.length; at++) {
        const piece = form.slice(at, at + 32).replace(/[^A-Za-z0-9]/g, '');
        if (piece.length >= 31) expect(isEchoed(`error: ${piece}…`)).toBe(true);
      }
    }
  });
});

test('what is in reports is no echo of the token that it comes from', () => {
  const isEchoed = echoFinder(jwt);
  for (const text of [
    JSON.stringify({ issuer: claims.iss, subject: claims.sub }, undefined, 2),
    `${claims.iss} ${claims.sub}`,
    'https://issuer.example.test answered 400: INVALID_ARGUMENT',
    createHash('sha256').update('y').digest('hex'),
  ]) {
    expect(isEchoed(text)).toBe(false);
  }
});

test('a short secret is a word', () => {
  expect(echoFinder('hunter2')('hunter2')).toBe(false);
});
