/** Upgrades the signatures of files and images, one after another, and reports on each. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { type UpgradeOutcome, type UpgradeReport, upgradeFailure } from '../../report/index.ts';
import type { Registries } from '../../services/registry/index.ts';
import { policyUnder, type VerifyPolicy, type VerifyTrust } from '../policy/index.ts';
import type { RootPolicy } from '../verify/index.ts';
import type { World } from '../world/index.ts';

/** A file or an image whose signatures are to be upgraded. */
export type Upgradable =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | { readonly kind: 'image'; readonly name: string };

export interface UpgradeRequest {
  readonly upgradables: readonly Upgradable[];
  readonly policy: VerifyPolicy;
  readonly trust: VerifyTrust;
  readonly registries: Registries;
  /** The absolute path of the new bundle, for one file. */
  readonly out?: string | undefined;
  readonly recursive: boolean;
  readonly dryRun: boolean;
  /** Called after each file or image. */
  readonly onDone?: (outcomes: readonly UpgradeOutcome[]) => void;
}

/**
 * Upgrades signatures. What fails for one of them is in its outcome and harms no other; a second run continues.
 *
 * @throws CountersignError `CANCELLED`
 */
export async function upgradeRun(request: UpgradeRequest, world: World): Promise<UpgradeReport> {
  const { upgradables, policy, trust, dryRun, onDone } = request;
  const roots = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  const outcomes: UpgradeOutcome[] = [];
  for (const one of upgradables) {
    if (world.cancellation.aborted) fail('CANCELLED', 'cancelled before all signatures were upgraded');
    const upgraded = await upgradeOne(one, request, roots, world).catch((failure: unknown) => failed(one, failure));
    outcomes.push(...upgraded);
    onDone?.(upgraded);
  }
  return { dryRun, outcomes, warnings: [...trust.warnings, ...policy.warnings] };
}

async function upgradeOne(
  one: Upgradable,
  { registries, out, recursive, dryRun }: UpgradeRequest,
  roots: readonly RootPolicy[],
  world: World,
): Promise<readonly UpgradeOutcome[]> {
  const { name } = one;
  // Each is loaded only if there is one.
  if (one.kind === 'file') {
    const { upgradeFile } = await import('./upgrade-file.ts');
    return [await upgradeFile({ name, path: one.path, out, dryRun }, roots, world)];
  }
  const { upgradeImage } = await import('./upgrade-image.ts');
  return upgradeImage({ name, registries, recursive, dryRun }, roots, world);
}

function failed({ name }: Upgradable, failure: unknown): readonly UpgradeOutcome[] {
  if (!(failure instanceof CountersignError) || failure.code === 'CANCELLED') throw failure;
  return [{ name, from: undefined, kind: 'failed', failure }];
}

/**
 * Demands that nothing failed.
 *
 * @throws CountersignError the most severe failure; if there are several, it only counts them, as the report lists them
 */
export function demandUpgraded(report: UpgradeReport): void {
  const { outcomes } = report;
  const failures = outcomes.filter(({ kind }) => kind === 'failed');
  const failure = upgradeFailure(report);
  if (failure === undefined) return;
  if (failures.length === 1) throw failure;
  fail(failure.code, `${failures.length} of ${outcomes.length} signatures could not be upgraded`, { cause: failure });
}
