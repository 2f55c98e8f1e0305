/** Formats what a new trusted root changes, for people and for programs. */

import { CountersignError } from '../core/errors/index.ts';
import { failureJson, plainLine } from '../report/index.ts';
import type { TrustChange, TrustChangeReport } from '../run/reissue/index.ts';
import { errorInFlags } from './option-names.ts';

const maxLines = 100;

/** Returns the error of a change that loses signatures, or of signatures that neither trusted root accepts. */
export function trustChangeFailure({ counts, worst }: TrustChangeReport): CountersignError | undefined {
  if (worst === undefined) return undefined;
  const { accepted, lost, refused } = counts;
  const parts = [
    ...(lost > 0 ? [`the new trusted root does not accept ${lost} of ${accepted + lost + refused} signatures`] : []),
    ...(refused > 0 ? [`${refused} are not accepted under the current trusted root either`] : []),
  ];
  return new CountersignError(worst.code, parts.join('; '), {
    cause: worst,
    remedy:
      lost > 0
        ? 'Issue these signatures again before the new trusted root is used: run `countersign reissue` with the current trusted root as `old-trusted-root`.'
        : 'Check the policy. `countersign verify` explains each failure.',
  });
}

/** Returns the lines of a terminal: what changed, the signatures that are lost or refused, and the totals. */
export function trustChangeText(report: TrustChangeReport): string {
  const { counts, changes, lostBy, lostBySeveral, outcomes, warnings } = report;
  const lines = [
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...(changes.length === 0 ? ['The new trusted root trusts everything that the current one trusts.'] : []),
    ...changes.map((change) => `${changeText(change)}: loses ${lostBy.get(change) ?? 0} signatures`),
    ...(lostBySeveral === 0 ? [] : [`Several of these changes together: lose ${lostBySeveral} signatures`]),
    ...outcomes
      .slice(0, maxLines)
      .map(
        ({ kind, location, error }) =>
          `${kind === 'lost' ? 'must be issued again' : 'not accepted'}: ${location}: ${error.code}: ${error.message}`,
      ),
    ...(counts.lost + counts.refused > maxLines ? [`… and ${counts.lost + counts.refused - maxLines} more`] : []),
    `${counts.accepted} still accepted (${counts.upgradable} of them can be upgraded without signing, ${counts.gained} only by the new trusted root), ${counts.lost} must be issued again, ${counts.refused} accepted by neither`,
  ];
  return lines.map((line) => `${plainLine(line)}\n`).join('');
}

function changeText({ part, name, windows }: TrustChange): string {
  const times = windows.map(({ start, end }) => `${start.toISOString()} to ${end?.toISOString() ?? 'further notice'}`);
  return `The ${part} ${name} ${times.length === 0 ? 'is removed' : `is trusted from ${times.join(', and from ')}`}`;
}

/** Returns the report as plain values. */
export function trustChangeJson(report: TrustChangeReport): object {
  const failure = trustChangeFailure(report);
  return {
    version: 1,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === undefined ? null : failureJson(errorInFlags(failure)),
    warnings: report.warnings,
    counts: report.counts,
    changes: report.changes.map((change) => ({
      part: change.part,
      name: change.name,
      windows: change.windows.map(({ start, end }) => ({
        start: start.toISOString(),
        end: end?.toISOString() ?? null,
      })),
      lost: report.lostBy.get(change) ?? 0,
    })),
    lostBySeveral: report.lostBySeveral,
    signatures: report.outcomes.map((outcome) => ({
      name: outcome.name,
      location: outcome.location,
      result: outcome.kind,
      failure: failureJson(errorInFlags(outcome.error)),
      reasons: outcome.kind === 'lost' ? outcome.reasons.map(({ part, name }) => ({ part, name })) : [],
    })),
  };
}
