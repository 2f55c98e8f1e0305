/** The report of upgrades: an outcome for each signature, as text and as JSON. */

import type { CountersignError } from '../core/errors/index.ts';
import { failureJson } from './failure-json.ts';
import { plainLine } from './plain-text.ts';
import { worstOf } from './verification-report.ts';

export type UpgradeOutcome = {
  /** The file or image that was named. */
  readonly name: string;
  /** The place of the old signature; `undefined` if none was found. */
  readonly from: string | undefined;
} & (
  | {
      readonly kind: 'upgraded';
      /** The place of the new bundle; in a dry run, where it would be. */
      readonly to: string;
      /** The path of the old bundle, if the new one has its name. */
      readonly kept?: string;
    }
  /** There is nothing to do. */
  | { readonly kind: 'current' }
  | { readonly kind: 'failed'; readonly failure: CountersignError }
);

export interface UpgradeReport {
  /** True if nothing was written. */
  readonly dryRun: boolean;
  readonly outcomes: readonly UpgradeOutcome[];
  readonly warnings: readonly string[];
}

/** Returns the most severe failure, which decides the exit code. */
export function upgradeFailure({ outcomes }: UpgradeReport): CountersignError | undefined {
  return worstOf(outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.failure : undefined)));
}

/** Returns the lines of the report: the warnings, one for each signature, and the totals. */
export function upgradeText({ dryRun, outcomes, warnings }: UpgradeReport): string {
  const count = (kind: UpgradeOutcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  const upgraded = dryRun ? 'would be upgraded' : 'upgraded';
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...outcomes.flatMap((outcome) => outcomeLines(outcome, upgraded)),
    `${count('upgraded')} ${upgraded}, ${count('current')} up to date, ${count('failed')} failed`,
  ]
    .map((line) => `${plainLine(line)}\n`)
    .join('');
}

function outcomeLines(outcome: UpgradeOutcome, upgraded: string): readonly string[] {
  const { name, from = name } = outcome;
  switch (outcome.kind) {
    case 'upgraded': {
      const kept = outcome.kept === undefined ? '' : ` (old bundle: ${outcome.kept})`;
      return [`${upgraded}: ${from} -> ${outcome.to}${kept}`];
    }
    case 'current':
      return [`up to date: ${from}`];
    case 'failed': {
      const { code, message, remedy } = outcome.failure;
      return [`failed: ${from}: ${code}: ${message}`, ...(remedy === undefined ? [] : [`  ${remedy}`])];
    }
  }
}

/** Returns the report as plain values. docs/json.md documents the format; within a version, members are added and never changed. */
export function upgradeJson(report: UpgradeReport): object {
  const failure = upgradeFailure(report);
  return {
    version: 1,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === undefined ? null : failureJson(failure),
    dryRun: report.dryRun,
    warnings: report.warnings,
    signatures: report.outcomes.map((outcome) => ({
      name: outcome.name,
      from: outcome.from ?? null,
      result: outcome.kind,
      to: outcome.kind === 'upgraded' ? outcome.to : null,
      kept: outcome.kind === 'upgraded' ? (outcome.kept ?? null) : null,
      failure: outcome.kind === 'failed' ? failureJson(outcome.failure) : null,
    })),
  };
}
