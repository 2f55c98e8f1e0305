/** Uploads the digests of a leg as a workflow artifact, for the job that signs them. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError, fail } from '../core/errors/index.ts';
import { fetchLegDigests, type LegDigestsFolder, listLegArtifacts } from '../fetch/index.ts';
import { describeClientError, openArtifactClient } from '../services/github/index.ts';
import {
  formatLeg,
  type Leg,
  type LegDigests,
  legArtifactName,
  legDigestsFile,
  writeLegDigests,
} from '../subject/index.ts';
import type { ArtifactClient } from './upload-artifact.ts';
import { type UploadedFolder, uploadFolder } from './upload-folder.ts';

/**
 * Uploads the digests. Those of the same leg in an earlier attempt of the run are replaced.
 *
 * @param open the client; it is large, and loaded only now
 * @throws CountersignError `USAGE` if this attempt already has digests of this leg, or the artifact is something else; `DELIVERY_FAILED`
 */
export async function uploadLegDigests(
  digests: LegDigests,
  place: LegDigestsFolder & { readonly files: Pick<typeof fs, 'writeFile'> },
  open: () => Promise<ArtifactClient> = openArtifactClient,
): Promise<UploadedFolder & { readonly name: string }> {
  const { files, temporaryDirectory } = place;
  const text = writeLegDigests(digests);
  const name = legArtifactName(digests.from);
  const client = await open();
  const reuse = async (): Promise<ArtifactClient> => client;
  const [earlier] = (await listLegArtifacts(reuse)).filter((one) => one.name === name);
  if (earlier !== undefined) {
    const found = await fetchLegDigests(earlier, place, reuse).catch(orUndefined);
    if (found === undefined || !isEarlier(found.from, digests.from)) taken(name, digests.from);
    await client.deleteArtifact(name).catch((cause: unknown) => notReplaced(name, cause));
  }
  const folder = await files.mkdtemp(join(temporaryDirectory, 'countersign-digests-'));
  await files.writeFile(join(folder, legDigestsFile), text);
  return { name, ...(await uploadFolder({ name, folder, what: 'the list of digests' }, files, reuse)) };
}

/** Returns nothing for an artifact that is not what its name says. */
function orUndefined(failure: unknown): undefined {
  if (failure instanceof CountersignError && failure.kind === 'invalid') return undefined;
  throw failure;
}

/** Reports whether digests are of the same leg in an earlier attempt. */
function isEarlier(found: Leg, own: Leg): boolean {
  return (
    found.repository === own.repository &&
    found.runId === own.runId &&
    found.job === own.job &&
    found.leg === own.leg &&
    found.attempt < own.attempt
  );
}

function taken(name: string, from: Leg): never {
  fail('USAGE', `this run already has an artifact named ${JSON.stringify(name)}, for the leg ${formatLeg(from)}`, {
    remedy: 'Set `leg` to a text that is different in each leg of the matrix and in each step with `mode: collect`.',
  });
}

function notReplaced(name: string, cause: unknown): never {
  fail(
    'DELIVERY_FAILED',
    `the artifact ${name} of an earlier attempt was not replaced: ${describeClientError(String(cause))}`,
    {
      cause,
      remedy: 'Run the job again.',
    },
  );
}
