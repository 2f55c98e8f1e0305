/** Delivers the results of a signing run: each delivery independent of the others, each reported. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { type Collection, collectionPaths, type Places, writeCollection } from '../../deliver/index.ts';
import type { World } from '../world/index.ts';
import { delivered } from './delivered-subject.ts';
import type { AnyResult, Batch, Delivery } from './deliveries/delivery.ts';
import { type SigningResult, signedBy } from './signing-result.ts';

export interface DeliveryRequest {
  readonly places: Places;
  /** Writes the files that cover all bundles. They are of no use for a single subject. */
  readonly collect: boolean;
  /** The destinations besides the disk. */
  readonly deliveries: readonly Delivery[];
  /** The paths of receipts, which are next to the bundles. */
  readonly receipts?: readonly string[];
}

/** The results of the deliveries besides the bundles themselves. */
export interface Deliveries {
  readonly collection: Collection | undefined;
  /** In the order of the request. */
  readonly results: readonly AnyResult[];
  /** All failures, first that of the files that cover all bundles. */
  readonly failures: readonly CountersignError[];
}

/** Writes the files that cover all bundles, then makes all deliveries concurrently. A failure does not affect the others. */
export async function deliverRun(result: SigningResult, request: DeliveryRequest, world: World): Promise<Deliveries> {
  const written = await deliverCollection(result, request, world);
  const collection = written instanceof CountersignError ? undefined : written;
  const { signed, unsigned } = result;
  const { receipts = [] } = request;
  const verification = () => ownVerification(result, world);
  const batch = { signed, isComplete: unsigned.length === 0, collection, receipts, verification };
  const { results, failures } = await deliverBatch(batch, request.deliveries, world);
  return { collection, results, failures: written instanceof CountersignError ? [written, ...failures] : failures };
}

/**
 * Returns the policy that accepts the signer of a run and nobody else, under the trusted root of its instance. Jobs of all callers of a
 * reusable workflow have one certificate identity: the source repository tells them apart.
 */
async function ownVerification({ instance, signed }: SigningResult, world: World): ReturnType<Batch['verification']> {
  // Loaded only for deliveries that verify.
  const { loadPolicy } = await import('../policy/index.ts');
  const [first] = signed;
  if (first === undefined) return fail('DELIVERY_FAILED', 'nothing was signed');
  const { subjectAlternativeName, issuer, claims } = signedBy(first.verdict).identity;
  const { sourceRepositoryIdentifier: repositoryId } = claims;
  const { name, trust, thresholds, sandbox, warnings } = instance;
  const acceptTimestampOnly = signed.some(({ outages }) => outages.length > 0);
  const request = {
    certificateIdentity: subjectAlternativeName,
    certificateOidcIssuer: issuer,
    ...(repositoryId !== undefined && { sourceRepositoryId: [repositoryId] }),
    ...(acceptTimestampOnly && { acceptTimestampOnly }),
  };
  return {
    policy: await loadPolicy(request, world),
    trust: { roots: [{ instance: name, trust, thresholds, sandbox }], warnings },
  };
}

/** The results of the deliveries of a batch, and the failures among them. */
export type DeliveredBatch = Pick<Deliveries, 'results' | 'failures'>;

/** Makes all deliveries of a batch concurrently. */
export async function deliverBatch(
  batch: Batch,
  deliveries: readonly Delivery[],
  world: World,
): Promise<DeliveredBatch> {
  const results = await Promise.all(deliveries.map((one): Promise<AnyResult> => one.deliver(batch, world)));
  return { results, failures: results.flatMap((one) => (one.outcome === 'failed' ? one.failures : [])) };
}

/** Writes the files that cover all bundles. Returns the failure, which does not affect what else is delivered. */
async function deliverCollection(
  { signed }: SigningResult,
  { places, collect }: DeliveryRequest,
  { files, random }: World,
): Promise<Collection | CountersignError | undefined> {
  const [first] = signed;
  if (!collect || first === undefined) return undefined;
  const { subjectAlternativeName: identity, issuer } = signedBy(first.verdict).identity;
  const subjects = signed.map(delivered);
  try {
    const candidates = collectionPaths(
      signed.map(({ subject }) => subject),
      places,
    );
    return await writeCollection(files, random, { candidates, places, identity, issuer, subjects });
  } catch (error) {
    if (error instanceof CountersignError) return error;
    throw error;
  }
}
