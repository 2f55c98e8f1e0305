/** An option of cosign or gh is an option of the command, or its error says what to use instead. */

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { hintForOption, peerOptions } from '../../src/cli/options-of-peers.ts';
import {
  flagsOf,
  instanceRows,
  type OptionTable,
  type PolicyRow,
  policyRows,
  registryRows,
  signRows,
  verifyRows,
} from '../../src/options/index.ts';

const page = await readFile(new URL('../../docs/recipes/migrating.md', import.meta.url), 'utf8');

/** Returns the options in the first column of the tables under a heading. The interoperability tests compare them with the help of cosign. */
function optionsUnder(heading: string): readonly string[] {
  const [, section = ''] = page.split(`\n${heading}\n`);
  const [own = ''] = section.split(/\n#+ /);
  return [...own.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(--[\w-]+)`/g)].map(([, name = '']) => name),
  );
}

const policy: readonly PolicyRow[] = Object.values(policyRows);
const tables: Readonly<Record<'sign' | 'verify', OptionTable>> = {
  // A person names the instance; the row of signing is that of the action.
  sign: { ...instanceRows, ...registryRows, ...signRows, instance: instanceRows.instance },
  verify: { ...instanceRows, ...registryRows, ...verifyRows, ...policyRows },
};

/** Returns the long and short names of a command's options. */
function known(command: 'sign' | 'verify'): ReadonlySet<string> {
  const aliases = command === 'verify' ? policy.flatMap((row) => row.aliases ?? []) : [];
  const all = [...flagsOf(tables[command], command), ...aliases];
  return new Set(all.flatMap(({ flags }) => [...flags.matchAll(/(?<![\w-])--?[\w-]+/g)].map(([name]) => name)));
}

/** The options of cosign and gh that are not on the page: those for every command, and those that cosign has deprecated. */
const others = {
  sign: [
    ...['--b64', '--fulcio-url', '--insecure-skip-verify', '--issue-certificate', '--new-bundle-format'],
    ...[
      '--oidc-issuer',
      '--output',
      '--output-certificate',
      '--output-signature',
      '--rekor-url',
      '--rfc3161-timestamp',
    ],
    ...['--timestamp-server-url', '--tlog-upload', '--output-file', '--timeout', '--verbose', '-d', '-t', '-y'],
  ],
  verify: [
    ...['--attachment', '--ca-intermediates', '--ca-roots', '--certificate', '--certificate-chain', '--digest'],
    ...['--experimental-oci11', '--new-bundle-format', '--offline', '--payload', '--private-infrastructure'],
    ...['--rekor-url', '--rfc3161-timestamp', '--sct', '--signature', '--signature-digest-algorithm'],
    ...['--timestamp-certificate-chain', '--output-file', '--timeout', '--verbose', '-d', '-t', '-a', '-o'],
    // gh
    ...['-R', '-b', '-i', '-L', '-q'],
  ],
} as const;

const peers = {
  sign: [...optionsUnder('### Sign with cosign'), ...others.sign],
  verify: [...optionsUnder('### Verify with cosign'), ...optionsUnder('## actions/attest'), ...others.verify],
} as const;

describe.each(['sign', 'verify'] as const)('countersign %s', (command) => {
  test('has or explains every option of cosign and gh', () => {
    expect(peers[command].length).toBeGreaterThan(40);
    const explained = new Set(peerOptions[command]);
    expect(peers[command].filter((name) => !known(command).has(name) && !explained.has(name))).toEqual([]);
  });

  test('has no hint for an option of its own, and names only such options in hints', () => {
    expect(peerOptions[command].filter((name) => known(command).has(name))).toEqual([]);
    for (const name of peerOptions[command]) {
      const hint = hintForOption(command, `error: unknown option '${name}'`) ?? '';
      expect([name, hint]).toEqual([name, expect.stringMatching(/^[A-Z].*[.…]$/)]);
      const named = [...hint.replaceAll(/--[\w-]+ of (?:gh|cosign)/g, '').matchAll(/(?<![\w-])--[\w-]+/g)];
      expect([name, named.map(([flag]) => flag).filter((flag) => !known(command).has(flag))]).toEqual([name, []]);
      // No name of an input is left in backquotes.
      expect([name, hint]).not.toEqual([name, expect.stringMatching(/`[a-z][a-z-]*`/)]);
    }
  });
});

test.each<[command: string | undefined, message: string, hint: string | undefined]>([
  ['verify', "error: unknown option '--format'", 'Use --json. Filter the JSON with jq.'],
  [
    'verify',
    "error: unknown option '--format=json'\n(Did you mean --offline?)",
    'Use --json. Filter the JSON with jq.',
  ],
  ['sign', "error: unknown option '--format'", undefined],
  ['verify', "error: unknown option '--constructor'", undefined],
  ['tree', "error: unknown option '--format'", undefined],
  [undefined, "error: unknown option '--format'", undefined],
])('%j: %j', (command, message, hint) => {
  expect(hintForOption(command, message)).toBe(hint);
});

test.each([
  ['--sha', '--digest'],
  ['--email', '--identity'],
  ['--public-key', '--key'],
  ['--rekor_server', '--log'],
  ['--certificate-identity', '--identity'],
])('search names what to use instead of %s', (name, instead) => {
  expect(hintForOption('search', `error: unknown option '${name}'`)).toContain(`Use ${instead}`);
});
