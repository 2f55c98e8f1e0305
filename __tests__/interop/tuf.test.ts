/** With nothing but the root of a TUF repository, and the credentials that a job of GitHub Actions has. */

import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { VerifyRequest } from './kit/client.ts';
import { printTrustedRoot } from './kit/countersign.ts';
import { Court, clientNames, services, type VerifierName, verifierNames } from './kit/court.ts';
import { expectAccepted, expectRefused, signedIn } from './kit/signed-by.ts';

/** sigstore-js leaves TUF to another library. */
const verifiers = verifierNames.filter((name): name is Exclude<VerifierName, 'sigstore-js'> => name !== 'sigstore-js');

describe.each(services)('%s', (where) => {
  let court: Court;
  beforeAll(async () => {
    court = await Court.open(where);
    for (const name of verifiers) {
      const run = await court.verifier(name).initialize?.(court.instance);
      if (run !== undefined) expectAccepted(run);
    }
  });
  afterAll(() => court[Symbol.asyncDispose]());

  describe.each(clientNames)('%s signs', (signer) => {
    let signed: VerifyRequest;
    beforeAll(async () => {
      signed = await signedIn(court, signer, { source: { kind: 'tuf' }, form: 'message', signer: 'ambient' });
    });

    test.each(verifiers)('%s accepts it, and refuses it for another file', async (name) => {
      const verifier = court.verifier(name);
      expectAccepted(await verifier.verify(signed));
      const file = await court.file('another.bin');
      expectRefused(name, 'file', await verifier.verify({ ...signed, file }));
    });
  });

  // sigstore-python takes a trusted root only together with a signing config.
  test.each(['cosign', 'sigstore-go', 'sigstore-js', 'countersign'] as const)(
    '%s trusts the root that countersign trusted-root prints',
    async (name) => {
      const printed = await printTrustedRoot(court.path('countersign'), court.instance);
      expectAccepted(printed);
      const path = court.path('printed-trusted-root.jsonl');
      await writeFile(path, printed.stdout);
      const signed = await signedIn(court, 'countersign', {
        source: { kind: 'files', log: 2 },
        form: 'message',
        signer: 'job',
      });
      expect(await court.verifier(name).verify({ ...signed, instance: court.instance.trusting(path) })).toMatchObject({
        code: 0,
      });
    },
  );
});
