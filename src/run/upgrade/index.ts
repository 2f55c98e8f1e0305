/** Upgrading old signatures to bundles of version 0.3, without signing. */

export { type Upgraded, type UpgradeWorld, upgradeSignature } from './upgrade-signature.ts';
