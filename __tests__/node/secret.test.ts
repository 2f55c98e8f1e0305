import { format, inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { Secret } from '../../src/node/index.ts';

const text = 'the text that must not be seen';
const secret = new Secret(text);

describe('a secret', () => {
  test('is revealed where that is asked for', () => {
    expect(secret.reveal()).toBe(text);
  });

  test.each<[how: string, shown: string]>([
    ['String()', String(secret)],
    ['a template', `${secret}`],
    ['concatenation', `a ${secret}`.slice(2)],
    ['JSON', JSON.parse(JSON.stringify(secret))],
    ['JSON, as a member', JSON.parse(JSON.stringify({ a: [{ secret }] })).a[0].secret],
    ['inspect', inspect(secret)],
    ['format', format('%s', secret)],
    ['format, as an object', format('%o', secret)],
  ])('shows that it is one and nothing else to %s', (_, shown) => {
    expect(shown).toBe('[secret]');
  });

  test.each<[how: string, shown: string]>([
    ['inside of others', inspect({ a: [new Map([['b', secret]])] }, { depth: null, showHidden: true })],
    ['without custom inspection', inspect(secret, { customInspect: false, showHidden: true, depth: null })],
    ['by its own members', JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(secret)))],
    ['in an error’s cause', inspect(new Error('x', { cause: { secret } }), { depth: null })],
    ['copied', JSON.stringify({ ...secret })],
  ])('does not show itself %s', (_, shown) => {
    expect(shown).not.toContain(text);
  });
});
