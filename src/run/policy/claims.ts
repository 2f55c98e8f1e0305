/** Reads the claims that a policy expects: each claim of Fulcio, by its own name or by the shorter name of an option. */

import { type FulcioClaim, fulcioExtensionArcs } from '../../core/certificate/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type ClaimExpectation, type Expectation, exactly, leavesOpen, matching } from '../../core/policy/index.ts';
import { optionName, type PolicyRequest } from '../../options/index.ts';
import { sourceAddress } from './signer.ts';

/** The claims, by the names that people write: `build-trigger`. */
const claimNames: ReadonlyMap<string, FulcioClaim> = new Map(
  (Object.keys(fulcioExtensionArcs) as readonly FulcioClaim[]).map((claim) => [optionName(claim), claim]),
);

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Returns the claims that a policy expects; a certificate must meet all of them.
 *
 * @param whole the request with the signer, if the claims are only a part of it
 */
export function expectedClaims(request: PolicyRequest, whole = request): readonly ClaimExpectation[] {
  return [
    ...source(request),
    ...values('sourceRepositoryRef', request.sourceRef, (value) => meaningful('source-ref', value)),
    ...values('sourceRepositoryDigest', request.sourceDigest, (value) => commitDigest('source-digest', value)),
    ...values('buildSignerDigest', request.signerDigest, (value) => commitDigest('signer-digest', value)),
    ...values('sourceRepositoryIdentifier', request.sourceRepositoryId, (value) => id('source-repository-id', value)),
    ...values('sourceRepositoryOwnerIdentifier', request.sourceOwnerId, (value) => id('source-owner-id', value)),
    ...values('buildTrigger', request.trigger, (value) => meaningful('trigger', value)),
    ...values('runnerEnvironment', runnerEnvironments(request, hostOfRunners(whole)), (value) =>
      meaningful('runner-environment', value),
    ),
    ...named('claim', request.claim ?? []).map(([claim, expected]) => {
      demandBinding(optionName(claim), claim, expected);
      return { claim, expected };
    }),
    ...named('refuse-claim', request.refuseClaim ?? []).map(([claim, refused]) => ({ claim, expected: [], refused })),
  ];
}

function source(request: PolicyRequest): readonly ClaimExpectation[] {
  const address = sourceAddress(request);
  if (address === undefined) return [];
  return [
    {
      claim: request.owner === undefined ? 'sourceRepositoryUri' : 'sourceRepositoryOwnerUri',
      expected: [exactly(address)],
    },
  ];
}

function values(
  claim: FulcioClaim,
  given: readonly string[] | undefined,
  read: (value: string) => Expectation,
): readonly ClaimExpectation[] {
  if (given === undefined || given.length === 0) return [];
  const expected = given.map(read);
  demandBinding(optionName(claim), claim, expected);
  return [{ claim, expected }];
}

/** Refuses a pattern that every repository meets. That matters most for the source: anyone can call a reusable workflow. */
function demandBinding(name: string, claim: FulcioClaim, expected: readonly Expectation[]): void {
  if (!leavesOpen(claim, expected)) return;
  const patterns = expected.map(({ value }) => value).join(' or ');
  fail('POLICY_INVALID', `\`${name}\` is ${patterns}, which matches everyone`, {
    remedy: 'Spell out at least the host and the owner, as in `https://github.com/owner/*`, or omit it.',
  });
}

function runnerEnvironments(
  { runnerEnvironment = [], denySelfHostedRunners }: PolicyRequest,
  host: string,
): readonly string[] {
  if (!denySelfHostedRunners) return runnerEnvironment;
  const hosted = `${host}-hosted`;
  if (runnerEnvironment.some((one) => one !== hosted))
    fail('POLICY_INVALID', '`runner-environment` and `deny-self-hosted-runners` contradict each other', {
      remedy: 'Omit one of them.',
    });
  return [hosted];
}

/** Returns the provider whose own runners are not self-hosted ones. */
function hostOfRunners({ gitlabProject, issuerPreset = '' }: PolicyRequest): string {
  if (gitlabProject !== undefined) return 'gitlab';
  return ['gitlab', 'buildkite'].includes(issuerPreset) ? issuerPreset : 'github';
}

/** Reads claims that are written `name=value`, and groups them by name. */
function named(option: string, given: readonly string[]): readonly (readonly [FulcioClaim, readonly Expectation[]])[] {
  const claims = new Map<FulcioClaim, Expectation[]>();
  for (const text of given) {
    const [, name = '', value = ''] =
      /^([^=]*)=(.*)$/s.exec(text) ??
      fail('POLICY_INVALID', `\`${option}\` is ${JSON.stringify(text)}, which does not have the form name=value`, {
        remedy: 'Write it as `name=value`.',
      });
    const claim = claimNames.get(name) ?? unknownClaim(name);
    claims.set(claim, [...(claims.get(claim) ?? []), meaningful(name, value)]);
  }
  return [...claims];
}

function unknownClaim(name: string): never {
  return fail('POLICY_INVALID', `${JSON.stringify(name)} is not a certificate claim`, {
    remedy: `Use one of ${[...claimNames.keys()].join(', ')}.`,
  });
}

/** Returns the expectation of a value or pattern. A pattern that every value meets is refused. */
export function meaningful(name: string, value: string): Expectation {
  if (value === '' || /^[*/]+$/.test(value))
    fail(
      'POLICY_INVALID',
      value === '' ? `\`${name}\` is empty` : `\`${name}\` is ${value}, which matches everything`,
      {
        remedy: 'Specify a value, or omit it.',
      },
    );
  return matching(value);
}

function commitDigest(option: string, value: string): Expectation {
  const hex = value.toLowerCase();
  if (!commit.test(hex))
    fail('POLICY_INVALID', `\`${option}\` is ${JSON.stringify(value)}, which is not a full commit digest`, {
      remedy: 'Specify all 40 or 64 hexadecimal digits.',
    });
  return exactly(hex);
}

function id(option: string, value: string): Expectation {
  if (!/^\d+$/.test(value))
    fail('POLICY_INVALID', `\`${option}\` is ${JSON.stringify(value)}, which is not a number`, {
      remedy: 'Specify the numeric ID, which `gh api repos/OWNER/NAME --jq .id` (or `.owner.id`) prints.',
    });
  return exactly(value);
}
