import { type OptionRow, optionName, policyRows, signRows, treeRows, verifyRows } from '../options/index.ts';

/** The command's options by the names that errors give them: `digests` is `--digest`. */
const flags: ReadonlyMap<string, string> = new Map(
  Object.entries<OptionRow>({ ...signRows, ...verifyRows, ...treeRows, ...policyRows }).flatMap(([key, row]) => {
    const [flag] = /--[\w-]+/.exec(row.flags ?? '') ?? [];
    return flag === undefined ? [] : [optionName(key), row.input ?? ''].map((name) => [name, flag] as const);
  }),
);

/** The place in a policy file with which errors about its keys begin: `policy.yml:3:5: `. */
const inFile = /:\d+:\d+: /;

/**
 * Returns the text of an error with options as a command writes them. Errors name options in backticks, as inputs of an action.
 *
 * @example
 * inCommandWords('Set `repo`.'); // → 'Set --repo.'
 */
export function inCommandWords(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      inFile.test(line) ? line : line.replace(/`([a-z][a-z-]*)`/g, (code, name) => flags.get(name) ?? code),
    )
    .join('\n');
}
