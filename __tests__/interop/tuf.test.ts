/** With nothing but the root of the sandbox's TUF repository, and the credentials that a job of GitHub Actions has. */

import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { VerifyRequest } from './kit/client.ts';
import { Court, clientNames } from './kit/court.ts';
import { expectAccepted, expectRefused, signedIn } from './kit/signed-by.ts';

let court: Court;
beforeAll(async () => {
  court = await Court.open();
  for (const name of clientNames) {
    const run = await court.client(name).initialize?.(court.instance);
    if (run !== undefined) expectAccepted(run);
  }
});
afterAll(() => court[Symbol.asyncDispose]());

describe.each(clientNames)('%s signs', (signer) => {
  let signed: VerifyRequest;
  beforeAll(async () => {
    signed = await signedIn(court, signer, { source: { kind: 'tuf' }, form: 'message', signer: 'ambient' });
  });

  test.each(clientNames)('%s accepts it, and refuses it for another file', async (verifier) => {
    const client = court.client(verifier);
    expectAccepted(await client.verify(signed));
    const file = await court.file('another.bin');
    expectRefused(verifier, 'file', await client.verify({ ...signed, file }));
  });
});
