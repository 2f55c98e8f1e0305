/** GitHub's attestations of immutable releases. */
export { exampleRelease, type ReleaseAttestationChanges, ReleaseAuthority, type ReleaseStatement, type SandboxRelease, } from './release-authority.ts';
