/** `countersign audit` */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { outcomeOf } from '../monitor/audit/index.ts';
import { growHeapSlowly } from '../node/index.ts';
import type { auditRows } from '../options/index.ts';
import { auditExitCodes, auditJson, auditText, evidenceExitCode, evidenceJson, evidenceText } from '../report/index.ts';
import { checkEvidenceFile, runAudit } from '../run/audit/index.ts';
import { trustSource } from '../run/policy/index.ts';
import type { World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { type Display, inWorld } from './in-world.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { loadRoots } from './load-roots.ts';
import { quietly } from './quietly.ts';
import { usesColour } from './uses-colour.ts';

export type AuditOptions = CommandValues<typeof auditRows, 'audit'>;

/** The output of a run, and its exit code. */
interface Result {
  readonly exitCode: number;
  readonly json: () => object;
  readonly text: () => string;
}

/**
 * Audits logs, or checks an evidence file, and prints the result. The exit code tells the outcome.
 *
 * @param version of this program, for evidence files
 */
export function auditCommand(options: AuditOptions, version: string): Promise<void> {
  const { json, quiet, retryBudget } = options;
  return inWorld({ retryBudget, quiet, json }, async (world, display) => {
    const nothing = { outcome: null, logs: [], findings: [], incomplete: [] };
    const work = (): Promise<Result> => run(options, version, world, display);
    const result = quiet && !json ? await quietly(work) : await orFailureJson(json, nothing, work);
    if (result === undefined) return;
    process.exitCode = result.exitCode;
    if (json) printJson(result.json());
    else if (!quiet) process.stdout.write(result.text());
  });
}

async function run(options: AuditOptions, version: string, world: World, { show }: Display): Promise<Result> {
  if ([options.json, options.quiet, options.verbose].filter(Boolean).length > 1)
    fail('USAGE', '`json`, `quiet` and `verbose` cannot be combined', { remedy: 'Use only one of them.' });
  const { evidence, state } = options;
  if (evidence !== undefined) return check(evidence, options, world);
  if (state === undefined)
    fail('USAGE', 'no state folder specified', {
      remedy: 'Specify a folder with `state`. It is created if it does not exist.',
    });
  growHeapSlowly();
  const roots = await loadRoots(options, world);
  const { instance, trustedRoot, witnessPolicy } = options;
  const request = {
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
    isIndexed: true,
  };
  const report = await runAudit(request, roots, world, ({ done, total }) =>
    show((progress) => progress.work('proved', total, done)),
  );
  const text = (): string => auditText(report, { colour: usesColour(process.stdout), verbose: options.verbose });
  return { exitCode: auditExitCodes[outcomeOf(report)], json: () => auditJson(report), text };
}

async function check(path: string, options: AuditOptions, world: World): Promise<Result> {
  const { state, log, bundle, witness, witnessPolicy, maxEntries, maxMinutes } = options;
  const given = [state, ...log, ...bundle, ...witness, witnessPolicy, maxEntries, maxMinutes];
  if (given.some((value) => value !== undefined))
    fail('USAGE', '`evidence` cannot be combined with options of an audit', {
      remedy: 'Check the evidence file in a run of its own: it needs only the trusted root.',
    });
  const verdict = await checkEvidenceFile(path, await loadRoots(options, world), world);
  const text = (): string => evidenceText(path, verdict, { colour: usesColour(process.stdout) });
  return { exitCode: evidenceExitCode(verdict), json: () => evidenceJson(path, verdict), text };
}
