/** Reads the verification summary (VSA) that a policy expects. */

import { fail } from '../../core/errors/index.ts';
import type { PredicateExpectation } from '../../core/policy/index.ts';
import { readResult } from '../../core/statement/index.ts';
import type { PolicyRequest } from '../../options/index.ts';
import { given } from './request.ts';

/**
 * Returns the expectation of a summary, if the options have one.
 *
 * @param maxAge the age in milliseconds that the verification may have
 * @throws CountersignError `POLICY_INVALID` for options that are missing, have no effect, or name levels that SLSA does not define
 */
export function expectedSummary(request: PolicyRequest, maxAge: number | undefined): readonly PredicateExpectation[] {
  const {
    vsa,
    verifierId: verifiers = [],
    resourceUri = '',
    requireLevel = [],
    vsaSourceRef: sourceRefs = [],
  } = request;
  if (!vsa) {
    const others = given(request, 'verifierId', 'resourceUri', 'requireLevel', 'vsaSourceRef');
    if (others.length === 0) return [];
    return fail('POLICY_INVALID', `${others.join(' and ')} is for verification summaries, and none is required`, {
      remedy: 'Set `vsa` to require one, or `vsa-out` to write one.',
    });
  }
  const missing = [
    verifiers.length === 0 && '`verifier-id`',
    resourceUri === '' && '`resource-uri`',
    requireLevel.length === 0 && '`require-level`',
  ].filter((name) => typeof name === 'string');
  if (missing.length > 0)
    fail('POLICY_INVALID', `\`vsa\` is set without ${missing.join(' and ')}`, {
      remedy:
        'Specify the accepted verifier, the URI that its VSA must state, and a level such as `SLSA_BUILD_LEVEL_2`.',
    });
  const levels = requireLevel.map((level) => readResult(level, 'require-level'));
  return [
    {
      kind: 'verification-summary',
      verifiers,
      resourceUri,
      levels,
      ...(sourceRefs.length > 0 && { sourceRefs }),
      ...(maxAge !== undefined && { maxAge }),
    },
  ];
}
