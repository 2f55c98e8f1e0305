/** Signatures on images from before cosign had bundles: over a document that names the image, and not over the image. */

import type { Bundle } from '../bundle/index.ts';
import { type Digest, digest, equalDigests, formatDigest } from '../crypto/index.ts';
import { fail } from '../errors/index.ts';
import type { Policy } from '../policy/index.ts';
import { readSimpleSigning } from '../statement/index.ts';
import type { TrustedRoot } from '../trust/index.ts';
import { check, criterionNames } from './criterion.ts';
import { conclude, type Examination, noVerdict } from './examination.ts';
import { neededDigests } from './needed-digests.ts';
import { checkTexts, type VerifiedContent } from './steps/content.ts';
import { examine } from './verify.ts';

type ImageContent = Extract<VerifiedContent, { kind: 'simple-signing' }>;

/**
 * Examines a signature over a document as {@link examine} examines one over an artifact, and checks that the document is about the image.
 *
 * @param bundle the signature; a bundle that holds a statement is refused
 * @param document the bytes that were signed
 * @param image the digest of the image's manifest or index
 * @throws CountersignError `POLICY_INVALID` if the policy is invalid
 */
export async function examineSimpleSigning(
  bundle: Bundle,
  document: Uint8Array,
  image: Digest,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Examination> {
  // The subject name is in the document, and not in the bundle.
  const { subjectName, ...content } = policy.content;
  const digests = neededDigests(bundle, policy).map((algorithm) => digest(algorithm, document));
  const signed = await examine(bundle, { digests, bytes: document }, trust, { ...policy, content }, now);
  // A document that nobody signed is not parsed.
  const signature = signed.criteria.find(({ name, outcome }) => name === 'signature' && outcome === 'pass');
  const named = await check(
    { name: 'image', expected: formatDigest(image) },
    { signature },
    () => namedImage(bundle, document, image),
    (found) => formatDigest(found.digest),
  );
  const texts = await checkTexts('image', named.proven, { subjectName });
  const criteria = [...signed.criteria, ...named.criteria, ...texts];
  criteria.sort((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  return conclude(criteria, { ...noVerdict, ...signed.verdict, content: named.proven });
}

/** Returns the image that a signed document names, if it is this one. */
function namedImage({ content }: Bundle, document: Uint8Array, image: Digest): ImageContent {
  if (content.kind !== 'message-signature')
    fail('BUNDLE_INVALID', 'the bundle contains a statement; expected the signature of a simple signing document');
  const { manifestDigest, dockerReference } = readSimpleSigning(document);
  if (!equalDigests(manifestDigest, image)) {
    fail(
      'ARTIFACT_MISMATCH',
      `the signature is for the image ${formatDigest(manifestDigest)}, not ${formatDigest(image)}`,
    );
  }
  return { kind: 'simple-signing', digest: image, dockerReference };
}
