/** Patterns that a stranger can meet, and that therefore identify nobody. */

import type { FulcioClaim } from '../certificate/index.ts';
import { type Expectation, meets } from './expectation.ts';

/** The subject of a pattern: the subject alternative name, the issuer of the identity token, or a claim of the certificate. */
export type Expected = FulcioClaim | 'identity';

/**
 * Claims that name the owner of a build, as addresses. Who can choose the first segment of the path, the owner, can choose the rest.
 */
const owned: ReadonlySet<Expected> = new Set<Expected>(['identity', 'sourceRepositoryUri', 'sourceRepositoryOwnerUri']);

/** Claims with numbers that a provider assigns: numbers with the same first digits have nothing in common. */
const numbers: ReadonlySet<Expected> = new Set<Expected>([
  'sourceRepositoryIdentifier',
  'sourceRepositoryOwnerIdentifier',
]);

/** A path or a pattern under a host and an owner that are written out: `https://github.com/owner/`. */
const namesOwner = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+\//;
/** A pattern for the names before a domain that is written out: `*@example.com`, or `*!example.com` for user names. */
const namesDomain = /^(?:[^@/]*@[^@*/\s]+|[^@!/]*![^@!*/\s]+)$/;
const namesHostAlone = /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^/]*)?$/;

/**
 * Reports whether a stranger can have a value that meets these expectations.
 *
 * @param expected the expectations, of which one is enough; an exact one leaves nothing open
 */
export function leavesOpen(what: Expected, expected: readonly Expectation[]): boolean {
  const patterns = expected.filter(({ kind }) => kind !== 'exact');
  return patterns.some((one) => isOpen(what, one)) || isMetByAll(what, patterns);
}

function isOpen(what: Expected, { kind, value }: Expectation): boolean {
  if (kind === 'path') return (owned.has(what) || workflows.has(what)) && namesHostAlone.test(value);
  // Stars and separators alone.
  if (/^[*/:.@-]+$/.test(value)) return true;
  if (what === 'identity') return !namesOwner.test(fixedPart(value)) && !namesDomain.test(value);
  if (owned.has(what)) return isAddress(fixedPart(value)) && !namesOwner.test(fixedPart(value));
  return numbers.has(what) && /^[\d*]*$/.test(value);
}

/** Returns the text before the first star. */
function fixedPart(pattern: string): string {
  return pattern.split('*', 1)[0] ?? '';
}

/** Reports whether an address can meet a pattern with this beginning. */
function isAddress(fixed: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(fixed) || ['https://', 'http://'].some((each) => each.startsWith(fixed));
}

/** Claims that name a workflow or a run. A pattern may leave a part of them open, but not the whole. */
const workflows: ReadonlySet<Expected> = new Set<Expected>(['buildSignerUri', 'buildConfigUri', 'runInvocationUri']);

/** Values of strangers who have nothing in common. Patterns that a whole group meets tell no signer from another. */
function strangers(what: Expected, host: string): readonly (readonly string[])[] {
  switch (what) {
    case 'issuer':
      return [
        ['https://a.stranger.example', 'https://b.another.test'],
        ['https://a.stranger.example/x', 'https://b.another.test/y'],
      ];
    case 'buildSignerUri':
    case 'buildConfigUri':
      return [
        [
          `https://${host}/stranger-1/one/.github/workflows/a.yml@refs/heads/x`,
          `https://${host}/stranger-2/two/.github/workflows/b.yaml@refs/tags/y`,
          `https://${host}/another/three/.github/workflows/c.yml@refs/pull/7/merge`,
        ],
      ];
    case 'runInvocationUri':
      return [[`https://${host}/stranger-1/one/actions/runs/1/attempts/2`, `https://${host}/another/two/-/jobs/345`]];
    case 'sourceRepositoryRef':
      return [['refs/heads/x', 'refs/tags/y', 'refs/pull/7/merge']];
    case 'sourceRepositoryDigest':
    case 'buildSignerDigest':
    case 'buildConfigDigest':
      return [['0123456789', 'fedcba9876', '5af05af05a'].map((digits) => digits.repeat(4))];
    case 'buildTrigger':
      return [['push', 'pull_request_target', 'workflow_dispatch', 'schedule', 'release', 'merge_group']];
    case 'runnerEnvironment':
      return [['github-hosted', 'self-hosted']];
    case 'sourceRepositoryVisibility':
      return [['public', 'private', 'internal']];
    case 'deploymentEnvironment':
      return [['production', 'staging', 'a b', 'x/y']];
    case 'tokenSubject':
      return [
        [
          'repo:stranger-1/one:ref:refs/heads/x',
          'repo:stranger-2/two:environment:production',
          'repo:another/three:pull_request',
        ],
      ];
    default:
      return [];
  }
}

function isMetByAll(what: Expected, patterns: readonly Expectation[]): boolean {
  return patterns.some(({ value }) =>
    strangers(what, /^https:\/\/([^/*\s]+)\//.exec(value)?.[1] ?? 'github.com').some((group) =>
      group.every((one) => patterns.some((pattern) => meets(pattern, one))),
    ),
  );
}
