/** Signs one statement about subjects, and writes nothing. */

import { fail } from '../../core/errors/index.ts';
import { maxSubjects } from '../../core/statement/index.ts';
import { artifactOfDigest } from '../../core/verify/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import type { LocalSubject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import {
  type Attestation,
  type AttestationSource,
  demandConsistent,
  demandReadable,
  type HashedSubject,
  hashedAtOnce,
  hashSubject,
  statementAbout,
} from './attest.ts';
import type { ClaimRequest } from './claim-request.ts';
import type { Signing } from './open-signing.ts';
import { provenanceClaim } from './provenance-claim.ts';
import { holdsStatement, type MadeBundle, makeBundle } from './sign-bundle.ts';

/** A document that is to be attested, or the provenance of the job that signs. */
export type OneClaim = Required<Pick<ClaimRequest, 'predicateType' | 'predicate'>> & Pick<ClaimRequest, 'allowSecrets'>;

export interface OneAttestation {
  /** At least one. */
  readonly subjects: readonly LocalSubject[];
  readonly claim: OneClaim | 'provenance';
  /** The server of workflows: `https://github.com`, except on GitHub Enterprise Server. */
  readonly serverUrl: string;
}

/**
 * Signs a statement about subjects. If the document describes certain artifacts, the statement is about those subjects alone.
 *
 * @throws CountersignError `SUBJECT_MISSING`, `LIMIT_EXCEEDED` for no or too many subjects; those of the document, of the subjects, of signing
 *   and of verifying
 */
export async function makeAttestation(
  { subjects, claim, serverUrl }: OneAttestation,
  signing: Signing,
  world: World,
): Promise<MadeBundle> {
  if (subjects.length === 0) fail('SUBJECT_MISSING', 'no subjects to attest', { remedy: 'Name at least one subject.' });
  if (subjects.length > maxSubjects)
    fail('LIMIT_EXCEEDED', `a statement can have ${maxSubjects} subjects, not ${subjects.length}`, {
      remedy: 'Attest them in several statements.',
    });
  const [source, ...more] = claim === 'provenance' ? [{ kind: claim } as const] : await readClaim(claim, world);
  if (source === undefined || more.length > 0) fail('STATEMENT_INVALID', 'there is not exactly one document');
  const attestation = source.kind === 'claim' ? source : await provenanceClaim(signing, serverUrl, world);
  const hashed = await mapConcurrently(subjects, (one) => hashOne(one, attestation, world), hashedAtOnce);
  attestation.demand?.(hashed);
  await demandConsistent(attestation.claim, signing.token);
  const about = hashed.filter(attestation.isAbout ?? (() => true));
  const statement = statementAbout(about, attestation.claim);
  demandReadable(statement, signing);
  const { digest, others = [] } = about[0] ?? fail('SUBJECT_MISSING', 'no subjects to attest');
  return makeBundle(
    {
      artifact: artifactOfDigest(digest, ...others),
      isSame: holdsStatement(statement),
      sign: () => signing.session.signStatement(statement),
    },
    signing,
    world,
  );
}

async function readClaim(claim: OneClaim, world: World): Promise<readonly AttestationSource[]> {
  const { loadClaims } = await import('./load-claims.ts');
  return (await loadClaims(claim, { folder: '.', isAlone: false }, world)).attestations;
}

async function hashOne(subject: LocalSubject, { algorithms = [] }: Attestation, world: World): Promise<HashedSubject> {
  const hashed = await hashSubject(subject, algorithms, world);
  if ('error' in hashed) throw hashed.error;
  return hashed;
}
