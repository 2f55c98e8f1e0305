/** The join of signing a statement that somebody else has written. */

import { writeBundle } from '../core/bundle/index.ts';
import { fail } from '../core/errors/index.ts';
import { exactIdentity } from '../core/policy/index.ts';
import { readStatement } from '../core/statement/index.ts';
import { selectServices } from '../core/trust/index.ts';
import { artifactOfDigest, readBundle, type Verdict, verify } from '../core/verify/index.ts';
import { deliverFile } from '../deliver/index.ts';
import type { TokenSource } from '../identity/index.ts';
import { openSession } from '../sign/index.ts';
import type { Instance } from './instance.ts';
import type { World } from './world.ts';

export interface StatementRequest {
  readonly statement: Uint8Array;
  readonly bundlePath: string;
  readonly instance: Instance;
  readonly tokens: TokenSource;
}

/**
 * Signs the statement as it stands, to the byte, and writes the bundle once it verifies.
 *
 * @throws CountersignError `STATEMENT_INVALID` for what no verifier would read; those of signing and verifying
 */
export async function signStatement(request: StatementRequest, world: World): Promise<Verdict> {
  const { statement, bundlePath, instance, tokens } = request;
  const [subject] = readStatement(statement).subjects.filter(({ digests }) => digests.length > 0);
  if (subject === undefined)
    fail('STATEMENT_INVALID', 'the statement names no artifact by a digest of SHA-2', {
      remedy: 'Give each subject its `sha256`.',
    });
  const { trust, thresholds, sandbox, signingConfig } = instance;
  const token = await tokens();
  const policy = exactIdentity(token.certificateIdentity, token.issuer, { thresholds, sandbox });
  const services = selectServices(signingConfig, world.clock(), undefined);
  using session = openSession({ ...world, tokens, services, trust, requirements: policy });
  const { bundle } = await session.signStatement(statement);
  const text = writeBundle(bundle);
  const artifact = artifactOfDigest(...subject.digests);
  const verdict = await verify(readBundle(text), artifact, trust, policy, world.clock());
  await deliverFile(world.files, world.random, bundlePath, `${text}\n`);
  return verdict;
}
