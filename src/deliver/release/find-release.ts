/** Finds the release to attach to, or creates its draft. Several jobs that do so at once end up with one draft. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import type { GitHubRelease, ReleaseClient } from '../../services/github/index.ts';
import type { ReleaseRequest } from './release-request.ts';

export interface FoundRelease {
  readonly release: GitHubRelease;
  readonly isNew: boolean;
}

/** Marks drafts that were created here, in their notes, where it is not shown. Only such drafts are ever deleted. */
export const draftMark = '<!-- draft created by countersign -->';
const maxAttempts = 3;

/**
 * Finds the release, or creates the draft. Nothing is created for a tag at another commit.
 *
 * @throws CountersignError `RELEASE_MISSING`; `RELEASE_AMBIGUOUS`; `RELEASE_TAG_MOVED`; `RELEASE_TAG_USED`; those of the client
 */
export async function findRelease(releases: ReleaseClient, request: ReleaseRequest): Promise<FoundRelease> {
  const { repository, target } = request;
  if (target.kind === 'id') {
    const release =
      (await releases.findById(repository, target.id)) ??
      fail('RELEASE_MISSING', `${repository} has no release with the ID ${target.id} that the token can see`);
    await demandCommit(releases, request, release.tag, release);
    return { release, isNew: false };
  }
  const { tag } = target;
  const published = await releases.findByTag(repository, tag);
  const found = published ?? (await chooseDraft(releases, await releases.draftsOf(repository, tag)));
  const tagExists = await demandCommit(releases, request, tag, found);
  if (found !== undefined) return { release: found, isNew: false };
  return createDraft(releases, request, tag, tagExists);
}

/** Demands that only one draft has the tag, immediately before the draft is published. */
export async function demandOnlyDraft(releases: ReleaseClient, { id, repository, tag }: GitHubRelease): Promise<void> {
  const others = (await releases.draftsOf(repository, tag)).filter((draft) => draft.id !== id);
  if (others.length > 0) ambiguous(repository, tag, [id, ...others.map((draft) => draft.id)]);
}

/**
 * Demands that the tag is at the commit that was built, or will be created there.
 *
 * @returns true if the tag exists
 * @throws CountersignError `RELEASE_TAG_MOVED`
 */
async function demandCommit(
  releases: ReleaseClient,
  { repository, commit }: ReleaseRequest,
  tag: string,
  release: GitHubRelease | undefined,
): Promise<boolean> {
  const found = await releases.commitOfTag(repository, tag);
  if (commit === undefined) return found !== undefined;
  if (found !== undefined && found !== commit)
    fail(
      'RELEASE_TAG_MOVED',
      `the tag ${JSON.stringify(tag)} of ${repository} is at the commit ${found}, but ${commit} was built`,
    );
  // Publication creates the tag there. A branch may lead anywhere by then.
  const target = release?.target ?? '';
  if (found === undefined && /^[0-9a-f]{40}$/.test(target) && target !== commit)
    fail(
      'RELEASE_TAG_MOVED',
      `the draft for ${JSON.stringify(tag)} of ${repository} would create the tag at the commit ${target}, but ${commit} was built`,
      { remedy: 'Delete the draft if it is outdated, and run again, or release under another tag.' },
    );
  return found !== undefined;
}

/**
 * Creates the draft, unless another job did so at the same time: of several, the oldest is used. A creation whose response was lost is
 * noticed in the list.
 */
async function createDraft(
  releases: ReleaseClient,
  { repository, commit, draft = {} }: ReleaseRequest,
  tag: string,
  tagExists: boolean,
): Promise<FoundRelease> {
  const body = draft.body === undefined || draft.body === '' ? draftMark : `${draft.body}\n\n${draftMark}`;
  const target = tagExists || commit === undefined ? {} : { target: commit };
  for (let attempt = 1; ; attempt++) {
    const created = await unlessOutage(attempt === maxAttempts, () =>
      releases.createDraft(repository, { ...draft, tag, ...target, body }),
    );
    const listed = await releases.draftsOf(repository, tag);
    // The list can be late.
    const isLate = created !== undefined && !listed.some(({ id }) => id === created.id);
    const drafts = isLate ? [...listed, created].sort((a, b) => a.id - b.id) : listed;
    const release = await chooseDraft(releases, drafts);
    if (release !== undefined) return { release, isNew: release.id === created?.id };
  }
}

/** Returns what a request returns; `undefined` for an outage, unless it is the last attempt. */
async function unlessOutage<Value>(isLast: boolean, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isOutage(error) || isLast) throw error;
    return undefined;
  }
}

/** Reports whether a request may have had its effect although it failed, and can be tried again. */
export function isOutage(error: unknown): boolean {
  return (
    error instanceof CountersignError && (error.code === 'SERVICE_UNAVAILABLE' || error.code === 'NETWORK_UNAVAILABLE')
  );
}

/**
 * Returns the oldest draft, and deletes empty ones that other jobs created here at the same time and did not delete.
 *
 * @param drafts the oldest first
 * @throws CountersignError `RELEASE_AMBIGUOUS` if another draft has assets, or was not created here
 */
async function chooseDraft(
  releases: ReleaseClient,
  [oldest, ...others]: readonly GitHubRelease[],
): Promise<GitHubRelease | undefined> {
  if (oldest === undefined) return undefined;
  for (const draft of others)
    if (!draft.body.includes(draftMark) || draft.hasAssets)
      ambiguous(oldest.repository, oldest.tag, [oldest.id, ...others.map(({ id }) => id)]);
  for (const draft of others) await releases.deleteDraft(draft);
  return oldest;
}

function ambiguous(repository: string, tag: string, ids: readonly number[]): never {
  return fail(
    'RELEASE_AMBIGUOUS',
    `several drafts of ${repository} have the tag ${JSON.stringify(tag)}: ${ids.join(', ')}`,
    {
      remedy: 'Delete the drafts that you do not need, or specify the ID of the draft in place of the tag.',
    },
  );
}
