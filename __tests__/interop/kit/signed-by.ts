/** What one client signs, before all of them: accepted as it is, and refused by each where anything about it is another. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignRequest, VerifyRequest } from './client.ts';
import { type ClientName, Court, clientNames } from './court.ts';
import type { Run } from './program.ts';
import { type Fault, isPassedOver, refusals } from './refusals.ts';
import { parts, spoil } from './spoil.ts';

export function signedBy(signer: ClientName): void {
  let court: Court;
  beforeAll(async () => {
    court = await Court.open();
  });
  afterAll(() => court[Symbol.asyncDispose]());

  describe.each([2, 1] as const)('a job, in Rekor v%i', (log) => {
    describe.each(['message', 'attestation'] as const)('%s', (form) => {
      let signed: VerifyRequest;
      beforeAll(async () => {
        signed = await signedIn(court, signer, { source: { kind: 'files', log }, form, signer: 'job' });
      });

      describe.each(clientNames)('%s', (verifier) => {
        const verify = (changed: Partial<VerifyRequest> = {}): Promise<Run> =>
          court.client(verifier).verify({ ...signed, ...changed });

        test('accepts it', async () => {
          expectAccepted(await verify());
        });

        test('refuses another file', async () => {
          expectRefused(verifier, 'file', await verify({ file: await court.file('another.bin') }));
        });

        test('refuses another identity', async () => {
          const identity = { ...signed.identity, name: `${signed.identity.name}x` };
          expectRefused(verifier, 'identity', await verify({ identity }));
        });

        const passedOver = parts.filter((part) => isPassedOver(part, log, verifier));
        const looked = parts.filter((part) => !passedOver.includes(part));
        test.each(looked)('refuses it with another %s', async (part) => {
          expectRefused(verifier, part, await verify({ bundle: await spoil(signed.bundle, part) }));
        });
        if (passedOver.length > 0) {
          test.each(passedOver)('passes over the %s', async (part) => {
            expectAccepted(await verify({ bundle: await spoil(signed.bundle, part) }));
          });
        }
      });
    });
  });

  describe('a person', () => {
    let signed: VerifyRequest;
    beforeAll(async () => {
      signed = await signedIn(court, signer, {
        source: { kind: 'files', log: 2 },
        form: 'message',
        signer: 'person',
      });
    });

    test.each(clientNames)('%s accepts it as the signature of that person, and of no job', async (verifier) => {
      const client = court.client(verifier);
      expectAccepted(await client.verify(signed));
      const { name } = court.instance.identity('job');
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

export function expectRefused(verifier: ClientName, fault: Fault, { code, stdout, stderr }: Run): void {
  expect(stderr + stdout).toMatch(refusals[verifier][fault]);
  expect(code).not.toBe(0);
}
