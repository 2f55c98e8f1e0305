/** Runs of `countersign watch`. */

export { anchorProblems } from './anchor-problems.ts';
export { type LoadedPolicy, loadWatchPolicy } from './load-watch-policy.ts';
export { type DeliveryRequest, type DeliveryServices, openDeliveries } from './open-deliveries.ts';
export { openPackages, type RegistrySettings } from './open-packages.ts';
export { type OpenServices, openWatchServices, type ServiceSettings } from './open-services.ts';
export { type BackTestRunRequest, runBackTest } from './run-back-test.ts';
export { runWatch, type WatchRunRequest, type WatchServices } from './run-watch.ts';
export { testDeliveries } from './test-deliveries.ts';
