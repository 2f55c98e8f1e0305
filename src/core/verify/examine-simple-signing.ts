/** Signatures on images from before cosign had bundles: over a document that names the image, and not over the image. */

import type { Bundle } from '../bundle/index.ts';
import { type Digest, digest, equalDigests, formatDigest } from '../crypto/index.ts';
import { CountersignError, fail } from '../errors/index.ts';
import { describeExpectation, type Policy } from '../policy/index.ts';
import { readSimpleSigning } from '../statement/index.ts';
import type { TrustedRoot } from '../trust/index.ts';
import { Examination } from './criterion.ts';
import { matchSubjectName } from './match-content.ts';
import { neededDigests } from './needed-digests.ts';
import type { VerifiedContent } from './steps/content.ts';
import { examine, type Report } from './verify.ts';

type ImageContent = Extract<VerifiedContent, { kind: 'simple-signing' }>;

/**
 * Examines a signature over a document as {@link examine} does one over an artifact, and that the document is about the image.
 *
 * @param bundle what is known of the signature; one that holds a statement is about no document
 * @param document the bytes that were signed
 * @param image the digest of the image's manifest or index
 * @throws CountersignError `POLICY_INVALID` for a policy that is none
 */
export async function examineSimpleSigning(
  bundle: Bundle,
  document: Uint8Array,
  image: Digest,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Report> {
  // The name is the document's to say.
  const { subjectName, ...content } = policy.content;
  const digests = neededDigests(bundle, policy).map((algorithm) => digest(algorithm, document));
  const signed = await examine(bundle, { digests, bytes: document }, trust, { ...policy, content }, now);
  const examination = new Examination();
  // Nothing of a document is read that nobody vouches for.
  const signature = signed.criteria.find(({ name, outcome }) => name === 'signature' && outcome === 'pass');
  const named = await examination.run(
    { name: 'image', expected: formatDigest(image) },
    { signature },
    () => namedImage(bundle, document, image),
    (found) => formatDigest(found.digest),
  );
  const nameMatches =
    subjectName === undefined ||
    (await examination.run(
      { name: 'subject-name', expected: describeExpectation(subjectName) },
      { image: named },
      (basis) => {
        matchSubjectName(basis.image, subjectName);
        return true;
      },
      () => named?.dockerReference ?? '',
    ));
  const all = examination.joinedWith(signed.criteria);
  const failure = all.find((criterion) => criterion.failure !== undefined)?.failure;
  if (failure === undefined && 'verdict' in signed.result && named !== undefined && nameMatches === true)
    return { criteria: all, result: { verdict: { ...signed.result.verdict, content: named } } };
  return {
    criteria: all,
    result: { failure: failure ?? new CountersignError('BUNDLE_INVALID', 'not everything was checked') },
  };
}

/** A valid signature over a document is one on an image only by what the document says. */
function namedImage({ content }: Bundle, document: Uint8Array, image: Digest): ImageContent {
  if (content.kind !== 'message-signature') fail('BUNDLE_INVALID', 'the bundle of a document holds a statement');
  const { manifestDigest, dockerReference } = readSimpleSigning(document);
  if (!equalDigests(manifestDigest, image)) {
    fail(
      'ARTIFACT_MISMATCH',
      `what was signed is about the image ${formatDigest(manifestDigest)}; this one is ${formatDigest(image)}`,
    );
  }
  return { kind: 'simple-signing', digest: image, dockerReference };
}
