/** Makes the new bundle for an old signature: signed anew, or converted without signing. */

import { type Digest, type SubjectDigest, toDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { writeStatement } from '../../core/statement/index.ts';
import { artifactOfDigest, readBundle, type Verdict, verify } from '../../core/verify/index.ts';
import { imageSignature } from '../../sign/predicates/index.ts';
import { demandConsistent, holdsStatement, type MadeBundle, makeBundle, type Signing } from '../sign/index.ts';
import type { World } from '../world/index.ts';
import type { ExamineOld } from './examine-old.ts';
import type { OldBundle, OldSignature } from './old-signature.ts';
import type { Upgrade } from './outcome.ts';

/** An old signature that was read and verified. */
export interface VerifiedOld {
  readonly signature: OldSignature;
  readonly old: OldBundle;
  readonly verdict: Verdict;
  /** The digest of the subject that was verified. */
  readonly digest: Digest;
}

export type Issued =
  | (Pick<MadeBundle, 'text' | 'verdict'> & { readonly kind: 'issued' })
  | { readonly kind: 'skipped'; readonly reason: string };

/** Makes new bundles in one of two ways. */
export interface Issuer {
  readonly kind: 'reissued' | 'upgraded';
  /** Makes the new bundle, and verifies it. */
  make(verified: VerifiedOld, begin: () => Promise<void>): Promise<Issued>;
  /** Verifies a new bundle that an earlier run made. */
  verify(text: string, digest: SubjectDigest): Promise<Verdict>;
}

/** Returns the issuer that signs with today's identity. */
export function signingIssuer(signing: Signing, world: World): Issuer {
  return {
    kind: 'reissued',
    make: async (verified, begin) => {
      const { statement, digest } = await toSign(verified, signing);
      await begin();
      const { session } = signing;
      const request =
        statement === undefined
          ? {
              isSame: ({ kind }: OldBundle['bundle']['content']) => kind === 'message-signature',
              sign: () => session.signArtifact(toDigest('sha256', digest.bytes)),
            }
          : { isSame: holdsStatement(statement), sign: () => session.signStatement(statement) };
      return {
        kind: 'issued',
        ...(await makeBundle({ artifact: artifactOfDigest(digest), ...request }, signing, world)),
      };
    },
    verify: (text, digest) =>
      verify(readBundle(text), artifactOfDigest(digest), signing.trust, signing.policy, world.clock()),
  };
}

/** Returns the issuer that converts what verifies, without an identity and without log entries. */
export function upgradingIssuer(upgrade: Upgrade, examine: ExamineOld): Issuer {
  const verifyText = (text: string, digest: SubjectDigest): Promise<Verdict> =>
    examine({ bundle: readBundle(text), bytes: new TextEncoder().encode(text) }, [digest]);
  return {
    kind: 'upgraded',
    make: async ({ old, signature, digest }) => {
      const converted = await upgrade(old, signature);
      if (converted.kind === 'skipped') return converted;
      // What is converted must satisfy the policy as it is.
      return { kind: 'issued', text: converted.text, verdict: await verifyText(converted.text, digest) };
    },
    verify: verifyText,
  };
}

/**
 * Returns what is signed: the statement that was signed before, unchanged, or the digest.
 *
 * @throws CountersignError `DIGEST_UNAVAILABLE` for a digest that cannot be signed again; `PROVENANCE_MISMATCH` for provenance of another
 *   job, which no verifier would accept from this one
 */
export async function toSign(
  { verdict: { content }, old, signature, digest }: Pick<VerifiedOld, 'verdict' | 'old' | 'signature' | 'digest'>,
  signing: Pick<Signing, 'token'> | undefined,
): Promise<{ readonly statement: Uint8Array<ArrayBuffer> | undefined; readonly digest: Digest }> {
  if (content.kind === 'dsse-envelope' && old.bundle.content.kind === 'dsse-envelope') {
    if (signing !== undefined) await demandConsistent(content.statement, signing.token);
    return { statement: new Uint8Array(old.bundle.content.payload), digest };
  }
  if (content.kind === 'simple-signing') {
    const subjects = [{ name: signature.name, digests: [digest] }];
    return { statement: writeStatement({ subjects, ...imageSignature }), digest };
  }
  // The digest that was verified, and no other: nothing proves that two digests are of one artifact.
  if (digest.algorithm !== 'sha256')
    fail(
      'DIGEST_UNAVAILABLE',
      `the old signature is over a ${digest.algorithm} digest; only SHA-256 digests can be signed again`,
      {
        remedy: 'Sign the file itself with `countersign sign`.',
      },
    );
  return { statement: undefined, digest };
}

/** Returns the digest that a verdict is about. */
export function verifiedDigest({ content }: Verdict): Digest {
  const { digest } = content;
  if (digest === undefined || digest.algorithm === 'gitCommit')
    fail(
      'DIGEST_UNAVAILABLE',
      'the old signature is not about an artifact with a SHA-2 digest, and cannot be issued again',
    );
  return toDigest(digest.algorithm, digest.bytes);
}
