/** Each rule, with names that it finds and names that it does not find. */

import { readdir } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { LookAlikeFinder, type NameKind } from '../../../src/monitor/look-alikes/index.ts';
import { rules } from '../../../src/monitor/look-alikes/rules/rules.ts';

/** A protected name, a candidate, and what the rule says of it. */
type Finds = readonly [kind: NameKind, target: string, candidate: string, difference: string, score: number];
/** A protected name, and a candidate that is near to those of the rule. */
type Misses = readonly [kind: NameKind, target: string, candidate: string];

const cases: Readonly<Record<string, { readonly finds: readonly Finds[]; readonly misses: readonly Misses[] }>> = {
  'bidi-control': {
    finds: [
      ['owner', 'sigstore', 'sig\u200bstore', 'invisible character U+200B', 0.95],
      ['owner', 'sigstore', 'rekor\u202e', 'invisible character U+202E', 0.95],
      ['package', 'sigstore', 'sig\nstore', 'invisible character U+000A', 0.95],
    ],
    misses: [['owner', 'sigstore', 'sig-store']],
  },
  'letter-case': {
    finds: [['package', 'JSONStream', 'jsonstream', 'another case from character 1 on', 0.5]],
    misses: [['owner', 'DataDog', 'datadog']],
  },
  skeleton: {
    finds: [
      ['owner', 'sigstore', 's\u0456gstore', '"\u0456" (U+0456) looks like "i"', 0.95],
      ['owner', 'pulumi', 'puIumi', '"I" looks like "l"', 0.95],
      ['owner', 'modern-go', 'rnodern-go', '"rn" looks like "m"', 0.95],
      ['owner', 'kernel', 'kemel', '"m" looks like "rn"', 0.95],
    ],
    misses: [
      ['owner', 'sigstore', 'sigstage'],
      ['package', 'tool-v1', 'tool-v2'],
    ],
  },
  diacritics: {
    finds: [['owner', 'actions', 'actio\u0308ns', 'marks on "\u00f6" (U+00F6)', 0.9]],
    misses: [['owner', 'actions', 'reactions']],
  },
  'mixed-script': {
    finds: [['owner', 'sigstore', 'rekor\u0436', 'letters of Latin and Cyrillic in one word', 0.9]],
    misses: [
      ['owner', 'sigstore', '\u0436\u0436\u0436\u0436-rekor'],
      ['owner', 'sigstore', 'rekor\u65e5\u672c'],
    ],
  },
  transposed: {
    finds: [
      ['owner', 'docker', 'dokcer', '"kc" instead of "ck" at character 3', 0.99],
      ['package', 'tslib', 'tsilb', '"il" instead of "li" at character 3', 0.99],
    ],
    misses: [['owner', 'docker', 'docekrs']],
  },
  'ascii-look-alike': {
    finds: [
      ['owner', 'windows', 'vvindows', '"vv" looks like "w"', 0.8],
      ['owner', 'sigstore', 's1g5tore', '"1" looks like "i", "5" looks like "s"', 0.8],
      ['owner', 'docker', 'clocker', '"cl" looks like "d"', 0.8],
      ['owner', 'fsx', 'f5x', '"5" looks like "s"', 0.4],
    ],
    misses: [
      ['owner', 'sigstore', '51gst0re'],
      ['package', 'md6', 'md8'],
    ],
  },
  'plus-tag': {
    finds: [['email', 'alice@example.com', 'alice+ci@example.com', '"+ci" instead of no tag', 0.1]],
    misses: [
      ['email', 'alice@gmail.com', 'alice+ci@gmail.com'],
      ['email', 'alice@example.com', 'bob+ci@example.com'],
    ],
  },
  separators: {
    finds: [
      ['package', 'cross-env', 'crossenv', 'separators (none) instead of "-"', 0.93],
      ['email', 'j.doe@outlook.com', 'jdoe@outlook.com', 'separators (none) instead of "."', 0.93],
      ['email', 'j.doe@example.com', 'jdoe@example.com', 'separators (none) instead of "."', 0.47],
    ],
    misses: [
      ['package', '@a/bc', '@ab/c'],
      ['owner', 'sig-store', 'sig-stores'],
    ],
  },
  'scope-dropped': {
    finds: [['package', '@azure/core-auth', 'core-auth', 'no scope instead of "@azure"', 0.92]],
    misses: [
      ['package', 'core-auth', '@azure/core-auth'],
      ['package', '@azure/core-auth', 'core'],
    ],
  },
  'scope-joined': {
    finds: [
      ['package', '@types/node', 'types-node', '"types-node" has the words of "@types/node"', 0.34],
      ['package', 'types-node', '@types/node', '"@types/node" has the words of "types-node"', 0.34],
    ],
    misses: [['package', '@types/node', '@type/snode']],
  },
  number: {
    finds: [
      ['package', 'bootstrap3', 'bootstrap4', '4 instead of 3', 0.31],
      ['package', 'cli-table', 'cli-table3', '3 instead of no number', 0.31],
    ],
    misses: [
      ['package', 'cli-table', 'cli-tables3'],
      ['workflow', 'o/r/.github/workflows/a.yml@refs/tags/v1.0', 'o/r/.github/workflows/a.yml@refs/tags/v1.2'],
    ],
  },
  repeated: {
    finds: [['owner', 'google', 'gooogle', 'additional "o" at character 4', 0.95]],
    misses: [['owner', 'google', 'goowgle']],
  },
  omitted: {
    finds: [
      ['owner', 'cloudflare', 'cloudfare', '"l" is missing at character 7', 0.78],
      ['owner', 'actions', 'actons', '"i" is missing at character 4', 0.79],
      ['owner', 'apple', 'aple', '"p" is missing at character 3', 0.45],
    ],
    misses: [['owner', 'cloudflare', 'cloudfre']],
  },
  keyboard: {
    finds: [
      ['owner', 'kubernetes', 'kuberneyes', '"y" instead of "t" at character 8', 0.83],
      ['owner', 'docker', 'docket', '"t" instead of "r" at character 6', 0.67],
      ['domain', 'pypi.org', 'pypj.org', '"j" instead of "i" at character 4', 0.6],
      ['owner', 'pypi', 'pypj', '"j" instead of "i" at character 4', 0.3],
    ],
    misses: [['owner', 'kubernetes', 'kubernepes']],
  },
  inserted: {
    finds: [
      ['owner', 'hashicorp', 'hashicorps', 'additional "s" at character 10', 0.82],
      ['owner', 'react', 'preact', 'additional "p" at character 1', 0.28],
    ],
    misses: [['owner', 'hashicorp', 'hashicorpss']],
  },
  substituted: {
    finds: [
      ['owner', 'sigstore', 'siqstore', '"q" instead of "g" at character 3', 0.64],
      ['owner', 'go-git', 'go-kit', '"k" instead of "g" at character 4', 0.13],
    ],
    misses: [['owner', 'sigstore', 'siqsdore']],
  },
  'distance-2': {
    finds: [
      [
        'package',
        'readable-stream',
        'readabl-steam',
        '"e" is missing at character 8, "r" is missing at character 12',
        0.75,
      ],
      [
        'package',
        'mypy-boto3-kms',
        'mypy-boto3-ecs',
        '"e" instead of "k" at character 12, "c" instead of "m" at character 13',
        0.2,
      ],
    ],
    misses: [
      ['package', 'readable-stream', 'readabl-stam'],
      ['package', 'redis', 'redux'],
    ],
  },
  tld: {
    finds: [
      ['domain', 'npmjs.com', 'npmjs.help', '".help" instead of ".com" after "npmjs"', 0.7],
      ['email', 'support@npmjs.com', 'sales@npmjs.help', '".help" instead of ".com" after "npmjs"', 0.7],
      ['email', 'alice@gmail.com', 'alice@gmail.co', '".co" instead of ".com" after "gmail"', 0.7],
    ],
    misses: [
      ['domain', 'npmjs.com', 'docs.npmjs.com'],
      ['email', 'alice@gmail.com', 'bob@gmail.co'],
    ],
  },
  subdomain: {
    finds: [
      ['domain', 'tanstack.com', 'git-tanstack.com', '"git-tanstack.com" instead of "tanstack.com"', 0.7],
      ['domain', 'github.com', 'github.com.evil.io', '"github.com.evil.io" instead of "github.com"', 0.7],
      ['email', 'a@example.com', 'b@example-mail.com', '"example-mail.com" instead of "example.com"', 0.7],
    ],
    misses: [
      ['domain', 'k8s.io', 'k8s.example.com'],
      ['domain', 'github.com', 'githubusercontent.com'],
      ['email', 'alice@gmail.com', 'bob@gmail.example.com'],
    ],
  },
  'word-order': {
    finds: [['package', 'kafka-python', 'python-kafka', '"python-kafka" has the words of "kafka-python"', 0.36]],
    misses: [['package', 'kafka-python', 'python-kafka-client']],
  },
  affix: {
    finds: [
      ['owner', 'boltdb', 'boltdb-go', '"boltdb-go" is "boltdb" with "-go"', 0.64],
      ['package', 'sqlite', 'nodesqlite', '"nodesqlite" is "sqlite" with "node"', 0.64],
    ],
    misses: [
      ['owner', 'sigstore', 'sigstore-conformance'],
      ['owner', 'abc', 'abc-official'],
    ],
  },
  'other-host': {
    finds: [
      ['repo', 'sirupsen/logrus', 'gitlab.com/sirupsen/logrus', 'host "gitlab.com" instead of "github.com"', 0.4],
    ],
    misses: [['repo', 'sirupsen/logrus', 'gitlab.com/sirupsen/other']],
  },
  'other-owner': {
    finds: [['repo', 'sigstore/cosign', 'alice/cosign', 'owner "alice" instead of "sigstore"', 0.11]],
    misses: [['repo', 'sigstore/cosign', 'alice/rekor']],
  },
  'other-scope': {
    finds: [
      ['package', '@tanstack/router', '@alice/router', 'scope "@alice" instead of "@tanstack"', 0.06],
      ['package', 'lodash', '@types/lodash', 'scope "@types" instead of none', 0.06],
    ],
    misses: [['package', '@tanstack/router', '@alice/form']],
  },
  'other-domain': {
    finds: [['email', 'alice@example.com', 'alice@other.net', 'domain "other.net" instead of "example.com"', 0.1]],
    misses: [['email', 'alice@example.com', 'bob@other.net']],
  },
};

function find(kind: NameKind, target: string, candidate: string) {
  return new LookAlikeFinder([{ kind, name: target }]).find({ kind, name: candidate });
}

test('every rule has cases, and a file', async () => {
  const ids = rules.map(({ id }) => id);
  expect(Object.keys(cases).sort()).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  const files = await readdir(new URL('../../../src/monitor/look-alikes/rules/', import.meta.url));
  for (const id of ids) expect(files).toContain(`${id}.ts`);
});

describe.each(Object.entries(cases))('%s', (rule, { finds, misses }) => {
  test.each(finds)('finds for the %s %j: %j', (kind, target, candidate, difference, score) => {
    expect(find(kind, target, candidate)).toMatchObject({ rule, difference, score });
  });

  test.each(misses)('does not find for the %s %j: %j', (kind, target, candidate) => {
    expect(find(kind, target, candidate)?.rule).not.toBe(rule);
  });
});

test.each(rules)('the reason of $id is a sentence', ({ reason }) => {
  expect(reason).toMatch(/^[A-Z].*\.$/);
});
