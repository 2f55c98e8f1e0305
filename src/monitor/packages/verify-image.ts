/** Verifies what is attached to an image in its registry. */

import type { Bundle } from '../../core/bundle/index.ts';
import { formatDigest } from '../../core/crypto/index.ts';
import { attempt } from '../../core/errors/index.ts';
import { readStatement } from '../../core/statement/index.ts';
import { artifactOfDigest, examine, examineSimpleSigning } from '../../core/verify/index.ts';
import { type Attached, type AttachedTo, type AttachmentSource, fetchAttached } from '../../fetch/index.ts';
import {
  anySigner,
  type ProvenanceRoot,
  type ProvenanceSource,
  type RefusedProvenance,
  refused,
  refusedBy,
  sourceOf,
} from './verify-provenance.ts';

export type CheckedImage =
  /** One or more sources: several workflows may have signed the image. */
  | { readonly kind: 'verified'; readonly sources: readonly ProvenanceSource[] }
  /** There is neither provenance nor a signature with a certificate. */
  | { readonly kind: 'none' }
  | RefusedProvenance
  /** The registry does not tell what is attached. The problem is a sentence without its full stop. */
  | { readonly kind: 'unknown'; readonly problem: string };

/**
 * The types of statements that say who built or released an image. Others are about an image that may be anyone's: a workflow that scans images
 * would sign for a planted one.
 */
const predicateType = /^https:\/\/(?:slsa\.dev\/provenance\/|sigstore\.dev\/cosign\/sign\/v1$)/;

/**
 * Fetches and verifies the provenance and the signatures of an image, in all layouts of cosign, with each root. The signer may be anyone: the
 * caller compares its repository. Nothing counts that is not verified.
 *
 * @throws CountersignError those of {@link fetchAttached}
 */
export async function verifyImage(
  source: AttachmentSource,
  image: AttachedTo,
  roots: readonly ProvenanceRoot[],
  now: Date,
): Promise<CheckedImage> {
  const { bundles, unread } = await fetchAttached(source, image);
  const sources: ProvenanceSource[] = [];
  const failures: RefusedProvenance[] = [];
  for (const { bundle, document } of bundles.filter(isOfSource)) {
    if (roots.length === 0) failures.push(refused('there is no trusted root'));
    for (const root of roots) {
      const [of, policy] = [image.digest, anySigner(root)];
      const examination =
        document === undefined
          ? await examine(bundle, artifactOfDigest(of), root.trust, policy, now)
          : await examineSimpleSigning(bundle, document, of, root.trust, policy, now);
      const found = examination.verdict && sourceOf(examination.verdict.signer);
      if (found !== undefined) sources.push(found);
      else if (examination.verdict === undefined) failures.push(refusedBy(examination));
      else failures.push(refused(`the certificate of the signature of ${formatDigest(of)} names no repository`));
    }
  }
  if (sources.length > 0) return { kind: 'verified', sources };
  // Such a failure leaves open what the registry has.
  const unanswered = unread.find(({ failure: { kind } }) => kind === 'unavailable');
  if (unanswered !== undefined) return { kind: 'unknown', problem: unanswered.failure.message };
  const [failure] = [...failures, ...unread.map(({ failure: { message } }) => refused(message))];
  return failure ?? { kind: 'none' };
}

/** Reports whether a bundle is meant to say where an image comes from. A key names no source. */
function isOfSource({ bundle: { signer, content } }: Attached['bundles'][number]): boolean {
  if (signer.kind !== 'certificate') return false;
  const type = typeOf(content);
  return type === undefined || predicateType.test(type);
}

/** Returns the type of a statement; undefined for other content, and for a statement that cannot be read. */
function typeOf(content: Bundle['content']): string | undefined {
  if (content.kind !== 'dsse-envelope') return undefined;
  return attempt(() => readStatement(content.payload).predicateType);
}
