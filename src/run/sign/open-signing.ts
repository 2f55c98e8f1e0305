/** Opens what every signing run needs: an identity that may sign here, an instance, and a session. */

import { rememberSignaturesOf } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { exactIdentity } from '../../core/policy/index.ts';
import { type LogVersion, type SelectedServices, selectServices } from '../../core/trust/index.ts';
import type { Policy, TrustedRoot } from '../../core/verify/index.ts';
import type { Places } from '../../deliver/index.ts';
import {
  checkIssuer,
  checkPrivacy,
  checkTrigger,
  hidesVisibility,
  type IdentityToken,
  publishedClaims,
  type TokenSource,
} from '../../identity/index.ts';
import { type LogFallback, openSession, type SigningSession } from '../../sign/index.ts';
import type { Instance, World } from '../world/index.ts';
import { demandVerifiable } from './demand-verifiable.ts';

export interface SigningRequest {
  /** Loads the instance, over the network if necessary. Called only after the identity has been found to be one that may sign. */
  readonly instance: (token: IdentityToken) => Promise<Instance>;
  readonly logVersion: LogVersion | undefined;
  /** What is done if a transparency log is down until the retry budget is used up (default: `fail`). */
  readonly onOutage?: 'fail' | LogFallback['kind'] | undefined;
  /** The path of the policy file that has to allow it. */
  readonly policy?: string | undefined;
  /** Disposed of with the signing, or when it cannot be opened. */
  readonly tokens: TokenSource;
  readonly allowDangerousTriggers: boolean;
  readonly allowPublicLog: boolean;
  /** Called before a job signs whose repository may be private, with the claims that the public log will show. */
  readonly onPublication?: (claims: ReturnType<typeof publishedClaims>) => void;
  /** The folders that bundles may be written to. */
  readonly places: Places;
}

/** The identity that signs, and what its bundles must satisfy. */
export interface Signing extends Disposable {
  readonly session: SigningSession;
  readonly instance: Instance;
  readonly services: SelectedServices;
  /** What is done if a transparency log is down; `undefined` if signing fails then. */
  readonly fallback: LogFallback | undefined;
  readonly token: IdentityToken;
  readonly trust: TrustedRoot;
  readonly policy: Policy;
  /** The policy for a bundle that an outage left without a log entry: that of verifiers who accept a timestamp alone. */
  readonly timestampOnlyPolicy: Policy;
  readonly places: Places;
}

/**
 * Opens a signing session for the identity of this run. Dispose of it, or use `using`.
 *
 * @throws CountersignError `POLICY_INVALID` if the policy does not allow what is to be done during an outage; `TRIGGER_REFUSED`, `PUBLIC_LOG_REFUSED`; `USAGE` for a log version that the instance does not have, or an issuer
 *   that it does not accept; those of
 *   {@link demandVerifiable}, the identity and the instance
 */
export async function openSigning(request: SigningRequest, world: World): Promise<Signing> {
  try {
    return await open(request, world);
  } catch (error) {
    request.tokens[Symbol.dispose]();
    throw error;
  }
}

async function open(request: SigningRequest, world: World): Promise<Signing> {
  const { logVersion } = request;
  await demandAllowed(request, world);
  const first = await request.tokens();
  checkTrigger(first.claims, request.allowDangerousTriggers);
  const instance = await request.instance(first);
  checkIssuer(first, instance.name);
  demandLogVersion(instance, logVersion);
  const services = selectServices(instance.signingConfig, world.clock(), logVersion);
  demandVerifiable(services, instance, world.clock());
  const fallback = await fallbackOf(request, services, instance, world);
  if (instance.publicLog) {
    checkPrivacy(first.claims, request.allowPublicLog);
    if (hidesVisibility(first) && !request.allowPublicLog) request.onPublication?.(publishedClaims(first.claims));
  }
  const tokens = await completeTokens(request.tokens, first, services.certificateAuthority.url, world);
  const token = await tokens();
  const { trust, thresholds, sandbox } = instance;
  // The bundles of a run have one certificate, with one signed certificate timestamp, and those of a batch of Rekor v2 one checkpoint.
  for (const { publicKey } of [...trust.certificateTransparencyLogs, ...trust.transparencyLogs])
    rememberSignaturesOf(publicKey);
  const policy = exactIdentity(token.certificateIdentity, token.certificateIssuer, { thresholds, sandbox });
  const session = openSession({ ...world, tokens, services, fallback, trust, requirements: policy });
  return {
    session,
    instance,
    services,
    fallback,
    token,
    trust,
    policy,
    timestampOnlyPolicy: { ...policy, timestampOnly: 'accept' },
    places: request.places,
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

/** Demands that the policy allows what is to be done during an outage. A policy file is checked in any case. */
async function demandAllowed(request: SigningRequest, world: World): Promise<void> {
  const { onOutage = 'fail', policy } = request;
  if (onOutage === 'fail' && policy === undefined) return;
  const { demandAllowedOnOutage } = await import('./on-outage.ts');
  await demandAllowedOnOutage(onOutage, policy, world);
}

async function fallbackOf(
  { onOutage = 'fail' }: SigningRequest,
  services: SelectedServices,
  instance: Instance,
  { clock }: World,
): Promise<LogFallback | undefined> {
  if (onOutage === 'fail') return undefined;
  const { selectFallback } = await import('./on-outage.ts');
  return selectFallback(onOutage, services, instance, clock());
}

/** Returns the tokens with whole identities. Of a user, the token has only a part. */
async function completeTokens(
  tokens: TokenSource,
  first: IdentityToken,
  certificateAuthority: string,
  { http }: World,
): Promise<TokenSource> {
  if (first.kind.name !== 'username') return tokens;
  const { withDomain } = await import('./user-name.ts');
  return withDomain(tokens, first, http, certificateAuthority);
}

/** Demands a log of the requested version: neither another version nor no log is used instead. */
function demandLogVersion(instance: Instance, logVersion: LogVersion | undefined): void {
  const versions = instance.signingConfig.transparencyLogs.map(({ majorApiVersion }) => majorApiVersion);
  if (logVersion === undefined || versions.includes(logVersion)) return;
  fail('USAGE', `the instance ${instance.name} has no transparency log with API version ${logVersion}`, {
    remedy: 'Omit `log-version`.',
  });
}
