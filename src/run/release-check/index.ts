/** The check of a release on GitHub: its assets as others get them, verified by a policy alone. */

export { type CheckedRelease, checkRelease, type ReleaseCheckRequest } from './check-release.ts';
export { type ReleaseAssetsRequest, verifyReleaseAssets } from './verify-release-assets.ts';
