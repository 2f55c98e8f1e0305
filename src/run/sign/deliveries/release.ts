/** Delivers the signed files and their bundles to a GitHub release. */

import { basename } from 'node:path';
import { inContext } from '../../../core/errors/index.ts';
import { attachToRelease, type ReleaseFile, type ReleaseTarget } from '../../../deliver/index.ts';
import { openReleases } from '../../../services/github/index.ts';
import { sleep } from '../../../services/http/index.ts';
import { type Batch, type DeliveryTo, deliveryTo } from './delivery.ts';
import { type GitHubAccess, gitHubOptions } from './github-access.ts';

export interface ReleaseDelivery {
  readonly target: ReleaseTarget;
  /** Publishes the release once it has the files and bundles of all subjects. */
  readonly publish: boolean;
  /** The commit that was built. The tag must not be at another one. */
  readonly commit: string | undefined;
}

export function release(access: GitHubAccess, wanted: ReleaseDelivery): DeliveryTo<'release'> {
  return deliveryTo('release', async (batch, world) => {
    const { repository } = access;
    const { target, commit } = wanted;
    // A published release may be immutable: one that lacks a subject stays a draft.
    const publish = wanted.publish && batch.isComplete;
    const { files, cancellation } = world;
    const attached = await attachToRelease(
      filesOf(batch),
      { repository, target, publish, ...(commit !== undefined && { commit }) },
      { releases: openReleases(gitHubOptions(access, world)), files, sleep, cancellation },
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
