/**
 * Validates a policy at run time, since not every caller has types. Unknown keys are refused, since nothing would enforce them
 * (CVE-2026-48815); so is NaN, which passes every comparison.
 */

import { type FulcioClaim, fulcioExtensionArcs } from '../certificate/index.ts';
import { fail } from '../errors/index.ts';
import { countWitnesses } from '../log/index.ts';
import { checkExpectation, demandMembers, demandObject, list, type Members } from './demand.ts';
import { describeExpectation, type Expectation } from './expectation.ts';
import { type Expected, leavesOpen } from './open-pattern.ts';
import type { ClaimExpectation, Policy, SignerPolicy, WitnessPolicy } from './policy.ts';

const policyMembers: Members<Policy> = {
  signer: true,
  content: true,
  thresholds: true,
  witnesses: true,
  timestampOnly: true,
  maxAge: true,
  sandbox: true,
};
const identityMembers: Members<Extract<SignerPolicy, { kind: 'identity' }>> = {
  kind: true,
  identity: true,
  issuer: true,
  claims: true,
};
const keyMembers: Members<Extract<SignerPolicy, { kind: 'key' }>> = { kind: true, publicKey: true };
const claimMembers: Members<ClaimExpectation> = { claim: true, expected: true, refused: true };
const contentMembers: Members<Policy['content']> = {
  predicateType: true,
  subjectName: true,
  predicate: true,
  release: true,
  provenance: true,
};
const thresholdMembers: Members<Policy['thresholds']> = {
  signedCertificateTimestamps: true,
  logEntries: true,
  timestamps: true,
};

const witnessMembers: Members<WitnessPolicy> = { keys: true, threshold: true };

/**
 * Validates a policy. Of the expectations of predicates, {@link predicateChecks} validates the rest; that of a release is
 * validated where it is used.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export function checkPolicy(policy: Policy): void {
  demandMembers(policy, policyMembers, 'the policy');
  checkSigner(policy.signer);
  const { content, thresholds, timestampOnly = 'refuse', sandbox } = policy;
  demandMembers(content, contentMembers, 'policy.content');
  const { predicate = [], provenance = 'compare', release, ...texts } = content;
  for (const expectation of Object.values(texts)) if (expectation !== undefined) checkExpectation(expectation);
  for (const expectation of list(predicate, 'policy.content.predicate'))
    demandObject(expectation, 'an entry of policy.content.predicate');
  if (provenance !== 'compare' && provenance !== 'ignore')
    fail('POLICY_INVALID', 'policy.content.provenance is neither "compare" nor "ignore"');
  if (release !== undefined) demandObject(release, 'policy.content.release');
  demandMembers(thresholds, thresholdMembers, 'policy.thresholds');
  for (const [name, threshold] of Object.entries(thresholds)) checkThreshold(threshold, `policy.thresholds.${name}`);
  checkWitnesses(policy.witnesses);
  checkAge(policy);
  if (timestampOnly !== 'refuse' && timestampOnly !== 'accept')
    fail('POLICY_INVALID', 'policy.timestampOnly is neither "refuse" nor "accept"');
  if (sandbox !== 'refuse' && sandbox !== 'accept')
    fail('POLICY_INVALID', 'policy.sandbox is neither "refuse" nor "accept"');
}

function checkSigner(signer: SignerPolicy): void {
  demandObject(signer, 'policy.signer');
  if (signer.kind === 'key') {
    demandMembers(signer, keyMembers, 'policy.signer');
    demandObject(signer.publicKey, 'policy.signer.publicKey');
    return;
  }
  demandMembers(signer, identityMembers, 'policy.signer');
  const { identity, issuer } = signer;
  if (identity !== 'any') checkName('identity', identity);
  if (issuer !== 'any' && issuer !== 'none') checkName('issuer', issuer);
  // Nothing but the name tells such certificates apart.
  if (issuer === 'none' && (identity === 'any' || identity.kind !== 'exact'))
    fail('POLICY_INVALID', 'policy.signer.issuer is "none", which requires an exact identity');
  for (const expectation of list(signer.claims, 'policy.signer.claims')) checkClaim(expectation);
}

function checkName(what: 'identity' | 'issuer', expected: Expectation): void {
  checkExpectation(expected);
  checkBinding(what, [expected]);
}

function checkClaim(expectation: ClaimExpectation): void {
  demandMembers(expectation, claimMembers, 'an entry of policy.signer.claims');
  const { claim, expected, refused = [] } = expectation;
  if (!isClaim(claim)) fail('POLICY_INVALID', `${JSON.stringify(claim)} is not a certificate claim`);
  const expectations = [
    ...list(expected, `the expected values of the claim ${claim}`),
    ...list(refused, `the refused values of the claim ${claim}`),
  ];
  if (expectations.length === 0) fail('POLICY_INVALID', `the claim ${claim} has neither expected nor refused values`);
  for (const one of expectations) checkExpectation(one);
  checkBinding(claim, expected);
}

/** Refuses patterns that any signer can meet. Accepting any signer has to be spelled out: `any`. */
function checkBinding(what: Expected, expected: readonly Expectation[]): void {
  if (leavesOpen(what, expected)) {
    const patterns = expected.map(describeExpectation).join(' or ');
    fail('POLICY_INVALID', `the ${what} pattern ${JSON.stringify(patterns)} is too broad: it does not fix an owner`, {
      remedy: 'Spell out the host and the owner, or the domain of an email address.',
    });
  }
}

function isClaim(name: string): name is FulcioClaim {
  return Object.hasOwn(fulcioExtensionArcs, name);
}

function checkWitnesses(witnesses: WitnessPolicy): void {
  demandMembers(witnesses, witnessMembers, 'policy.witnesses');
  const { keys, threshold } = witnesses;
  checkThreshold(threshold, 'policy.witnesses.threshold');
  for (const key of list(keys, 'policy.witnesses.keys')) {
    demandObject(key, 'an entry of policy.witnesses.keys');
    const isMlDsa = key.type === 'ml-dsa-44';
    demandObject(
      isMlDsa ? key.raw : key.publicKey,
      `the ${isMlDsa ? 'raw' : 'publicKey'} of an entry of policy.witnesses.keys`,
    );
  }
  const known = countWitnesses(keys);
  if (threshold > known)
    fail('POLICY_INVALID', `the policy requires ${threshold} witnesses but has keys for only ${known}`);
}

function checkAge({ maxAge, signer }: Policy): void {
  if (maxAge === undefined) return;
  if (!Number.isSafeInteger(maxAge) || maxAge < 1) fail('POLICY_INVALID', 'policy.maxAge is not a positive integer');
  if (signer.kind === 'key')
    fail(
      'POLICY_INVALID',
      'policy.maxAge requires a certificate: the age of a signature of a long-lived key is not proven',
    );
}

function checkThreshold(threshold: number, what: string): void {
  if (!Number.isSafeInteger(threshold) || threshold < 0)
    fail('POLICY_INVALID', `${what} is not a non-negative integer`);
}
