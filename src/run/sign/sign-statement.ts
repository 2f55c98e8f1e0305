/** Signs a statement that the caller has written. */

import { fail } from '../../core/errors/index.ts';
import { readStatement } from '../../core/statement/index.ts';
import { artifactOfDigest, type Verdict } from '../../core/verify/index.ts';
import type { World } from '../world/index.ts';
import type { SigningRequest } from './open-signing.ts';
import { openSigning } from './open-signing.ts';
import { holdsStatement, signBundle } from './sign-bundle.ts';

export interface StatementRequest extends SigningRequest {
  readonly statement: Uint8Array;
  readonly bundlePath: string;
}

/**
 * Signs the statement unchanged, byte for byte, and writes the bundle after verifying it.
 *
 * @throws CountersignError `STATEMENT_INVALID` for a statement that no verifier would accept; those of signing and verifying
 */
export async function signStatement(request: StatementRequest, world: World): Promise<Verdict> {
  const { statement, bundlePath: path } = request;
  const [subject] = readStatement(statement).subjects.filter(({ digests }) => digests.length > 0);
  if (subject === undefined)
    fail('STATEMENT_INVALID', 'the statement has no subject with a SHA-2 digest', {
      remedy: 'Add a `sha256` digest to each subject.',
    });
  using signing = await openSigning(request, world);
  const { verdict } = await signBundle(
    {
      path,
      artifact: artifactOfDigest(...subject.digests),
      isSame: holdsStatement(statement),
      sign: () => signing.session.signStatement(statement),
    },
    signing,
    world,
  );
  return verdict;
}
