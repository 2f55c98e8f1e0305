/** Writes receipts of what a run has signed, next to the bundles. */

import { basename, dirname, join } from 'node:path';
import { CountersignError } from '../../core/errors/index.ts';
import { exactIdentity, type Policy } from '../../core/policy/index.ts';
import { neededDigests, readBundle } from '../../core/verify/index.ts';
import { deliverFile, demandDeliverable, type Places } from '../../deliver/index.ts';
import { readRegularFile } from '../../node/index.ts';
import type { PinnedSource } from '../../report/index.ts';
import { digestFileWith } from '../../subject/index.ts';
import { trustedRootTexts } from '../policy/index.ts';
import { type SignedSubject, type SigningResult, signedBy } from '../sign/index.ts';
import type { InstanceRequest, World } from '../world/index.ts';
import { makeReceipt } from './make-receipt.ts';

export interface SignedRequest {
  readonly places: Places;
  /** The instance that signed. */
  readonly instance: InstanceRequest;
  readonly source: PinnedSource | undefined;
}

export interface SignedReceipts {
  readonly paths: readonly string[];
  /** The failures, which do not affect what was signed. */
  readonly failures: readonly CountersignError[];
}

const maxBundleFile = 24 * 1024 * 1024;

/**
 * Writes a receipt for each file that was signed, next to its bundle. It expects the identity that signed.
 *
 * @param script the script of receipts, which the build makes
 */
export async function writeSignedReceipts(
  result: Pick<SigningResult, 'signed' | 'instance'>,
  { places, instance, source }: SignedRequest,
  script: string,
  world: World,
): Promise<SignedReceipts> {
  const paths: string[] = [];
  const failures: CountersignError[] = [];
  const collect = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      failures.push(error);
    }
  };
  await collect(async () => {
    const files = result.signed.filter(({ subject }) => subject.kind === 'file');
    const [trustedRoot = ''] =
      files.length === 0 ? [] : await trustedRootTexts({ ...instance, purpose: 'verify' }, world);
    for (const one of files)
      await collect(async () => {
        const path = receiptPath(one);
        const page = await pageOf(one, trustedRoot);
        await demandDeliverable(world.files, dirname(path), places);
        await deliverFile(world.files, world.random, path, page, places);
        paths.push(path);
      });
  });
  return { paths: [...new Set(paths)], failures };

  async function pageOf(one: SignedSubject, trustedRoot: string): Promise<string> {
    const { subject, bundlePath } = one;
    const bytes = await readRegularFile(world.files, bundlePath, maxBundleFile);
    const bundle = new TextDecoder().decode(bytes);
    const policy = policyOf(one, result.instance);
    const digests =
      subject.kind === 'file'
        ? await digestFileWith(world.files, subject, neededDigests(readBundle(bundle), policy))
        : [one.digest];
    const roots = [{ trustedRoot, policy }];
    const content = { file: basename(subject.name), digests, bundle, roots, instance, source };
    return makeReceipt(content, script, world.clock());
  }
}

/** Returns the policy under which the run has verified the bundle: its own identity. */
function policyOf({ verdict, outages }: SignedSubject, { thresholds, sandbox }: SigningResult['instance']): Policy {
  const { subjectAlternativeName, issuer } = signedBy(verdict).identity;
  const isUnlogged = outages.some(({ fallback }) => fallback === 'timestamp-only');
  return exactIdentity(subjectAlternativeName, issuer, {
    thresholds,
    sandbox,
    ...(isUnlogged && { timestampOnly: 'accept' }),
  });
}

/** Returns the path of a receipt: that of the bundle with another ending; where a bundle is about several files, after the name of each. */
function receiptPath({ subject, bundlePath }: SignedSubject): string {
  const stem = bundlePath.replace(/\.sigstore\.json$/, '');
  const isOwn = basename(stem) === basename(subject.name);
  const isBelow = !/(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:/.test(subject.name);
  const own = isOwn ? stem : join(dirname(bundlePath), isBelow ? subject.name : basename(subject.name));
  return `${own}.receipt.html`;
}
