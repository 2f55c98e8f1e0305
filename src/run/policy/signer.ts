/** Reads the signer that a policy expects, and writes GitHub's short names out as certificates have them. */

import { goUrl } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type Expectation, exactly, leavesOpen, matching, pathWithin } from '../../core/policy/index.ts';
import type { PolicyOption, PolicyRequest } from '../../options/index.ts';
import { given, isGiven, policyOptions, shownName } from './request.ts';

/** The identity in the certificate, and the issuer that authenticated it. */
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
  'gitlabProject',
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
    fail('POLICY_INVALID', `${[first, ...others].join(' and ')} cannot be combined: each specifies the signer`, {
      remedy: 'Specify only one of them.',
    });
  const [source, ...more] = given(request, 'repo', 'owner', 'gitlabProject');
  if (more.length > 0)
    fail('POLICY_INVALID', `${[source, ...more].join(' and ')} cannot be combined: each specifies the source`, {
      remedy: 'Specify only one of them. `repo` includes the owner.',
    });
  return { identity: expectedIdentity(request), issuer: expectedIssuer(request) };
}

/** Returns the address of the source repository or owner, if `repo`, `owner` or `gitlab-project` names one. */
export function sourceAddress(request: PolicyRequest): string | undefined {
  const { repo, owner, gitlabProject } = request;
  if (gitlabProject !== undefined) return `${gitlabServer(request)}/${projectPath(gitlabProject)}`;
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
    narrowed.length === 0 ? '' : `; ${narrowed.join(', ')} alone ${narrowed.length === 1 ? 'is' : 'are'} not enough`;
  return fail('POLICY_INVALID', `no signer specified${said}`, {
    remedy:
      'Set `repo` (owner/name, on GitHub), `gitlab-project`, `certificate-identity` with `certificate-oidc-issuer`, `key`, or `policy` with a file that specifies the signer.',
  });
}

function exactIdentity(value: string): Expectation {
  if (value.includes('*'))
    fail('POLICY_INVALID', '`certificate-identity` contains a *, but it is compared exactly', {
      remedy: 'Use `certificate-identity-glob` for a pattern.',
    });
  return named('certificateIdentity', inOneForm('certificateIdentity', value), exactly);
}

function identityWithin(value: string): Expectation {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+/.test(value) || value.includes('*'))
    fail(
      'POLICY_INVALID',
      `\`certificate-identity-within\` is ${JSON.stringify(value)}, which has no path after the host`,
      {
        remedy: 'Specify at least one path segment, as in `https://gitlab.com/group`.',
      },
    );
  return pathWithin(inOneForm('certificateIdentityWithin', value));
}

/** Reads a pattern. Host and owner must come before its first star, since anyone could meet it otherwise. */
function identityGlob(value: string): Expectation {
  if (value !== '' && leavesOpen('identity', [matching(value)]))
    fail('POLICY_INVALID', `the identity pattern ${JSON.stringify(value)} is too broad: it does not fix an owner`, {
      remedy:
        'Spell out the host and the owner, as in `https://github.com/owner/**`, or the domain of an email address. To accept any identity, use `any-identity`.',
    });
  return named('certificateIdentityGlob', inOneForm('certificateIdentityGlob', value), matching);
}

function signerWorkflow(request: PolicyRequest, value: string): Expectation {
  demandSource(request, 'signerWorkflow');
  const [, host, owner = '', repository = '', file = '', ref = '**'] =
    workflowName.exec(value) ??
    fail('POLICY_INVALID', `\`signer-workflow\` is ${JSON.stringify(value)}, which is not the path of a workflow`, {
      remedy:
        'Use the form `owner/name/.github/workflows/file.yml`, optionally followed by a ref such as `@refs/tags/v*`.',
    });
  // A file can be called `release.yml@evil.yml`, so that only a full ref may have an @ in it.
  if (ref.includes('@') && !ref.startsWith('refs/'))
    fail('POLICY_INVALID', `\`signer-workflow\` has the ref ${JSON.stringify(ref)}, which is not a full ref`, {
      remedy:
        'Specify the full ref, as in `@refs/heads/main`. If the file name of the workflow contains an @, use `certificate-identity`.',
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
    `\`${shownName(option)}\` is ${JSON.stringify(address)}, which is only partly percent-encoded`,
    {
      remedy: 'Write the whole name without percent-encoding, or exactly as in the certificate.',
    },
  );
}

function signerRepository(request: PolicyRequest, value: string): Expectation {
  demandSource(request, 'signerRepo');
  const [, host, owner = '', repository = ''] =
    qualifiedName.exec(value) ??
    fail('POLICY_INVALID', `\`signer-repo\` is ${JSON.stringify(value)}, which is not a repository`, {
      remedy: 'Use the form `owner/name`.',
    });
  return pathWithin(`${serverOf(host, request)}/${owner}/${repository}`);
}

function demandSource(request: PolicyRequest, option: PolicyOption): void {
  const claims = (request.claim ?? []).map((claim) => claim.slice(0, claim.indexOf('=')));
  const isSource = /^source-repository-(owner-)?(uri|identifier)$/;
  if (given(request, ...sourceOptions).length > 0 || claims.some((claim) => isSource.test(claim))) return;
  fail('POLICY_INVALID', `\`${shownName(option)}\` specifies the signing workflow but not the source repository`, {
    remedy: 'Set `repo` or `owner` as well, because other repositories may be able to call the same workflow.',
  });
}

function expectedIssuer(request: PolicyRequest): Expectation | 'any' {
  const { certificateOidcIssuer: issuer, anyIssuer, issuerPreset } = request;
  const options = given(request, 'certificateOidcIssuer', 'issuerPreset', 'anyIssuer');
  if (options.length > 1)
    fail('POLICY_INVALID', `${options.join(' and ')} contradict each other`, {
      remedy: anyIssuer ? 'Omit `any-issuer`.' : 'Specify only one of them.',
    });
  if (anyIssuer) return 'any';
  if (issuerPreset !== undefined) return exactly(presetIssuer(issuerPreset));
  if (issuer !== undefined) {
    if (issuer.includes('*'))
      fail('POLICY_INVALID', '`certificate-oidc-issuer` contains a *, but it is compared exactly');
    return named('certificateOidcIssuer', issuer, exactly);
  }
  if (request.gitlabProject !== undefined) return exactly(gitlabServer(request));
  if (given(request, ...githubOptions).length === 0) noIssuer();
  return exactly(githubIssuer(request));
}

function noIssuer(): never {
  return fail('POLICY_INVALID', 'no OIDC issuer specified', {
    remedy:
      'Set `certificate-oidc-issuer`, or `issuer-preset` with a name such as github or gitlab, because any issuer could assert this identity.',
  });
}

/** The issuers that have a name in the option. Those of people are the ones at which they log in. */
const issuers: Readonly<Record<string, string>> = {
  github: 'https://token.actions.githubusercontent.com',
  gitlab: 'https://gitlab.com',
  buildkite: 'https://agent.buildkite.com',
  circleci: 'https://oidc.circleci.com',
  codeberg: 'https://codeberg.org/api/actions',
  google: 'https://accounts.google.com',
  'github-login': 'https://github.com/login/oauth',
  microsoft: 'https://login.microsoftonline.com',
};

function presetIssuer(name: string): string {
  const issuer = Object.hasOwn(issuers, name) ? issuers[name] : undefined;
  return (
    issuer ??
    fail('POLICY_INVALID', `\`issuer-preset\` is ${JSON.stringify(name)}, which is not a known issuer`, {
      remedy: `Use one of ${Object.keys(issuers).join(', ')}, or specify the URL with \`certificate-oidc-issuer\`.`,
    })
  );
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

/** Returns the address of the given GitLab, which is also the issuer of its job tokens. */
function gitlabServer({ hostname = 'gitlab.com' }: PolicyRequest): string {
  return serverOf(undefined, { hostname });
}

function serverOf(host: string | undefined, { hostname = 'github.com' }: PolicyRequest): string {
  if (!/^[a-z0-9.-]+(:\d+)?$/.test(hostname))
    fail('POLICY_INVALID', `\`hostname\` is ${JSON.stringify(hostname)}, which is not a host name`, {
      remedy: 'Specify only the host, as in `github.com`.',
    });
  return `https://${host ?? hostname}`;
}

function repositoryPath(option: PolicyOption, value: string): string {
  if (!repositoryName.test(value))
    fail('POLICY_INVALID', `\`${shownName(option)}\` is ${JSON.stringify(value)}, which is not a repository`, {
      remedy: 'Use the form `owner/name`.',
    });
  return value;
}

/** A project of GitLab can be in groups within groups. */
function projectPath(value: string): string {
  if (!new RegExp(`^${name}(?:/${name})+$`).test(value))
    fail('POLICY_INVALID', `\`gitlab-project\` is ${JSON.stringify(value)}, which is not a project`, {
      remedy: 'Use the full path of the project, as in `group/name` or `group/subgroup/name`.',
    });
  return value;
}

function ownerName(value: string): string {
  if (!/^[A-Za-z0-9_.-]+$/.test(value))
    fail('POLICY_INVALID', `\`owner\` is ${JSON.stringify(value)}, which is not an owner`, {
      remedy: 'Specify only the name of the owner.',
    });
  return value;
}

function named(option: PolicyOption, value: string, make: (value: string) => Expectation): Expectation {
  return value === '' ? fail('POLICY_INVALID', `\`${shownName(option)}\` is empty`) : make(value);
}

function refuseRegularExpressions(request: PolicyRequest): void {
  const options = ['certificateIdentityRegexp', 'certificateOidcIssuerRegexp'] as const;
  const used = options.find((option) => isGiven(request, option));
  if (used === undefined) return;
  fail(
    'POLICY_INVALID',
    `\`${shownName(used)}\` is not supported: a regular expression that is not anchored, or in which a dot is not escaped, accepts unintended identities`,
    {
      remedy:
        'Use `certificate-identity` for an exact identity, `certificate-identity-within` for a path, `certificate-identity-glob` for a pattern, or `repo`. Issuers are always compared exactly.',
    },
  );
}
