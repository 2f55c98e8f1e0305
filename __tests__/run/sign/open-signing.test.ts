import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openSigning } from '../../../src/run/sign/open-signing.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const dropped = expect.objectContaining({ code: 'KEY_DISPOSED' });

test('the identity token is dropped at the end of the signing', async () => {
  const request = place.request();
  const signing = await openSigning(request, place.world());
  const { token } = signing.token;
  expect(token.reveal()).toMatch(/^eyJ/);
  signing[Symbol.dispose]();
  expect(() => token.reveal()).toThrow(dropped);
  await expect(request.tokens()).rejects.toThrow(dropped);
});

test('it is dropped too if the signing cannot be opened', async () => {
  const request = { ...place.request(), instance: () => Promise.reject(new Error('no instance')) };
  const { token } = await request.tokens();
  await expect(openSigning(request, place.world())).rejects.toThrow('no instance');
  expect(() => token.reveal()).toThrow(dropped);
});
