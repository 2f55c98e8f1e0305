import type { Secret } from '../../node/index.ts';
import type { VerificationReport } from '../../report/index.ts';
import { openReleases } from '../../services/github/index.ts';
import type { World } from '../world/index.ts';
import { checkRelease, type ReleaseCheckRequest } from './check-release.ts';
import { readReleasePlace } from './read-release-place.ts';

export interface ReleaseAssetsRequest extends Pick<ReleaseCheckRequest, 'policy' | 'trust' | 'concurrency'> {
  /** `owner/name@tag`, or `owner/name#ID`. */
  readonly place: string;
  /** The names of assets that have to be there. */
  readonly files: readonly string[];
  readonly token: Secret | undefined;
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string | undefined;
  /** Where bundles are written while they are examined. */
  readonly temporaryDirectory: string;
}

/**
 * Verifies the assets of the release that an option names, as {@link checkRelease} does.
 *
 * @throws CountersignError `USAGE` for a text that names no release; those of {@link checkRelease}
 */
export async function verifyReleaseAssets(
  { place, files, token, apiUrl, temporaryDirectory, ...request }: ReleaseAssetsRequest,
  world: World,
): Promise<VerificationReport> {
  const { http, clock } = world;
  const target = readReleasePlace(place);
  const expected = new Map(files.map((name) => [name, undefined]));
  const releases = openReleases({ http, clock, token, apiUrl });
  const { report } = await checkRelease(
    { ...request, ...target, expected, only: false },
    releases,
    temporaryDirectory,
    world,
  );
  return report;
}
