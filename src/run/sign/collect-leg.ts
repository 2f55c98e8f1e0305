/** Hashes what a leg hands over to the job that signs. Nothing is signed, and nothing is requested from the network. */

import { fail } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import { formatRepository } from '../../services/registry/index.ts';
import {
  digestFile,
  formatImage,
  type Leg,
  type LegDigests,
  type LegSubject,
  type LocalSubject,
  readImageName,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { hashedAtOnce } from './attest.ts';
import { findLocal, type SignRequest } from './sign-run.ts';

export interface LegRequest extends Pick<SignRequest, 'subjects' | 'places' | 'signBundles'> {
  /** Images by their digests: `registry/name@sha256:…`. */
  readonly images: readonly string[];
  readonly from: Leg;
}

/**
 * Finds and hashes the subjects of a leg. If one of them fails, there is no list.
 *
 * @throws CountersignError `USAGE` for an image without a digest; those of finding and hashing subjects
 */
export async function collectLeg(request: LegRequest, world: Pick<World, 'files'>): Promise<LegDigests> {
  const images = request.images.map(imageSubject);
  const { subjects } = await findLocal(request, images.length > 0, world);
  const hashed = await mapConcurrently(subjects, (subject) => hash(subject, world), hashedAtOnce);
  const distinct = new Map(images.map((image) => [formatImage(image), image]));
  return { from: request.from, subjects: [...hashed, ...distinct.values()] };
}

function imageSubject(line: string): LegSubject {
  const image = readImageName(line);
  if (image.kind === 'path' || image.reference.digest === undefined)
    fail('USAGE', `the image ${JSON.stringify(line)} has no digest, which \`mode: collect\` requires`, {
      remedy:
        'Set `images` to registry/name@sha256:…, for example with the output `digest` of docker/build-push-action.',
    });
  const { repository, digest } = image.reference;
  return { kind: 'image', name: formatRepository(repository), digest };
}

async function hash(subject: LocalSubject, { files }: Pick<World, 'files'>): Promise<LegSubject> {
  const { name } = subject;
  if (subject.kind === 'digest') return { kind: 'digest', name, digest: subject.digest };
  let size = 0;
  const digest = await digestFile(files, subject, 'sha256', (bytes) => {
    size += bytes.length;
  });
  return { kind: 'file', name, digest, size };
}
