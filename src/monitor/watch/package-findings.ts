/** The findings about packages. */

import { hash } from 'node:crypto';
import { canonicalJson } from '../../core/encoding/index.ts';
import type { Rule } from '../rules/index.ts';
import type { WatchPolicy } from '../watch-policy/index.ts';
import type { ObservedFinding } from './finding-store.ts';
import type { PackageObservation } from './package-watch.ts';

/** Returns the findings of observations about packages, except those whose rules are switched off. */
export function packageFindings(
  observations: readonly PackageObservation[],
  rules: readonly Rule[],
  policy: WatchPolicy,
): readonly ObservedFinding[] {
  return observations.flatMap((observation): readonly ObservedFinding[] => {
    const rule = rules.find(({ id }) => id === observation.rule);
    const setting = policy.rules.get(observation.rule);
    if (rule === undefined || setting === 'off') return [];
    const { package: watched, name, version, what, title, reason, remedy } = observation;
    const ofRule = rule.severity === 'off' ? undefined : rule.severity;
    return [
      {
        id: hash(
          'sha256',
          canonicalJson([
            'countersign-watch-package',
            watched.ecosystem,
            name,
            version ?? null,
            what,
            rule.id,
            rule.version,
          ]),
        ),
        rule: { id: rule.id, name: rule.name },
        base: setting ?? observation.severity ?? ofRule ?? 'alert',
        title,
        reason,
        remedy,
        about: { kind: 'package', ecosystem: watched.ecosystem, name, version },
        evidence: undefined,
        line: watched.place.line,
        isCondition: false,
      },
    ];
  });
}
