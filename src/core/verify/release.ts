/** The attestations that GitHub makes of immutable releases: statements about a tag and the files of its release. */

import { type Digest, isHash } from '../crypto/index.ts';
import { asText, type JsonValue } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import { demandMembers, type Members, type ReleaseExpectation } from '../policy/index.ts';
import type { Statement, StatementSubject } from '../statement/index.ts';
import { type Checked, check } from './criterion.ts';

/** A release, as a statement describes it. */
export interface Release {
  /** `owner/name` */
  readonly repository: string;
  readonly tag: string;
  /** The commit of the tag, in hexadecimal. */
  readonly commit: string;
  readonly repositoryId: string;
  readonly ownerId: string;
  readonly assets: readonly ReleaseAsset[];
}

export interface ReleaseAsset {
  readonly name: string;
  readonly digest: Digest;
}

/** The predicate types that GitHub has used. The second version renamed a member that is not used here. */
const releasePredicateTypes = [
  'https://in-toto.io/attestation/release/v0.1',
  'https://in-toto.io/attestation/release/v0.2',
] as const;

const members: Members<ReleaseExpectation> = {
  repository: true,
  tag: true,
  commits: true,
  repositoryIds: true,
  ownerIds: true,
};

/** Validates an expectation, since not every caller has types. @throws CountersignError `POLICY_INVALID` */
function checkRelease(expected: ReleaseExpectation): void {
  demandMembers(expected, members, 'policy.content.release');
  const { repository, tag, commits = [], repositoryIds = [], ownerIds = [] } = expected;
  for (const list of [commits, repositoryIds, ownerIds])
    if (!Array.isArray(list)) fail('POLICY_INVALID', 'a list of policy.content.release is not a list');
  const texts = [repository, tag, ...commits, ...repositoryIds, ...ownerIds];
  if (texts.some((one) => typeof one !== 'string' || one === ''))
    fail('POLICY_INVALID', 'a value of policy.content.release is empty');
}

/** Returns the expected release, for people. */
function describeRelease({ repository, tag, commits = [] }: ReleaseExpectation): string {
  return `${repository}@${tag}${commits.length === 0 ? '' : `, commit ${commits.join(' or ')}`}`;
}

/**
 * Reads the release that a statement is about.
 *
 * @throws CountersignError `PREDICATE_TYPE_MISMATCH`; `STATEMENT_INVALID` if its parts contradict each other, or it names a file twice
 */
function readRelease({ predicateType, predicate, subjects: [first, ...others] }: Statement): Release {
  if (!releasePredicateTypes.some((type) => type === predicateType))
    fail(
      'PREDICATE_TYPE_MISMATCH',
      `the predicate type is ${JSON.stringify(predicateType)}; expected that of a release, ${JSON.stringify(releasePredicateTypes.join(' or '))}`,
    );
  const [repository, tag] = [text(predicate.repository, 'repository'), text(predicate.tag, 'tag')];
  const purl = text(predicate.purl, 'purl');
  if (!isPackageUrl(purl, repository, tag))
    fail('STATEMENT_INVALID', `the predicate is about ${repository}@${tag}, but its purl is ${JSON.stringify(purl)}`);
  return {
    repository,
    tag,
    commit: commitOf(first, purl),
    repositoryId: id(predicate.repositoryId, 'repositoryId'),
    ownerId: id(predicate.ownerId, 'ownerId'),
    assets: assetsOf(others),
  };
}

/**
 * Examines whether a signed statement is about the expected release.
 *
 * @param signature `undefined` if the signature does not verify; without a statement, if it is over something else
 * @throws CountersignError `POLICY_INVALID` if the expectation is invalid
 */
export async function examineRelease(
  signature: { readonly statement: Statement | undefined } | undefined,
  expected: ReleaseExpectation,
): Promise<Checked<Release>> {
  checkRelease(expected);
  return check(
    { name: 'release', expected: describeRelease(expected) },
    { signature },
    (basis) => matchRelease(basis.signature.statement, expected),
    ({ repository, tag, commit }) => `${repository}@${tag}, commit ${commit}`,
  );
}

/**
 * Compares the release that a statement is about with the expected one.
 *
 * @param statement `undefined` if something else was signed
 * @throws CountersignError `RELEASE_MISMATCH`, and those of {@link readRelease}
 */
function matchRelease(statement: Statement | undefined, expected: ReleaseExpectation): Release {
  if (statement === undefined) fail('PREDICATE_TYPE_MISMATCH', 'the signature is not over a statement about a release');
  const release = readRelease(statement);
  const { repository, tag } = release;
  if (repository !== expected.repository || tag !== expected.tag)
    fail(
      'RELEASE_MISMATCH',
      `the attestation is of the release ${JSON.stringify(`${repository}@${tag}`)}; expected ${JSON.stringify(`${expected.repository}@${expected.tag}`)}`,
    );
  demandOneOf(expected.commits, release.commit, 'commit of the tag');
  demandOneOf(expected.repositoryIds, release.repositoryId, 'ID of the repository');
  demandOneOf(expected.ownerIds, release.ownerId, 'ID of the owner');
  return release;
}

function demandOneOf(expected: readonly string[] | undefined, found: string, what: string): void {
  if (expected !== undefined && !expected.includes(found))
    fail('RELEASE_MISMATCH', `the ${what} is ${found}; expected ${expected.join(' or ')}`);
}

/** Returns the commit of the tag, which is the first subject. It has the address of the release, and no name that a file could have. */
function commitOf(subject: StatementSubject | undefined, purl: string): string {
  if (subject?.uri !== purl || subject.name !== '')
    fail('STATEMENT_INVALID', `the first subject is not the tag of the release, ${JSON.stringify(purl)}`);
  return subject.commit ?? fail('STATEMENT_INVALID', 'the tag of the release has no commit');
}

function assetsOf(subjects: readonly StatementSubject[]): readonly ReleaseAsset[] {
  const names = new Set<string>();
  return subjects.map(({ name, digests, uri }, index) => {
    const digest = digests.filter(isHash).find(({ algorithm }) => algorithm === 'sha256');
    if (name === '' || uri !== undefined || digest === undefined)
      fail(
        'STATEMENT_INVALID',
        `subject[${index + 1}] is not a file of the release: it needs a name and a sha256 digest`,
      );
    if (names.has(name)) fail('STATEMENT_INVALID', `the statement names the file ${JSON.stringify(name)} twice`);
    names.add(name);
    return { name, digest };
  });
}

/**
 * Reports whether a package URL (`pkg:github/owner/name@tag`) is that of a release. Its tag may be percent-encoded, and the letters of owner
 * and name may be lower-case ones: its specification says so for GitHub.
 */
function isPackageUrl(purl: string, repository: string, tag: string): boolean {
  const [, path = '', version = ''] = /^pkg:github\/([^/@?#]+\/[^/@?#]+)@([^?#]+)$/.exec(purl) ?? [];
  return (path === repository || path === lowerCase(repository)) && (version === tag || decoded(version) === tag);
}

/** Folds ASCII letters alone: letters of other scripts can look like others. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function text(value: JsonValue | undefined, member: string): string {
  return asText(value) || fail('STATEMENT_INVALID', `predicate.${member} is missing`);
}

function id(value: JsonValue | undefined, member: string): string {
  const found = text(value, member);
  return /^\d+$/.test(found) ? found : fail('STATEMENT_INVALID', `predicate.${member} is not a numeric ID`);
}
