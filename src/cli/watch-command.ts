/** `countersign watch` */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import type { WatchReport } from '../monitor/watch/index.ts';
import { growHeapSlowly, Secret } from '../node/index.ts';
import type { watchRows } from '../options/index.ts';
import { watchExitCodes, watchJson, watchOutcome, watchText } from '../report/index.ts';
import { trustSource } from '../run/policy/index.ts';
import {
  loadWatchPolicy,
  openDeliveries,
  openPackages,
  openWatchServices,
  runBackTest,
  runWatch,
  testDeliveries,
} from '../run/watch/index.ts';
import type { World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { type Display, inWorld } from './in-world.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { loadRoots } from './load-roots.ts';
import { quietly } from './quietly.ts';
import { usesColour } from './uses-colour.ts';

export type WatchOptions = CommandValues<typeof watchRows, 'watch'>;

/** The formats of files, which are the names of their options. */
const formats = ['ocsf', 'sarif', 'html', 'metrics'] as const;

/**
 * Watches logs, tests a policy or the deliveries, or converts a configuration, and prints the result. The exit code tells the outcome.
 *
 * @param version of this program, for evidence files and reports
 */
export function watchCommand(options: WatchOptions, version: string): Promise<void> {
  const { json, quiet, retryBudget } = options;
  return inWorld({ retryBudget, quiet, json }, async (world, display) => {
    growHeapSlowly();
    if ([json, quiet, options.verbose].filter(Boolean).length > 1)
      fail('USAGE', '`json`, `quiet` and `verbose` cannot be combined', { remedy: 'Use only one of them.' });
    if (options.import !== undefined) return convert(options.import, options, world);
    const nothing = { outcome: null, logs: [], findings: [], incomplete: [] };
    const work = (): Promise<WatchReport> => run(options, version, world, display);
    const report = quiet ? await quietly(work) : await orFailureJson(json, nothing, work);
    if (report === undefined) return;
    process.exitCode = exitCodeOf(report);
    if (json) printJson(watchJson(report));
    else if (!quiet)
      process.stdout.write(watchText(report, { colour: usesColour(process.stdout), verbose: options.verbose }));
  });
}

/** Returns the exit code. The finding of a test is none: only a delivery that failed counts. */
function exitCodeOf(report: WatchReport): number {
  if (report.isTest) return report.incomplete.length > 0 ? watchExitCodes.incomplete : watchExitCodes.clean;
  return watchExitCodes[watchOutcome(report)];
}

async function convert(path: string, options: WatchOptions, world: World): Promise<void> {
  const { policy, state, backTest, issue, webhook, ocsf, sarif, html, metrics, json } = options;
  const others = [policy, state, backTest, issue, webhook, ocsf, sarif, html, metrics, json, options.testDelivery];
  if (others.some((value) => value !== undefined))
    fail('USAGE', '`import` cannot be combined with options of a watch', {
      remedy: 'Convert the configuration in a run of its own, and write its output to a policy file.',
    });
  const { importMonitorConfig } = await import('./import-monitor-config.ts');
  await importMonitorConfig(path, world);
}

async function run(options: WatchOptions, version: string, world: World, { show }: Display): Promise<WatchReport> {
  const { policy: path, state, backTest, testDelivery, quiet } = options;
  if (path === undefined)
    fail('USAGE', 'no policy file specified', {
      remedy: 'Specify one with `policy`, such as .github/countersign.yml.',
    });
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL, GITHUB_SERVER_URL, COUNTERSIGN_WEBHOOK_SECRET } = process.env;
  const policy = await loadWatchPolicy(path, world, { serverUrl: GITHUB_SERVER_URL, apiUrl: GITHUB_API_URL });
  const token = GITHUB_TOKEN || GH_TOKEN;
  const secret = (text: string | undefined): Secret | undefined => (text ? new Secret(text) : undefined);
  using services = openWatchServices(
    { token: secret(token), apiUrl: GITHUB_API_URL, webhookSecrets: secret(COUNTERSIGN_WEBHOOK_SECRET) },
    world,
  );
  const destinations = formats.flatMap((format) => {
    const to = options[format];
    return to === undefined ? [] : [{ format, path: resolve(to) }];
  });
  const { issue, webhook } = options;
  const deliveries = openDeliveries({ issue, webhook, files: destinations, version }, services, world);
  if (testDelivery) {
    if (deliveries.length === 0)
      fail('USAGE', '`test-delivery` needs a delivery', {
        remedy: 'Specify `issue`, `webhook`, `ocsf`, `sarif`, `html` or `metrics`.',
      });
    return testDeliveries(deliveries, path, world.clock());
  }
  const onProgress = ({ done, total }: { readonly done: number; readonly total: number }): void =>
    show((progress) => progress.work('proved', total, done));
  if (backTest !== undefined) {
    if (deliveries.length > 0 || state !== undefined)
      fail('USAGE', '`back-test` cannot be combined with `state` or deliveries', {
        remedy: 'Test the policy in a run of its own: it changes no state, and delivers nothing.',
      });
    const roots = await loadRoots(options, world);
    return runBackTest({ policy, range: backTest, logs: options.log }, roots, services.facts, world, onProgress);
  }
  if (state === undefined)
    fail('USAGE', 'no state folder specified', {
      remedy: 'Specify a folder with `state`. It is created if it does not exist.',
    });
  const roots = await loadRoots(options, world);
  if (!quiet && token === undefined && policy.policy.repositories.length > 0)
    process.stderr.write(
      'Warning: neither GITHUB_TOKEN nor GH_TOKEN is set. GitHub allows few requests without a token, and hides private repositories.\n',
    );
  const { instance, trustedRoot, witnessPolicy } = options;
  const request = {
    policy,
    deliveries,
    state: resolve(state),
    logs: options.log,
    bundles: options.bundle,
    witnesses: options.witness,
    witnessPolicy: witnessPolicy === undefined ? undefined : resolve(witnessPolicy),
    from: options.from,
    maxEntries: options.maxEntries,
    maxMinutes: options.maxMinutes,
    keySource: trustSource(instance, trustedRoot),
    tool: `countersign ${version}`,
    isIndexed: options.index === true,
  };
  const { npm_config_registry: npm, COUNTERSIGN_PYPI_URL: pypi } = process.env;
  const packages = openPackages(policy.policy, roots, { npm, pypi, environment: process.env }, world);
  return runWatch(request, roots, { ...services, packages }, world, onProgress);
}
