/** Writes the names of options in messages as the command has them: messages name the inputs of the actions. */

import { CountersignError } from '../core/errors/index.ts';
import { type OptionRow, optionName, policyRows, treeRows, verifyRows } from '../options/index.ts';
import type { ReportedDelivery } from '../report/index.ts';

/** The long flags, by the names of the inputs: `registry-password` is `--registry-password-file`. */
const flags = new Map<string, string>();
addOptionNames({ ...verifyRows, ...treeRows, ...policyRows });

/** Adds the options of a table to those that messages may name. A name that is known already keeps its meaning. */
export function addOptionNames(table: Readonly<Record<string, OptionRow>>): void {
  for (const [key, row] of Object.entries(table)) {
    const [flag] = /--[\w-]+/.exec(row.flags ?? '') ?? [];
    if (flag !== undefined)
      for (const name of [optionName(key), row.input ?? '']) if (!flags.has(name)) flags.set(name, flag);
  }
}

/** The place in a policy file with which errors about its keys begin: `policy.yml:3:5: `. */
const inFile = /:\d+:\d+: /;

/**
 * Returns a text with the names of options as the command has them. Keys of policy files stay.
 *
 * @example
 * inFlags('Set `repo`, or `instance: github`.'); // → 'Set --repo, or --instance github.'
 */
export function inFlags(text: string): string {
  return text
    .split('\n')
    .map((line) => (inFile.test(line) ? line : lineInFlags(line)))
    .join('\n');
}

function lineInFlags(line: string): string {
  return line.replace(/`([a-z][a-z-]*)(?:: ([\w-]+))?`/g, (whole, name: string, value: string | undefined) => {
    // The command takes files as arguments.
    if (whole === '`files`') return 'files';
    const flag = flags.get(name);
    if (flag === undefined) return whole;
    return value === undefined || value === 'true' ? flag : `${flag} ${value}`;
  });
}

/** Returns the error with the names of options as the command has them. */
export function errorInFlags(error: CountersignError): CountersignError {
  const { code, message, remedy } = error;
  return new CountersignError(code, inFlags(message), {
    cause: error,
    ...(remedy !== undefined && { remedy: inFlags(remedy) }),
  });
}

/** The parts of a report that name options, of signing or of verifying. */
interface Wording {
  readonly warnings: readonly string[];
  readonly notices?: readonly string[];
  readonly results?: readonly { readonly failure: CountersignError | undefined }[];
  readonly unsigned?: readonly { readonly message: string; readonly remedy: string | undefined }[];
  readonly deliveries?: readonly ReportedDelivery[];
}

/** Returns the report with the names of options as the command has them. */
export function reportInFlags<Report extends Wording>(report: Report): Report {
  const { warnings, notices, results, unsigned, deliveries } = report;
  return {
    ...report,
    warnings: warnings.map(inFlags),
    ...(notices && { notices: notices.map(inFlags) }),
    ...(results && {
      results: results.map((one) => (one.failure ? { ...one, failure: errorInFlags(one.failure) } : one)),
    }),
    ...(unsigned && {
      unsigned: unsigned.map((one) => ({
        ...one,
        message: inFlags(one.message),
        remedy: one.remedy && inFlags(one.remedy),
      })),
    }),
    ...(deliveries && { deliveries: deliveries.map(deliveryInFlags) }),
  };
}

function deliveryInFlags(delivery: ReportedDelivery): ReportedDelivery {
  if (delivery.outcome === 'failed') return { ...delivery, failures: delivery.failures.map(errorInFlags) };
  return delivery.outcome === 'not-attempted' ? { ...delivery, reason: inFlags(delivery.reason) } : delivery;
}
