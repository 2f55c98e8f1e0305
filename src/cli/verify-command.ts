/** `countersign verify` */

import { resolve } from 'node:path';
import { parseDigest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import { plainJson, verificationJson, verificationText } from '../report/index.ts';
import {
  demandVerified,
  loadPolicy,
  loadTrust,
  localWorld,
  type Verifiable,
  verifyRun,
  type World,
} from '../run/index.ts';
import { type InstanceOptions, instanceRequest } from './options.ts';
import { type PolicyOptions, policyRequest } from './policy-options.ts';

export interface VerifyOptions extends InstanceOptions, PolicyOptions {
  readonly bundle: readonly string[];
  readonly bundleDir?: string;
  /** What gh calls `trusted-root`. */
  readonly customTrustedRoot?: string;
  readonly concurrency: number;
  readonly json?: boolean;
}

/**
 * Verifies, and prints the report whatever came of it.
 *
 * @throws CountersignError the worst of the failures
 */
export async function verifyCommand(artifacts: readonly string[], options: VerifyOptions): Promise<void> {
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  using world = localWorld({ cancellation: cancellation.signal });
  try {
    const policy = await loadPolicy(policyRequest(options), world);
    const trust = await loadTrust(instanceRequest(trusting(options), 'verify'), world);
    const report = await verifyRun(
      {
        artifacts: await Promise.all(artifacts.map((artifact) => verifiable(artifact, world))),
        bundles: {
          workspace: process.cwd(),
          paths: options.bundle.map((path) => resolve(path)),
          directory: options.bundleDir === undefined ? undefined : resolve(options.bundleDir),
        },
        policy,
        trust,
        concurrency: options.concurrency,
      },
      world,
    );
    const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
    process.stdout.write(
      options.json ? `${plainJson(JSON.stringify(verificationJson(report)))}\n` : verificationText(report, { colour }),
    );
    demandVerified(report);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}

function trusting({ customTrustedRoot, ...options }: VerifyOptions): VerifyOptions {
  if (customTrustedRoot === undefined) return options;
  if (options.trustedRoot !== undefined) fail('USAGE', '`custom-trusted-root` says again what `trusted-root` says');
  return { ...options, trustedRoot: customTrustedRoot };
}

/** A file; or a digest, if it reads like one and no file has that name; or `-`, what comes in by the pipe. */
async function verifiable(artifact: string, { files }: World): Promise<Verifiable> {
  if (artifact === '-') return { kind: 'stream', name: '-', content: process.stdin };
  const isFile = await files.stat(artifact).then(
    () => true,
    () => false,
  );
  return /^sha(?:256|384|512):/.test(artifact) && !isFile
    ? { kind: 'digest', name: artifact, digest: parseDigest(artifact) }
    : { kind: 'file', name: artifact, path: artifact };
}
