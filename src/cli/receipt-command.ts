/** `countersign receipt` */

import { relative, resolve } from 'node:path';
import type { receiptRows } from '../options/index.ts';
import { plainLine } from '../report/index.ts';
import { type ReceiptResult, writeReceipts } from '../run/receipt/index.ts';
import { loadNamedFiles } from '../run/verify/index.ts';
import type { World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { dividedFiles } from './divided-files.ts';
import { inWorld } from './in-world.ts';
import { instanceRequest } from './instance-request.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { reportInFlags } from './option-names.ts';
import type { PolicyOptions } from './policy-request.ts';
import { loadVerifyPolicy } from './verify-policy.ts';

export type ReceiptOptions = CommandValues<typeof receiptRows, 'receipt'> & PolicyOptions;

/** The number of files that are verified at once. */
const concurrency = 4;

/**
 * Verifies files, and writes a receipt for each of them. Prints the paths of the receipts.
 *
 * @param script the file with the script of receipts
 */
export function receiptCommand(artifacts: readonly string[], options: ReceiptOptions, script: URL): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const { report, receipts } = await orFailureJson(json, { receipts: [] }, () =>
      receipt(artifacts, options, script, world),
    );
    const { warnings } = reportInFlags(report);
    const shown = receipts.map(({ artifact, path }) => ({ artifact, path: relative(process.cwd(), path) }));
    if (json) return printJson({ version: 1, receipts: shown, warnings, exitCode: 0, failure: null });
    const lines = [...warnings.map((warning) => `Warning: ${warning}`), ...shown.map(({ path }) => path)];
    process.stdout.write(lines.map((line) => `${plainLine(line)}\n`).join(''));
  });
}

async function receipt(
  artifacts: readonly string[],
  options: ReceiptOptions,
  script: URL,
  world: World,
): Promise<ReceiptResult> {
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const workspace = process.cwd();
  const directory = options.bundleDir === undefined ? undefined : resolve(options.bundleDir);
  const bundles = { workspace, paths: options.bundle.map((path) => resolve(path)), directory };
  const { files, patterns } = await dividedFiles(artifacts, world);
  const { artifacts: named } = await loadNamedFiles(files, patterns, bundles, world);
  const request = {
    verification: { artifacts: named, bundles, policy, trust, concurrency },
    instance: await instanceRequest(options, 'verify'),
    places: { workspace, bundleDirectory: undefined },
    output: options.output,
  };
  return writeReceipts(request, await world.files.readFile(script, 'utf8'), world);
}
