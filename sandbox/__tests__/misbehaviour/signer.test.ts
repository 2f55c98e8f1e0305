/** Countersign's own signer as the client of every service that misbehaves. */

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { judge } from '../../../__tests__/kit/judge.ts';
import { logIn } from '../../../__tests__/kit/person.ts';
import { oneIn } from '../../../__tests__/kit/thorough.ts';
import { type Settings, Workplace } from '../../../__tests__/run/workplace.ts';
import type { CountersignError, ErrorCode } from '../../../src/core/errors/index.ts';
import { readSigningConfig } from '../../../src/core/trust/index.ts';
import { cachedTokens, openLogin, readIdentityToken, type TokenSource } from '../../../src/identity/index.ts';
import { demandComplete, signRun } from '../../../src/run/sign/index.ts';
import {
  lieNames,
  type MisbehaviourName,
  type ServiceName,
  serviceOf,
  type TransportFault,
  transportFaults,
} from '../../index.ts';
import { endless, noticed, noticedOnTheWay, unparsable } from './noticed.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
  // What was a day ago is then after the sandbox began, and before any certificate.
  place.ahead = 2 * 24 * 3600 * 1000;
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
  await place.reset();
  await place.write('a.txt');
});

/** The token of a person, as a script gets it. */
async function personToken() {
  const { value } = await (await fetch(`${place.sandbox.urls.personIssuer}/token`)).json();
  return readIdentityToken(value, place.clock(), 'https://github.com');
}

/** The token of a person who logs in. */
async function loginToken() {
  const never = new AbortController().signal;
  const login = openLogin(
    {
      method: 'browser',
      issuer: async () => place.sandbox.urls.personIssuer,
      clientId: 'sigstore',
      redirectUrl: undefined,
      instance: 'sandbox',
      isAgreed: true,
    },
    {
      ...place.world(),
      environment: {},
      terminal: { isInteractive: false, print: () => undefined, ask: async () => undefined },
      openBrowser: async (url) => {
        void logIn(url);
        return undefined;
      },
      sleep: async () => undefined,
      timeout: () => never,
    },
  );
  return readIdentityToken((await login()).reveal(), place.clock(), 'https://github.com');
}

/** Signs a file with the log that is concerned, as a job or with the tokens of a person; what stopped it, if anything did. */
async function sign(
  service: ServiceName,
  settings: Settings = {},
  person?: TokenSource,
): Promise<ErrorCode | undefined> {
  const { signingConfig, signingConfigRekorV1 } = place.sandbox;
  const config = service === 'rekor-v1' ? signingConfigRekorV1 : signingConfig;
  const instance = { ...place.instance, signingConfig: readSigningConfig(JSON.stringify(config)) };
  const world = place.world(settings);
  try {
    const tokens = person === undefined ? {} : { tokens: person };
    demandComplete(await signRun(place.request({ instance, ...tokens }, world), world));
    return undefined;
  } catch (error) {
    return (error as CountersignError).code;
  }
}

async function expectSigned(): Promise<void> {
  const bundle = JSON.parse(await readFile(join(place.folder, 'a.txt.sigstore.json'), 'utf8'));
  judge(place.sandbox.trustedRoot, bundle, await readFile(join(place.folder, 'a.txt')));
}

/** Refused with this code and nothing written, or signed; and signed once all is right again. */
async function expectOutcome(name: MisbehaviourName, code: ErrorCode | undefined, settings?: Settings): Promise<void> {
  const service = serviceOf(name);
  const login = code?.startsWith('LOGIN_') ? loginToken : undefined;
  const request = name.endsWith('-email') ? personToken : login;
  place.sandbox.misbehave(name);
  if (request !== undefined) expect(await sign(service)).toBeUndefined();
  await rm(join(place.folder, 'a.txt.sigstore.json'), { force: true });
  const person = request === undefined ? undefined : cachedTokens(request, place.clock);
  expect(await sign(service, settings, person)).toBe(code);
  if (code === undefined) return expectSigned();
  expect(await place.bundles()).toEqual([]);
  place.sandbox.behave();
  expect(await sign(service)).toBeUndefined();
  await expectSigned();
}

const signersServices = ['oidc', 'fulcio', 'timestamp', 'rekor-v1', 'rekor-v2'] as const;
const concerned = lieNames.filter((name) => serviceOf(name) !== 'tuf');

test.each(concerned)('%s', async (name) => {
  const outcome = noticed[name];
  await expectOutcome(name, outcome === 'monitor' ? undefined : outcome);
});

const cases = signersServices.flatMap((service) =>
  (Object.keys(transportFaults) as TransportFault[]).map((transport) => [service, transport] as const),
);

test.each([...oneIn(3, cases)])('%s: %s', async (service, transport) => {
  const code = noticedOnTheWay[transport];
  // What is no timestamp is known by its own code.
  const expected = service === 'timestamp' && unparsable.includes(transport) ? 'TIMESTAMP_INVALID' : code;
  await expectOutcome(
    `${service}:${transport}`,
    expected,
    endless.includes(transport) ? { timeoutMilliseconds: 300 } : {},
  );
});

test('a misbehaviour that is to come a few times, or after a few, comes so often', async () => {
  const attempts = async (service: ServiceName) => {
    const codes = [];
    for (let time = 0; time < 3; time++) {
      codes.push(await sign(service));
      await rm(join(place.folder, 'a.txt.sigstore.json'), { force: true });
    }
    return codes;
  };
  place.sandbox.misbehave('rekor-v2:another-entry', { skip: 1, times: 1 });
  expect(await attempts('rekor-v2')).toEqual([undefined, 'LOG_ENTRY_MISMATCH', undefined]);
  place.sandbox.misbehave('fulcio:503', 1);
  expect(await attempts('fulcio')).toEqual(['SERVICE_UNAVAILABLE', undefined, undefined]);
});

test('two of one service come together, and those of the way with them', async () => {
  place.sandbox.misbehave('rekor-v2:wrong-inclusion-proof');
  place.sandbox.misbehave('rekor-v2:forked-tree');
  expect(await sign('rekor-v2')).toBeUndefined();
  place.sandbox.misbehave('rekor-v2:altered-tile');
  place.sandbox.misbehave('rekor-v2:slow');
  expect(place.sandbox.misbehaviours).toEqual([
    'rekor-v2:wrong-inclusion-proof',
    'rekor-v2:forked-tree',
    'rekor-v2:altered-tile',
    'rekor-v2:slow',
  ]);
  expect(() => place.sandbox.misbehave('rekor-v2:502')).toThrow('rekor-v2:502 and rekor-v2:slow cannot be combined');
  place.sandbox.behave();
  expect(place.sandbox.misbehaviours).toEqual([]);
});
