/** Verifies files, and writes a receipt for each of them. */

import { basename, resolve } from 'node:path';
import { parseDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { neededDigests, readBundle } from '../../core/verify/index.ts';
import { deliverFile, type Places } from '../../deliver/index.ts';
import type { PinnedSource, VerificationReport } from '../../report/index.ts';
import { digestFileWith } from '../../subject/index.ts';
import { bundleTexts } from '../deliver/index.ts';
import { policyUnder, trustedRootTexts } from '../policy/index.ts';
import { demandVerified, type VerifyRequest, verifyRun } from '../verify/index.ts';
import type { InstanceRequest, World } from '../world/index.ts';
import { makeReceipt } from './make-receipt.ts';

export interface ReceiptRequest {
  readonly verification: VerifyRequest;
  /** The instance from which the trusted roots of the verification are. */
  readonly instance: InstanceRequest;
  readonly places: Places;
  /** The path of the receipt, if there is only one file (default: `<file>.receipt.html`). */
  readonly output: string | undefined;
  readonly source?: PinnedSource | undefined;
}

export interface WrittenReceipt {
  /** The path of the file, as it was given. */
  readonly artifact: string;
  readonly path: string;
}

export interface ReceiptResult {
  readonly report: VerificationReport;
  readonly receipts: readonly WrittenReceipt[];
}

/**
 * Verifies files, and writes the receipts. If a file does not verify, nothing is written. Older receipts of these names are replaced.
 *
 * @param script the script of receipts, which the build makes
 * @throws CountersignError as verifying does; `USAGE` for what cannot have a receipt; `SUBJECT_CHANGED`; `WRITE_FAILED`
 */
export async function writeReceipts(request: ReceiptRequest, script: string, world: World): Promise<ReceiptResult> {
  const { verification, instance, places, source } = request;
  const { policy, trust } = verification;
  const paths = receiptPaths(request);
  if ((policy.attestations ?? []).length > 0)
    fail('USAGE', '`require-attestation` cannot be used: a receipt has one bundle, and requires no others', {
      remedy: 'Write a receipt for the bundle of each type with `predicate-type`.',
    });
  const report = await verifyRun(verification, world);
  demandVerified(report);
  const texts = await trustedRootTexts(instance, world, policy);
  if (texts.length !== trust.roots.length)
    fail('USAGE', 'the trusted root was changed while it was used', { remedy: 'Run again.' });
  const roots = trust.roots.map((choice, index) => ({
    trustedRoot: texts[index] ?? '',
    policy: policyUnder(policy, choice),
  }));
  const pages: (WrittenReceipt & { readonly page: string })[] = [];
  for (const { name: artifact, file, path } of paths) {
    const [one] = report.results.flatMap(({ artifact: name, digest, bundle, bundleDigest, verdict }) =>
      name !== artifact || verdict === undefined || bundle === undefined || digest === undefined
        ? []
        : [{ artifact, digest: parseDigest(digest), bundle, bundleDigest, verdict }],
    );
    if (one === undefined) return fail('BUNDLE_MISSING', `${JSON.stringify(artifact)} was not verified`);
    const [text] = await bundleTexts([one], world);
    const bundle = new TextDecoder().decode(text?.json);
    const algorithms = new Set(roots.flatMap((root) => neededDigests(readBundle(bundle), root.policy)));
    const digests = await digestFileWith(world.files, { path: file }, [...algorithms]);
    const page = await makeReceipt(
      { file: basename(resolve(file)), digests, bundle, roots, instance, source },
      script,
      world.clock(),
    );
    pages.push({ artifact, path, page });
  }
  for (const { path, page } of pages) await deliverFile(world.files, world.random, path, page, places);
  return { report, receipts: pages.map(({ artifact, path }) => ({ artifact, path })) };
}

interface FilePaths {
  /** The file as reports name it. */
  readonly name: string;
  readonly file: string;
  /** The path of its receipt. */
  readonly path: string;
}

/** Returns the path of the receipt of each file, after checking that it replaces neither a file nor a bundle. */
function receiptPaths({ verification: { artifacts, bundles }, output }: ReceiptRequest): readonly FilePaths[] {
  const files = artifacts.map((artifact) =>
    artifact.kind === 'file'
      ? artifact
      : fail('USAGE', `${JSON.stringify(artifact.name)} is not a file, and only files can have receipts`, {
          remedy: 'Specify the path of a file.',
        }),
  );
  if (output !== undefined && files.length > 1)
    fail('USAGE', `\`output\` is the path of one receipt, and there are ${files.length} files`, {
      remedy: 'Omit `output`. Each receipt is then next to its file.',
    });
  const taken = new Set([...files.map(({ path }) => resolve(path)), ...bundles.paths.map((path) => resolve(path))]);
  return files.map(({ name, path }) => {
    const receipt = resolve(output ?? `${path}.receipt.html`);
    if (taken.has(receipt) || receipt === `${resolve(path)}.sigstore.json`)
      fail('USAGE', `${receipt} is a file to verify or a bundle, and cannot be replaced by a receipt`, {
        remedy: 'Specify a different path with `output`.',
      });
    return { name, file: path, path: receipt };
  });
}
