/** The shape of every delivery: a destination, and what was delivered there. */

import { CountersignError } from '../../../core/errors/index.ts';
import type { Collection, UploadedArtifact } from '../../../deliver/index.ts';
import type { VerifyPolicy, VerifyTrust } from '../../policy/index.ts';
import type { World } from '../../world/index.ts';
import type { SignedSubject } from '../signing-result.ts';

/** The results of each destination, by the name of the delivery in reports. */
export interface DeliveredValues {
  readonly 'workflow-artifact': UploadedArtifact;
  /** The manifest of each attached bundle: `registry/name@sha256:…`. */
  readonly registry: ReadonlyMap<SignedSubject, string>;
  readonly release: undefined;
  readonly 'github-attestations': undefined;
  readonly 'storage-records': undefined;
}

export type DeliveryName = keyof DeliveredValues;

/** What there is to deliver. All of it is on disk. */
export interface Batch {
  readonly signed: readonly SignedSubject[];
  /** False if a subject was not signed, so that what is there is not all. */
  readonly isComplete: boolean;
  /** The files that cover all bundles; `undefined` if there are none. */
  readonly collection: Collection | undefined;
  /** The paths of receipts, which are next to the bundles. */
  readonly receipts?: readonly string[];
  /** Returns what verifies the bundles, for deliveries that check what others get. */
  readonly verification: () => Promise<{ readonly policy: VerifyPolicy; readonly trust: VerifyTrust }>;
}

/** What a destination has afterwards. */
export interface Done<Value> {
  /** The name of the destination: of the artifact, the registries, the release. */
  readonly place: string;
  /** The IDs of the items at the destination, as far as it tells them. */
  readonly ids: readonly string[];
  /** Where people find the items, each once. */
  readonly urls: readonly string[];
  /** The number of items that were delivered now. */
  readonly delivered: number;
  /** The number of items that an earlier delivery had left there. */
  readonly present: number;
  readonly value: Value;
  /** What was left out, as sentences without their full stops. */
  readonly warnings?: readonly string[];
  /** The failures of items. The other items are there. */
  readonly failures?: readonly CountersignError[];
}

export interface NotAttempted {
  /** The reason, as the end of a sentence. */
  readonly reason: string;
}

type Failures = readonly [CountersignError, ...CountersignError[]];

export type DeliveryResult<Name extends DeliveryName> = { readonly name: Name } & (
  | { readonly outcome: 'delivered' | 'present'; readonly done: Done<DeliveredValues[Name]> }
  | { readonly outcome: 'failed'; readonly failures: Failures; readonly done: Done<DeliveredValues[Name]> | undefined }
  | { readonly outcome: 'not-attempted'; readonly reason: string }
);

export interface DeliveryTo<Name extends DeliveryName> {
  readonly name: Name;
  /** Delivers, once. It never throws: a failure is a result. */
  readonly deliver: (batch: Batch, world: World) => Promise<DeliveryResult<Name>>;
}

export type Delivery = { [Name in DeliveryName]: DeliveryTo<Name> }[DeliveryName];
export type AnyResult = { [Name in DeliveryName]: DeliveryResult<Name> }[DeliveryName];

/** Returns a delivery whose failures are results. */
export function deliveryTo<Name extends DeliveryName>(
  name: Name,
  deliver: (batch: Batch, world: World) => Promise<Done<DeliveredValues[Name]> | NotAttempted>,
): DeliveryTo<Name> {
  const work = async (batch: Batch, world: World): Promise<DeliveryResult<Name>> => {
    try {
      if (batch.signed.length === 0) return { name, outcome: 'not-attempted', reason: 'nothing was signed' };
      return resultOf(name, await deliver(batch, world));
    } catch (error) {
      return { name, outcome: 'failed', failures: [asFailure(error)], done: undefined };
    }
  };
  // Another delivery may wait for this one.
  let result: Promise<DeliveryResult<Name>> | undefined;
  return {
    name,
    deliver: (batch, world) => {
      result ??= work(batch, world);
      return result;
    },
  };
}

function resultOf<Name extends DeliveryName>(
  name: Name,
  done: Done<DeliveredValues[Name]> | NotAttempted,
): DeliveryResult<Name> {
  if ('reason' in done) return { name, outcome: 'not-attempted', reason: done.reason };
  const [first, ...others] = done.failures ?? [];
  if (first !== undefined) return { name, outcome: 'failed', failures: [first, ...others], done };
  return { name, outcome: done.delivered === 0 && done.present > 0 ? 'present' : 'delivered', done };
}

/** Returns the failure of a delivery. A mistake of ours must not hide what the other deliveries did. */
function asFailure(error: unknown): CountersignError {
  if (error instanceof CountersignError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CountersignError('DELIVERY_FAILED', `an unexpected error: ${message}`, {
    cause: error,
    remedy: 'Report it as a bug. Run the job again to deliver the rest.',
  });
}
