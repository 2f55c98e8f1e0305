/** Delivers the signed files and their bundles to a GitHub release. */

import { basename } from 'node:path';
import { inContext } from '../../../core/errors/index.ts';
import { attachToRelease, type ReleaseFile, type ReleaseTarget, type ReleaseWorld } from '../../../deliver/index.ts';
import { type GitHubRelease, openReleases, type ReleaseClient } from '../../../services/github/index.ts';
import { sleep } from '../../../services/http/index.ts';
import type { World } from '../../world/index.ts';
import { type Batch, type DeliveryTo, deliveryTo } from './delivery.ts';
import { type GitHubAccess, gitHubOptions } from './github-access.ts';

export interface ReleaseDelivery {
  readonly target: ReleaseTarget;
  /** Publishes the release once it has the files and bundles of all subjects, and all its assets verify; then verifies them again. */
  readonly publish: boolean;
  /** The commit that was built. The tag must not be at another one. */
  readonly commit: string | undefined;
  /** Where bundles are written while they are examined. */
  readonly temporaryDirectory: string;
}

/** The number of assets that are downloaded and verified at once. */
const concurrency = 4;

export function release(access: GitHubAccess, wanted: ReleaseDelivery): DeliveryTo<'release'> {
  return deliveryTo('release', async (batch, world) => {
    const { repository } = access;
    const { target, commit, temporaryDirectory } = wanted;
    // A published release may be immutable: one that lacks a subject stays a draft.
    const publish = wanted.publish && batch.isComplete;
    const { files, cancellation } = world;
    const releases = openReleases(gitHubOptions(access, world));
    const check: ReleaseWorld['check'] = (found, attachedFiles) =>
      demandVerifiable(found, attachedFiles, { batch, releases, temporaryDirectory }, world);
    const attached = await attachToRelease(
      filesOf(batch),
      { repository, target, publish, ...(commit !== undefined && { commit }) },
      { releases, files, sleep, cancellation, check },
    );
    const { outcomes, publication } = attached;
    const count = (wantedKind: 'uploaded' | 'already-there'): number =>
      outcomes.filter(({ kind }) => kind === wantedKind).length;
    const failures = outcomes.flatMap((one) =>
      one.kind === 'failed' ? [inContext(one.error.code, `${one.file.name} was not attached`, one.error)] : [],
    );
    const unpublished =
      publication.kind === 'failed'
        ? [inContext(publication.error.code, 'the release was not published', publication.error)]
        : publication.kind === 'check-failed'
          ? [inContext(publication.error.code, 'the release is published, and its check failed', publication.error)]
          : [];
    return {
      place: attached.release.tag,
      ids: [attached.release.id.toString()],
      urls: [attached.release.url],
      delivered: count('uploaded'),
      present: count('already-there'),
      value: undefined,
      failures: [...failures, ...unpublished],
    };
  });
}

interface Check {
  readonly batch: Batch;
  readonly releases: ReleaseClient;
  readonly temporaryDirectory: string;
}

/**
 * Demands that every asset of a release verifies as its users get it: of a draft with the token, of a published release without one.
 *
 * @throws CountersignError the most severe failure
 */
async function demandVerifiable(
  { repository, id }: GitHubRelease,
  expected: ReadonlyMap<string, string>,
  { batch, releases, temporaryDirectory }: Check,
  world: World,
): Promise<void> {
  const { checkRelease } = await import('../../release-check/index.ts');
  const { demandVerified } = await import('../../verify/index.ts');
  const request = { repository, target: { kind: 'id', id }, expected, only: false, concurrency } as const;
  const { report } = await checkRelease(
    { ...request, ...(await batch.verification()) },
    releases,
    temporaryDirectory,
    world,
  );
  demandVerified(report);
}

/** Returns the signed files, and the bundles of all subjects, each once. */
function filesOf({ signed }: Batch): readonly ReleaseFile[] {
  const files = signed.flatMap(({ subject }) => (subject.kind === 'file' ? [subject.path] : []));
  const bundles = signed.map(({ bundlePath }) => bundlePath);
  return [...new Set([...files, ...bundles])].map((path) => ({
    path,
    name: basename(path),
    ...(bundles.includes(path) && { contentType: 'application/json' }),
  }));
}
