/** Finds the bundles that an earlier attempt of the run uploaded as a workflow artifact. */

import { join, resolve } from 'node:path';
import { maxBundleLength } from '../../../core/bundle/index.ts';
import { CountersignError, fail, systemCode } from '../../../core/errors/index.ts';
import { artifactNames, type Places } from '../../../deliver/index.ts';
import { type DownloadClient, downloadArtifact } from '../../../fetch/index.ts';
import { NotRegularFile, pathBelow, readRegularFile, untilCancelled } from '../../../node/index.ts';
import { describeClientError, openArtifactClient } from '../../../services/github/index.ts';
import type { World } from '../../world/index.ts';
import type { EarlierBundles } from '../earlier-bundles.ts';
import type { ArtifactDelivery } from './workflow-artifact.ts';

/** The number of artifacts that are downloaded. Each leg of a matrix has one, and its name does not tell the leg. */
const maxArtifacts = 16;

type Listed = Awaited<ReturnType<DownloadClient['listArtifacts']>>['artifacts'][number];

/** Returns the files that artifacts of this job have under the path of the wanted bundle. The newest artifacts are downloaded, each once. */
export function uploadedEarlier(wanted: ArtifactDelivery, places: Places, world: World): EarlierBundles {
  const root = resolve(places.bundleDirectory ?? places.workspace);
  const remedy = 'Run the job again.';
  let folders: Promise<readonly string[]> | undefined;
  return async ({ path }) => {
    const below = pathBelow(root, path);
    if (below === undefined) return [];
    const unpack = () => unpackAll(wanted, world);
    folders ??= untilCancelled(unpack, 'downloading the bundles of an earlier attempt', remedy, world.cancellation);
    const texts = await Promise.all((await folders).map((folder) => textOf(join(folder, below), world)));
    return texts.flatMap((text) => text ?? []);
  };
}

async function unpackAll(wanted: ArtifactDelivery, world: World): Promise<readonly string[]> {
  const client = await openArtifactClient();
  const isWanted = wanted.name === undefined ? artifactNames(wanted.job) : (name: string) => name === wanted.name;
  const newest = (await list(client)).filter(({ name }) => isWanted(name)).sort((one, other) => other.id - one.id);
  const folders: string[] = [];
  for (const one of newest.slice(0, maxArtifacts)) folders.push(...(await unpack(one, client, wanted, world)));
  return folders;
}

async function list(client: DownloadClient): Promise<readonly Listed[]> {
  try {
    return (await client.listArtifacts()).artifacts;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // Without the service, an earlier attempt could not upload anything.
    if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message)) return [];
    return fail(
      'SERVICE_UNAVAILABLE',
      `the workflow artifacts of this run cannot be listed: ${describeClientError(message)}`,
      { cause, remedy: 'Check githubstatus.com, and run the job again.' },
    );
  }
}

/** Unpacks an artifact into a folder that the runner deletes after the job. Returns no folder for one that is damaged, or was deleted. */
async function unpack(
  { id, name }: Listed,
  client: DownloadClient,
  { temporaryDirectory }: ArtifactDelivery,
  { files }: World,
): Promise<readonly string[]> {
  const folder = await files.mkdtemp(join(temporaryDirectory, 'countersign-earlier-'));
  const request = { artifact: { name, id }, input: 'artifact-name', missing: 'BUNDLE_MISSING', folder } as const;
  try {
    return [(await downloadArtifact(request, files, async () => client)).directory];
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'SERVICE_UNAVAILABLE') throw error;
    return [];
  }
}

async function textOf(path: string, { files }: World): Promise<string | undefined> {
  try {
    return Buffer.from(await readRegularFile(files, path, maxBundleLength)).toString('utf8');
  } catch (error) {
    const isAbsent = systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR';
    if (isAbsent || error instanceof NotRegularFile || error instanceof CountersignError) return undefined;
    throw error;
  }
}
