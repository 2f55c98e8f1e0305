/** Reads the signer that a policy expects, and writes GitHub's short names out as certificates have them. */

import { goUrl } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type Expectation, exactly, leavesOpen, matching, pathWithin } from '../../core/policy/index.ts';
import { optionName, type PolicyOption, type PolicyRequest } from '../../options/index.ts';
import { given, isGiven, policyOptions } from './request.ts';

/** The identity in the certificate, and the issuer that vouches for it. */
export interface ExpectedSigner {
  readonly identity: Expectation | 'any';
  readonly issuer: Expectation | 'any';
}

const identityOptions = [
  'certificateIdentity',
  'certificateIdentityWithin',
  'certificateIdentityGlob',
  'anyIdentity',
  'signerWorkflow',
  'signerRepo',
] as const satisfies readonly PolicyOption[];

/** The options that name the source: without them, every caller of a reusable workflow has its identity. */
const sourceOptions = [
  'repo',
  'owner',
  'sourceRepositoryId',
  'sourceOwnerId',
] as const satisfies readonly PolicyOption[];

const githubOptions = ['repo', 'owner', 'signerWorkflow', 'signerRepo'] as const satisfies readonly PolicyOption[];

const name = '[A-Za-z0-9_.-]+';
const repositoryName = new RegExp(`^(${name})/(${name})$`);
const qualifiedName = new RegExp(`^(?:(${name}(?::\\d+)?)/)?(${name})/(${name})$`);
/** The name of a workflow's file, as it is or percent-encoded as in certificates. */
const fileName = String.raw`[^/@*\p{Cc}]+\.ya?ml`;
const workflowName = new RegExp(
  `^(?:(${name}(?::\\d+)?)/)?(${name})/(${name})/(\\.github/workflows/${fileName})(?:@(.+))?$`,
  'u',
);

/**
 * Returns the signer that the options name.
 *
 * @throws CountersignError `POLICY_INVALID` if they name none, or leave open what must not be left open
 */
export function expectedSigner(request: PolicyRequest): ExpectedSigner {
  refuseRegularExpressions(request);
  const [first, ...others] = given(request, ...identityOptions);
  if (first !== undefined && others.length > 0)
    fail('POLICY_INVALID', `${[first, ...others].join(' and ')} each say who must have signed`, {
      remedy: 'Say it once.',
    });
  const [source, ...more] = given(request, 'repo', 'owner');
  if (more.length > 0)
    fail('POLICY_INVALID', `${[source, ...more].join(' and ')} each say whose build it was`, {
      remedy: 'Give `repo` alone: it says the owner as well.',
    });
  return { identity: expectedIdentity(request), issuer: expectedIssuer(request) };
}

/** Returns the address of the source repository or owner, if `repo` or `owner` names one. */
export function sourceAddress(request: PolicyRequest): string | undefined {
  const { repo, owner } = request;
  if (repo !== undefined) return `${server(request)}/${repositoryPath('repo', repo)}`;
  if (owner !== undefined) return `${server(request)}/${ownerName(owner)}`;
  return undefined;
}

function expectedIdentity(request: PolicyRequest): Expectation | 'any' {
  const { certificateIdentity, certificateIdentityWithin, certificateIdentityGlob } = request;
  if (request.anyIdentity) return 'any';
  if (certificateIdentity !== undefined) return exactIdentity(certificateIdentity);
  if (certificateIdentityWithin !== undefined) return identityWithin(certificateIdentityWithin);
  if (certificateIdentityGlob !== undefined) return identityGlob(certificateIdentityGlob);
  if (request.signerWorkflow !== undefined) return signerWorkflow(request, request.signerWorkflow);
  if (request.signerRepo !== undefined) return signerRepository(request, request.signerRepo);
  const source = sourceAddress(request);
  // The same as gh, but anchored: a workflow of the repository itself, or of its owner.
  return source === undefined ? unnamed(request) : pathWithin(source);
}

function unnamed(request: PolicyRequest): never {
  const narrowed = given(request, ...policyOptions);
  const said =
    narrowed.length === 0 ? '' : `; ${narrowed.join(', ')} alone ${narrowed.length === 1 ? 'does' : 'do'} not say it`;
  return fail('POLICY_INVALID', `nobody was named who must have signed${said}`, {
    remedy:
      'Give `repo` (owner/name, on GitHub), or `certificate-identity` with `certificate-oidc-issuer`, or `key`, or `policy` with a file that says it.',
  });
}

function exactIdentity(value: string): Expectation {
  if (value.includes('*'))
    fail('POLICY_INVALID', '`certificate-identity` is compared exactly, and no identity has a * in it', {
      remedy: 'Give `certificate-identity-glob` for a pattern.',
    });
  return named('certificateIdentity', inOneForm('certificateIdentity', value), exactly);
}

function identityWithin(value: string): Expectation {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+/.test(value) || value.includes('*'))
    fail(
      'POLICY_INVALID',
      `\`certificate-identity-within\` is ${JSON.stringify(value)}, which is no path below a host`,
      {
        remedy: 'Give at least one segment, as in `https://gitlab.com/group`.',
      },
    );
  return pathWithin(inOneForm('certificateIdentityWithin', value));
}

/** Reads a pattern. Host and owner must come before its first star, since anyone could meet it otherwise. */
function identityGlob(value: string): Expectation {
  if (value !== '' && leavesOpen('identity', [matching(value)]))
    fail('POLICY_INVALID', `the pattern ${JSON.stringify(value)} leaves open whose identity it is`, {
      remedy:
        'Write out the host and the owner (`https://github.com/owner/**`), or all behind the @ of an address; or type `any-identity` if that is what you mean.',
    });
  return named('certificateIdentityGlob', inOneForm('certificateIdentityGlob', value), matching);
}

function signerWorkflow(request: PolicyRequest, value: string): Expectation {
  demandSource(request, 'signerWorkflow');
  const [, host, owner = '', repository = '', file = '', ref = '**'] =
    workflowName.exec(value) ??
    fail('POLICY_INVALID', `\`signer-workflow\` is ${JSON.stringify(value)}`, {
      remedy:
        'Write it as `owner/name/.github/workflows/file.yml`, with `@refs/tags/v*` or another ref behind it if you like.',
    });
  // A file can be called `release.yml@evil.yml`, so that only a full ref may have an @ in it.
  if (ref.includes('@') && !ref.startsWith('refs/'))
    fail('POLICY_INVALID', `\`signer-workflow\` has the ref ${JSON.stringify(ref)}, which is no ref`, {
      remedy:
        'Write the whole ref, as in `@refs/heads/main`. Give a workflow whose name has an @ in it as `certificate-identity`.',
    });
  const address = `${serverOf(host, request)}/${owner}/${repository}/${file}@${ref}`;
  return matching(inOneForm('signerWorkflow', address));
}

/**
 * Returns an address that is plain, or as Fulcio writes it. Of one that is encoded in part, it is open which percent signs belong to the
 * name.
 */
function inOneForm(option: PolicyOption, address: string): string {
  const isOpen = /^https?:/.test(address) && address.includes('%') && goUrl(address) !== address;
  if (!isOpen) return address;
  return fail(
    'POLICY_INVALID',
    `\`${optionName(option)}\` is ${JSON.stringify(address)}, which is percent-encoded in part`,
    {
      remedy: 'Write the name as it is, without percent-encoding, or all of it as the certificate has it.',
    },
  );
}

function signerRepository(request: PolicyRequest, value: string): Expectation {
  demandSource(request, 'signerRepo');
  const [, host, owner = '', repository = ''] =
    qualifiedName.exec(value) ??
    fail('POLICY_INVALID', `\`signer-repo\` is ${JSON.stringify(value)}`, { remedy: 'Write it as `owner/name`.' });
  return pathWithin(`${serverOf(host, request)}/${owner}/${repository}`);
}

function demandSource(request: PolicyRequest, option: PolicyOption): void {
  const claims = (request.claim ?? []).map((claim) => claim.slice(0, claim.indexOf('=')));
  const isSource = /^source-repository-(owner-)?(uri|identifier)$/;
  if (given(request, ...sourceOptions).length > 0 || claims.some((claim) => isSource.test(claim))) return;
  fail('POLICY_INVALID', `\`${optionName(option)}\` says whose workflow signed, not whose build it was`, {
    remedy: 'Give `repo` or `owner` as well: others may be able to call the same workflow.',
  });
}

function expectedIssuer(request: PolicyRequest): Expectation | 'any' {
  const { certificateOidcIssuer: issuer, anyIssuer } = request;
  if (anyIssuer && issuer !== undefined)
    fail('POLICY_INVALID', '`certificate-oidc-issuer` and `any-issuer` contradict one another', {
      remedy: 'Leave `any-issuer` out.',
    });
  if (anyIssuer) return 'any';
  if (issuer !== undefined) {
    if (issuer.includes('*')) fail('POLICY_INVALID', '`certificate-oidc-issuer` is compared exactly; it has a * in it');
    return named('certificateOidcIssuer', issuer, exactly);
  }
  if (given(request, ...githubOptions).length === 0) noIssuer();
  return exactly(githubIssuer(request));
}

function noIssuer(): never {
  return fail('POLICY_INVALID', 'nobody was named who must vouch for the identity', {
    remedy:
      'Give `certificate-oidc-issuer`: any issuer could vouch for that name. For GitHub Actions it is `https://token.actions.githubusercontent.com`.',
  });
}

/** Returns the issuer of job tokens on the given GitHub. */
function githubIssuer(request: PolicyRequest): string {
  const { host } = new URL(server(request));
  if (host === 'github.com') return 'https://token.actions.githubusercontent.com';
  if (host.endsWith('.ghe.com')) return `https://token.actions.${host}`;
  return noIssuer();
}

function server(request: PolicyRequest): string {
  return serverOf(undefined, request);
}

function serverOf(host: string | undefined, { hostname = 'github.com' }: PolicyRequest): string {
  if (!/^[a-z0-9.-]+(:\d+)?$/.test(hostname))
    fail('POLICY_INVALID', `\`hostname\` is ${JSON.stringify(hostname)}`, { remedy: 'Write it as `github.com`.' });
  return `https://${host ?? hostname}`;
}

function repositoryPath(option: PolicyOption, value: string): string {
  if (!repositoryName.test(value))
    fail('POLICY_INVALID', `\`${optionName(option)}\` is ${JSON.stringify(value)}`, {
      remedy: 'Write it as `owner/name`.',
    });
  return value;
}

function ownerName(value: string): string {
  if (!/^[A-Za-z0-9_.-]+$/.test(value))
    fail('POLICY_INVALID', `\`owner\` is ${JSON.stringify(value)}`, { remedy: 'Write the name of the owner alone.' });
  return value;
}

function named(option: PolicyOption, value: string, make: (value: string) => Expectation): Expectation {
  return value === '' ? fail('POLICY_INVALID', `\`${optionName(option)}\` is empty`) : make(value);
}

function refuseRegularExpressions(request: PolicyRequest): void {
  const options = ['certificateIdentityRegexp', 'certificateOidcIssuerRegexp'] as const;
  const used = options.find((option) => isGiven(request, option));
  if (used === undefined) return;
  fail(
    'POLICY_INVALID',
    `\`${optionName(used)}\` is not taken: a regular expression that is not anchored, or in which a dot is not escaped, lets others through`,
    {
      remedy:
        'Give `certificate-identity` exactly, `certificate-identity-within` for a path, `certificate-identity-glob` for a pattern, or `repo`; issuers are always exact.',
    },
  );
}
