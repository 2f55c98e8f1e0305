/** The trusted root: keys and authorities, and when each was valid. The signing config: the services to sign with. */

export { isSafeUrl } from './safe-url.ts';
export { shownUrl } from './shown-url.ts';
export {
  type LogVersion,
  readSigningConfig,
  type SelectedServices,
  type Service,
  type SigningConfig,
  selectIdentityProvider,
  selectSecondLog,
  selectServices,
} from './signing-config.ts';
export {
  type Authority,
  type Log,
  readTrustedRoot,
  readTrustedRoots,
  splitTrustedRoots,
  type TransparencyLog,
  type TrustedRoot,
} from './trusted-root.ts';
export { covers, type ValidityWindow } from './validity-window.ts';
