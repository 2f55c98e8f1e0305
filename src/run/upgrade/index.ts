/** Upgrading old signatures to bundles of version 0.3, without signing. */

export { demandUpgraded, type Upgradable, type UpgradeRequest, upgradeRun } from './upgrade-run.ts';
export { type Upgraded, type UpgradeWorld, upgradeSignature } from './upgrade-signature.ts';
