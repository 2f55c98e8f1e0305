/** Loads the policy of a verification, from options and a policy file. There is no default policy. */

import { type PublicKey, readPublicKeyPem } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { countWitnesses, readWitnessKey } from '../../core/log/index.ts';
import {
  type ClaimExpectation,
  type ContentPolicy,
  type Expectation,
  matching,
  type Policy,
  type PredicateExpectation,
  type SignerPolicy,
  type Thresholds,
  type WitnessPolicy,
} from '../../core/policy/index.ts';
import { type PolicyOption, type PolicyRequest, type PolicyRow, policyRows } from '../../options/index.ts';
import type { InputKind, InputWorld } from '../world/index.ts';
import { readInput } from '../world/index.ts';
import type { RequiredAttestation } from './attestation-types.ts';
import { expectedClaims, meaningful } from './claims.ts';
import type { TrustChoice } from './load-trust.ts';
import { given, isGiven, policyOptions, shownName } from './request.ts';
import { expectedSigner } from './signer.ts';
import { expectedSummary } from './verification-summary.ts';

/** A policy, except what depends on the trusted root. */
export interface VerifyPolicy {
  readonly signer: SignerPolicy;
  readonly content: ContentPolicy;
  readonly witnesses: WitnessPolicy;
  readonly timestampOnly?: NonNullable<Policy['timestampOnly']>;
  /** The greatest age of a signature in milliseconds. */
  readonly maxAge?: number;
  /** The thresholds that were given; the others are those of the root. */
  readonly thresholds: Partial<Thresholds>;
  /** The attestations that an artifact must have too, each by a signer that the policy accepts. */
  readonly attestations?: readonly RequiredAttestation[];
  /** Warnings about what the policy leaves open, which are shown with every result. */
  readonly warnings: readonly string[];
  readonly source: PolicySource;
}

/** The source of a policy. */
export interface PolicySource {
  /** The options besides the policy file. */
  readonly options: PolicyRequest;
  /** The text of the policy file. */
  readonly file: string | undefined;
}

/**
 * Loads the policy.
 *
 * @throws CountersignError `POLICY_INVALID` if it names no signer, contradicts itself, or accepts anyone without saying so; `USAGE` for a
 *   file that cannot be read
 */
export async function loadPolicy(request: PolicyRequest, world: InputWorld): Promise<VerifyPolicy> {
  const { policy: path, ...said } = request;
  if (path === undefined)
    return { ...(await policyOf(said, {}, undefined, world)), source: { options: said, file: undefined } };
  return policyOfFile(await readPolicyInput(path, 'policy', world), path, said, world);
}

/**
 * Returns the policy of a policy file.
 *
 * @param path of the file: errors name it, and paths in the file are relative to its folder
 * @param said the options besides the file
 * @throws CountersignError as {@link loadPolicy}
 */
export async function policyOfFile(
  text: string,
  path: string,
  said: PolicyRequest,
  world: InputWorld,
): Promise<VerifyPolicy> {
  // Loaded only where there is a file, as it brings the YAML parser.
  const { atKeys, readPolicyFile } = await import('./policy-file.ts');
  const written = await readPolicyFile(text, path);
  const policy = await policyOf(said, written.request, path, world).catch((failure: unknown) => {
    throw atKeys(failure, written, said, path);
  });
  return { ...policy, source: { options: said, file: text } };
}

/** Returns the policy of options, and of the policy file at a path. */
async function policyOf(
  said: PolicyRequest,
  written: PolicyRequest,
  path: string | undefined,
  world: InputWorld,
): Promise<Omit<VerifyPolicy, 'source'>> {
  const both = combined(written, said, path);
  // Claims given in both places must all be met: an option can narrow the file, and never widen it.
  const claims = () => [...expectedClaims(both), ...expectedClaims(claimsOf(said, written), both)];
  const release = isGiven(both, 'release') ? await readRelease(both, claims) : undefined;
  const signer = isGiven(both, 'key')
    ? ({ kind: 'key', publicKey: await readKey(both, world) } as const)
    : (release?.signer ?? ({ kind: 'identity', ...expectedSigner(both), claims: claims() } as const));
  const thresholds = expectedThresholds(both);
  const timestampOnly = acceptsTimestampOnly(both);
  const attestations = await requiredAttestations([both, claimsOf(said, written)]);
  const maxAge = both.maxAge === undefined ? undefined : age(both.maxAge);
  const predicate = [
    ...expectedPredicate(both),
    ...expectedPredicate(claimsOf(said, written)),
    ...expectedSummary(both, maxAge),
  ];
  return {
    signer,
    content: {
      ...release?.content,
      ...pattern('predicateType', both.predicateType),
      ...pattern('subjectName', both.subjectName),
      ...(predicate.length > 0 && { predicate }),
    },
    witnesses: expectedWitnesses(both),
    thresholds,
    ...(timestampOnly && { timestampOnly }),
    ...(maxAge !== undefined && { maxAge }),
    ...(attestations.length > 0 && { attestations }),
    warnings: warningsOf(signer, thresholds, timestampOnly),
  };
}

/** Returns the whole policy for bundles that are examined under a root. */
export function policyUnder(
  { thresholds, warnings: _, attestations: __, source: ___, ...policy }: VerifyPolicy,
  root: Pick<TrustChoice, 'thresholds' | 'sandbox'>,
): Policy {
  // A long-lived key has no certificate, whose validity a timestamp would have to lie in.
  const own = policy.signer.kind === 'key' ? { signedCertificateTimestamps: 0, timestamps: 0 } : {};
  return { ...policy, sandbox: root.sandbox, thresholds: { ...root.thresholds, ...own, ...thresholds } };
}

/** Returns the claims that are given in both places, as the options give them; {@link combined} has all others. */
function claimsOf(said: PolicyRequest, written: PolicyRequest): PolicyRequest {
  const repeated = placed('both').filter((option) => isGiven(said, option) && isGiven(written, option));
  return Object.fromEntries(repeated.map((option) => [option, said[option]]));
}

/** Returns the options that may be given in a place. */
function placed(place: PolicyRow['place']): readonly PolicyOption[] {
  return policyOptions.filter((option) => policyRows[option].place === place);
}

/** The groups of options that may be given as options or in the file, not in both: one relies on the defaults of the others. */
const groups: readonly (readonly PolicyOption[])[] = [
  ...new Set(policyOptions.map(groupOf).filter((group) => group !== undefined)),
].map((group) => policyOptions.filter((option) => groupOf(option) === group));

function groupOf(option: PolicyOption): string | undefined {
  const { place } = policyRows[option];
  return typeof place === 'string' ? undefined : place.group;
}

/** Combines options with a policy file. They add to the file, and never weaken it. */
function combined(written: PolicyRequest, said: PolicyRequest, path: string | undefined): PolicyRequest {
  for (const group of path === undefined ? [] : groups) {
    const [here, there] = [given(said, ...group), given(written, ...group)];
    if (here.length > 0 && there.length > 0)
      fail(
        'POLICY_INVALID',
        `${here.join(', ')} would override ${there.join(', ').replaceAll('`', '"')} of the policy file`,
        {
          remedy: 'Set these options either in the policy file or outside of it.',
        },
      );
  }
  const insecure = path === undefined ? [] : given(said, ...placed('file'));
  if (insecure.length > 0)
    fail('POLICY_INVALID', `${insecure.join(' and ')} would weaken the policy file`, {
      remedy: 'Set it in the policy file.',
    });
  const used = (request: PolicyRequest): PolicyRequest =>
    Object.fromEntries(
      policyOptions.filter((option) => isGiven(request, option)).map((option) => [option, request[option]]),
    );
  return { ...used(said), ...used(written) };
}

async function readRelease(request: PolicyRequest, claims: () => readonly ClaimExpectation[]) {
  const others = given(request, ...policyOptions.filter((option) => !('withRelease' in policyRows[option])));
  const { expectedRelease } = await import('./release.ts');
  return expectedRelease(request, others, claims);
}

async function readKey(request: PolicyRequest, world: InputWorld): Promise<PublicKey> {
  const { key = '' } = request;
  const others = given(request, ...policyOptions.filter((option) => !('withKey' in policyRows[option])));
  if (others.length > 0) {
    fail(
      'POLICY_INVALID',
      `\`key\` requires a signature without a certificate, but ${others.join(' and ')} requires one with a certificate`,
      {
        remedy: 'Specify either a key or an identity.',
      },
    );
  }
  const text = await readPolicyInput(key, 'public key', world);
  try {
    return readPublicKeyPem(text);
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    const { namedKeyFile } = await import('./key-file.ts');
    throw namedKeyFile(text, key) ?? failure;
  }
}

function pattern<Option extends 'predicateType' | 'subjectName'>(
  option: Option,
  value: string | undefined,
): { readonly [Key in Option]?: Expectation } {
  if (value === undefined) return {};
  if (value === '') fail('POLICY_INVALID', `\`${shownName(option)}\` is empty`);
  return { [option]: matching(value) } as { readonly [Key in Option]: Expectation };
}

/** Returns the expectations of the predicate. */
function expectedPredicate({ builderId = [], buildType = [] }: PolicyRequest): readonly PredicateExpectation[] {
  const of = (kind: 'builder-id' | 'build-type', values: readonly string[]): readonly PredicateExpectation[] =>
    values.length === 0 ? [] : [{ kind, expected: values.map((value) => meaningful(kind, value)) }];
  return [...of('builder-id', builderId), ...of('build-type', buildType)];
}

/** Returns the required attestations; the table of their types is loaded only if there are some. */
async function requiredAttestations(requests: readonly PolicyRequest[]): Promise<readonly RequiredAttestation[]> {
  const types = [...new Set(requests.flatMap(({ requireAttestation = [] }) => requireAttestation))];
  if (types.length === 0) return [];
  const { requiredAttestation } = await import('./attestation-types.ts');
  return types.map(requiredAttestation);
}

const unitMilliseconds = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

function age(value: string): number {
  const [, digits = '', unit = ''] = /^([1-9]\d{0,4})([mhdw])$/.exec(value) ?? [];
  if (digits === '')
    fail('POLICY_INVALID', `\`max-age\` is ${JSON.stringify(value)}, which is not a duration`, {
      remedy: 'Specify a number with a unit: 90m, 12h, 30d or 8w.',
    });
  return Number(digits) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
}

function expectedThresholds(request: PolicyRequest): Partial<Thresholds> {
  const one = (threshold: keyof Thresholds, option: ThresholdOption, off?: PolicyOption): Partial<Thresholds> => {
    const value = request[option];
    if (off === undefined || !isGiven(request, off))
      return value === undefined ? {} : { [threshold]: positive(option, value) };
    if (value === undefined) return { [threshold]: 0 };
    return fail('POLICY_INVALID', `${given(request, option, off).join(' and ')} contradict each other`, {
      remedy: 'Omit one of them.',
    });
  };
  return {
    ...one('signedCertificateTimestamps', 'certificateLogs', 'insecureIgnoreSct'),
    ...one('logEntries', 'logEntries', 'insecureIgnoreTlog'),
    ...one('timestamps', 'timestamps'),
  };
}

function acceptsTimestampOnly(request: PolicyRequest): Policy['timestampOnly'] {
  if (!isGiven(request, 'acceptTimestampOnly')) return undefined;
  if (!isGiven(request, 'insecureIgnoreTlog')) return 'accept';
  return fail('POLICY_INVALID', '`accept-timestamp-only` has no effect with `insecure-ignore-tlog`', {
    remedy: 'Omit `insecure-ignore-tlog`, which accepts more.',
  });
}

type ThresholdOption = 'certificateLogs' | 'logEntries' | 'timestamps';

function expectedWitnesses({ witness = [], witnessThreshold }: PolicyRequest): WitnessPolicy {
  const keys = witness.map(readWitnessKey);
  const threshold = witnessThreshold === undefined ? keys.length : positive('witnessThreshold', witnessThreshold);
  const named = countWitnesses(keys);
  if (threshold > named) {
    fail('POLICY_INVALID', `\`witness-threshold\` is ${threshold}, but only ${named} witnesses are specified`, {
      remedy: 'Specify the key of each witness with `witness`.',
    });
  }
  return { keys, threshold };
}

function positive(option: PolicyOption, value: string): number {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (number >= 1) return number;
  const off = { certificateLogs: 'insecure-ignore-sct', logEntries: 'insecure-ignore-tlog' };
  const instead = Object.hasOwn(off, option) ? ` To require none, use \`${off[option as keyof typeof off]}\`.` : '';
  return fail(
    'POLICY_INVALID',
    `\`${shownName(option)}\` is ${JSON.stringify(value)}, which is not a number from 1 to 99`,
    {
      remedy: `Specify a number from 1 to 99.${instead}`,
    },
  );
}

function warningsOf(
  signer: SignerPolicy,
  thresholds: Partial<Thresholds>,
  timestampOnly: Policy['timestampOnly'],
): readonly string[] {
  return [
    ...(signer.kind === 'identity' && signer.identity === 'any'
      ? ['any identity is accepted, so the signature does not prove who signed']
      : []),
    ...(signer.kind === 'identity' && signer.issuer === 'any'
      ? ['any OIDC issuer is accepted, and an issuer can assert any identity']
      : []),
    ...(thresholds.signedCertificateTimestamps === 0
      ? ['certificate transparency is not required, so misissued certificates may go unnoticed']
      : []),
    ...(thresholds.logEntries === 0
      ? ['transparency log entries are not required, so signatures may go unnoticed']
      : []),
    ...(timestampOnly === 'accept'
      ? ['bundles with a timestamp and no transparency log entry are accepted, and such signatures may go unnoticed']
      : []),
  ];
}

async function readPolicyInput(path: string, what: InputKind, world: InputWorld): Promise<string> {
  if (path === '') fail('POLICY_INVALID', `the path of the ${what} is empty`);
  return Buffer.from(await readInput(path, what, world)).toString('utf8');
}
