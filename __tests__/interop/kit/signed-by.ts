/** Has all clients verify what one client signs: they accept it as it is, and refuse it after any change. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignRequest, VerifyRequest } from './client.ts';
import { type ClientName, Court, services, type VerifierName, verifierNames } from './court.ts';
import type { Run } from './program.ts';
import { type Fault, isPassedOver, type Refusal, refusals } from './refusals.ts';
import { type Part, parts, spoil } from './spoil.ts';

export function signedBy(signer: ClientName): void {
  describe.each(services)('%s', (where) => {
    let court: Court;
    beforeAll(async () => {
      court = await Court.open(where);
    });
    afterAll(() => court[Symbol.asyncDispose]());
    signedBefore(() => court, signer);
  });
}

function signedBefore(court: () => Court, signer: ClientName): void {
  describe.each([2, 1] as const)('Rekor v%i', (log) => {
    describe.each(['message', 'attestation'] as const)('%s', (form) => {
      let signed: VerifyRequest;
      beforeAll(async () => {
        signed = await signedIn(court(), signer, { source: { kind: 'files', log }, form, signer: 'job' });
      });

      describe.each(verifierNames)('%s', (verifier) => {
        const verify = (changed: Partial<VerifyRequest> = {}): Promise<Run> =>
          court()
            .verifier(verifier)
            .verify({ ...signed, ...changed });
        const spoilt: Readonly<Record<Fault, () => Promise<Run>>> = {
          file: async () => verify({ file: await court().file('another.bin') }),
          identity: () => verify({ identity: { ...signed.identity, name: `${signed.identity.name}x` } }),
          ...(Object.fromEntries(
            parts.map((part) => [part, async () => verify({ bundle: await spoil(signed.bundle, part) })]),
          ) as Record<Part, () => Promise<Run>>),
        };
        const faults = Object.keys(spoilt) as readonly Fault[];

        test('accepts it', async () => {
          expectAccepted(await verify());
        });
        for (const fault of faults) {
          if (isPassedOver(fault, log, form, verifier))
            test(`passes over another ${fault}`, async () => expectAccepted(await spoilt[fault]()));
          else
            test(`refuses it with another ${fault}`, async () => expectRefused(verifier, fault, await spoilt[fault]()));
        }
      });
    });
  });

  describe('a person', () => {
    let signed: VerifyRequest;
    beforeAll(async () => {
      signed = await signedIn(court(), signer, {
        source: { kind: 'files', log: 2 },
        form: 'message',
        signer: 'person',
      });
    });

    test.each(verifierNames)('%s accepts it as the signature of that person, and of no job', async (verifier) => {
      const client = court().verifier(verifier);
      expectAccepted(await client.verify(signed));
      const { name } = court().instance.identity('job');
      const run = await client.verify({ ...signed, identity: { ...signed.identity, name } });
      expectRefused(verifier, 'identity', run);
    });
  });
}

let count = 0;

/** Signs a file, and says what is to be verified. */
export async function signedIn(
  court: Court,
  signer: ClientName,
  how: Pick<SignRequest, 'source' | 'form' | 'signer'>,
): Promise<VerifyRequest> {
  const { instance } = court;
  const name = `${++count}.bin`;
  const request = { instance, ...how, file: await court.file(name), bundle: court.path(`${name}.sigstore.json`) };
  expectAccepted(await court.client(signer).sign(request));
  return { ...request, identity: instance.identity(how.signer === 'person' ? 'person' : 'job') };
}

export function expectAccepted({ code, stdout, stderr }: Run): void {
  if (code !== 0) throw new Error(`it ended with ${code}, and said:\n${stderr}${stdout}`);
}

export function expectRefused(verifier: VerifierName, refusal: Refusal, { code, stdout, stderr }: Run): void {
  expect(stderr + stdout).toMatch(refusals[verifier][refusal]);
  expect(code).not.toBe(0);
}
