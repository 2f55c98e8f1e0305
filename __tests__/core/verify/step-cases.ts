import { expect } from '@jest/globals';
import type { LeafRequest } from '../../../sandbox/index.ts';
import type { Bundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import {
  type Artifact,
  artifactOfBytes,
  artifactOfDigest,
  type CountersignError,
  type ErrorCode,
  type Policy,
  type TrustedRoot,
  type Verdict,
  verify,
} from '../../../src/core/verify/index.ts';
import { artifact, Instance, now, policy } from '../../kit/instance.ts';
import { expectAbout } from './expect-about.ts';

export const instance = new Instance();
export const trust = instance.trust();
export const artifactDigest = digest('sha256', artifact);

export interface Case {
  readonly bundle?: Bundle;
  readonly artifact?: Artifact;
  readonly trust?: TrustedRoot;
  readonly policy?: Policy;
  readonly at?: Date;
}

/** The artifact by its digest alone, and with its bytes. */
export const known = artifactOfDigest(artifactDigest);
export const whole = artifactOfBytes(artifact);

function complete(given: Case): Required<Case> {
  return { bundle: given.bundle ?? instance.sign(), artifact: known, trust, policy, at: now, ...given };
}

/** Verifies a case; what it leaves out is right. */
export function verdict(given: Case = {}): Promise<Verdict> {
  const { bundle, artifact: what, trust: root, policy: who, at } = complete(given);
  return verify(bundle, what, root, who, at);
}

/** Expects a verdict that is about the bundle of the case: its artifact, signer, times and log entries. */
export async function accepted(given: Case = {}): Promise<Verdict> {
  const all = complete(given);
  const found = await verdict(all);
  expectAbout(found, all.bundle, all.artifact, all.policy);
  return found;
}

export async function refusal(given: Case): Promise<readonly [ErrorCode | undefined, string]> {
  const error = await verdict(given).then(
    () => undefined,
    (reason: CountersignError) => reason,
  );
  return [error?.code, error?.message ?? 'accepted'];
}

export async function refused(given: Case, code: ErrorCode, message: RegExp): Promise<void> {
  expect(await refusal(given)).toEqual([code, expect.stringMatching(message)]);
}

export const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
export const leaf = (changes: Partial<LeafRequest>): Case => ({ bundle: instance.sign({ leaf: changes }) });
