/** Reads the watch's part of policy files. */

import { hash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { readPublicKey } from '../../core/crypto/index.ts';
import { decodeBase64 } from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import type {
  Acknowledgement,
  PolicyPlace,
  ProtectedName,
  RuleId,
  RuleSetting,
  WatchedDigest,
  WatchedIdentity,
  WatchedKey,
  WatchedPackage,
  WatchedRepository,
  WatchedValue,
  WatchPolicy,
} from '../../monitor/watch-policy/index.ts';
import type { PolicyRequest } from '../../options/index.ts';
import { watchShape } from './file/watch-shape.ts';
import { type PlacedText, type Read, withSuggestion, YamlReader } from './file/yaml-reader.ts';
import { partsOf, readPolicyPart, requirePart } from './policy-file.ts';
import { readSignPart, type SignPolicy } from './sign-file.ts';

/** The parts of a policy file that it has. */
export interface CountersignFile {
  readonly policy: PolicyRequest | undefined;
  readonly watch: WatchPolicy | undefined;
  readonly sign: SignPolicy | undefined;
}

/**
 * Reads all parts of a policy file. It has at least one of them.
 *
 * @param path the path of the file; paths in it are relative to its folder
 * @param host the host of the repositories and owners that the file watches
 * @throws CountersignError `POLICY_INVALID` with the line and the column, `LIMIT_EXCEEDED`
 */
export async function readCountersignFile(text: string, path: string, host = 'github.com'): Promise<CountersignFile> {
  return withSuggestion(() => readFile(text, path, host));
}

/**
 * Reads a policy file for a watch. The other parts are checked too.
 *
 * @param host the host of the repositories and owners
 * @throws CountersignError as {@link readCountersignFile}, and `POLICY_INVALID` for a file without `watch`
 */
export async function readWatchPolicy(text: string, path: string, host = 'github.com'): Promise<WatchPolicy> {
  return withSuggestion(() => {
    const reader = new YamlReader(text, path);
    requirePart(reader, partsOf(reader), 'watch');
    const { watch } = readParts(reader, path, host);
    return watch ?? reader.refuse(reader.root, 'the policy file has no "watch"');
  });
}

function readFile(text: string, path: string, host: string): CountersignFile {
  const reader = new YamlReader(text, path);
  const parts = partsOf(reader);
  if (parts.size === 0) requirePart(reader, parts, 'policy');
  return readParts(reader, path, host);
}

function readParts(reader: YamlReader, path: string, host: string): CountersignFile {
  const parts = partsOf(reader);
  const [policy, watch, sign] = [parts.get('policy'), parts.get('watch'), parts.get('sign')];
  return {
    policy: policy && readPolicyPart(reader, policy.value, path).request,
    watch: watch && watchPolicy(reader.read(watch.value, 'watch', watchShape), path, host),
    sign: sign && readSignPart(reader, sign.value),
  };
}

type WatchValues = Read<typeof watchShape>;

function watchPolicy(values: WatchValues, path: string, host: string): WatchPolicy {
  const { repositories = [], owners = [], identities = [], issuers = [], keys = [], digests = [] } = values;
  const { packages = [], protect = [], acknowledged = [] } = values;
  for (const named of [repositories, owners]) demandDistinct(named, path);
  return {
    path,
    host,
    repositories: repositories.map((each) => watchedRepository(each, path)),
    owners: owners.map(({ line, name, id }) => ({ place: { line }, name: name.value, id: id?.value })),
    identities: identities.map(watchedIdentity),
    issuers: issuers.map(watchedValue),
    keys: keys.map((key) => watchedKey(key, path)),
    digests: digests.map(watchedDigest),
    packages: packages.map(watchedPackage),
    protectedNames: protect.map(protectedName),
    rules: ruleSettings(values.rules),
    acknowledgements: acknowledged.map(acknowledgement),
  };
}

/** Refuses a name that occurs twice, with two expectations. */
function demandDistinct(items: readonly { readonly line: number; readonly name: PlacedText }[], path: string): void {
  const lines = new Map<string, number>();
  for (const { line, name } of items) {
    const earlier = lines.get(name.value.toLowerCase());
    if (earlier !== undefined)
      fail('POLICY_INVALID', `${path}:${line}: ${JSON.stringify(name.value)} is watched in line ${earlier} already`, {
        remedy: 'Join the two items.',
      });
    lines.set(name.value.toLowerCase(), line);
  }
}

/** Reads a key, which is stated itself or by its hash. */
function watchedKey({ line, value }: PlacedText, path: string): WatchedKey {
  const place = { line };
  if (/^[0-9a-fA-F]{64}$/.test(value)) return { place, value: value.toLowerCase() };
  const { spki } = reading('POLICY_INVALID', `${path}:${line}: the key`, () => readPublicKey(decodeBase64(value)));
  return { place, value: hash('sha256', spki), spki };
}

function placeOf({ line }: { readonly line: number }): PolicyPlace {
  return { line };
}

function plain(texts: readonly PlacedText[] | undefined): readonly string[] {
  return (texts ?? []).map(({ value }) => value);
}

type Item<List> = NonNullable<List> extends readonly (infer Each)[] ? Each : never;

function watchedRepository(values: Item<WatchValues['repositories']>, path: string): WatchedRepository {
  return {
    place: placeOf(values),
    name: values.name.value,
    id: values.id?.value,
    ownerId: values['owner-id']?.value,
    expected: {
      workflows: plain(values.workflows).map((file) => file.replace(/^\.github\/workflows\//, '')),
      jobs: plain(values.jobs),
      refs: plain(values.refs),
      movingTags: plain(values['moving-tags']),
      triggers: plain(values.triggers),
      runners: plain(values.runners),
      environments: plain(values.environments),
      signers: plain(values.signers),
      receipts: plain(values.receipts).map((folder) => resolve(dirname(path), folder)),
    },
  };
}

function watchedIdentity(values: Item<WatchValues['identities']>): WatchedIdentity {
  const [match, text] = oneOf(values, 'exact', 'segment', 'glob');
  return { place: placeOf(values), match, value: text.value, issuer: values.issuer?.value };
}

function watchedValue(text: PlacedText): WatchedValue {
  return { place: placeOf(text), value: text.value };
}

function watchedDigest(values: Item<WatchValues['digests']>): WatchedDigest {
  const { label } = values;
  const place = placeOf(values);
  if (values.digest !== undefined) return { place, value: values.digest.value.toLowerCase(), label: undefined };
  const [algorithm, text] = oneOf(values, 'sha256', 'sha384', 'sha512');
  return { place, value: `${algorithm}:${text.value.toLowerCase()}`, label: label?.value };
}

function watchedPackage(values: Item<WatchValues['packages']>): WatchedPackage {
  const [ecosystem, text] = oneOf(values, 'npm', 'pypi', 'oci');
  return { place: placeOf(values), ecosystem, name: text.value, repository: values.repository?.value };
}

function protectedName(values: Item<WatchValues['protect']>): ProtectedName {
  const [key, text] = oneOf(values, 'owner', 'repository', 'workflow', 'email', 'domain', 'package');
  const kind = key === 'repository' ? 'repo' : key;
  return { place: placeOf(values), kind, name: text.value, ownerId: values['owner-id']?.value };
}

function ruleSettings(values: WatchValues['rules']): ReadonlyMap<RuleId, RuleSetting> {
  const settings = new Map<RuleId, RuleSetting>();
  // The table has these keys and values alone.
  for (const [rule, setting] of Object.entries(values ?? {}))
    if (typeof setting === 'object') settings.set(rule as RuleId, setting.value as RuleSetting);
  return settings;
}

function acknowledgement(values: Item<WatchValues['acknowledged']>): Acknowledgement {
  const [kind, text] = oneOf(values, 'finding', 'rule');
  return {
    place: placeOf(values),
    what:
      kind === 'finding'
        ? { kind, id: text.value }
        : { kind, rule: text.value as RuleId, repository: values.repository?.value },
    reason: values.reason.value.trim(),
    until: new Date(`${values.until.value}T23:59:59.999Z`),
  };
}

/** Returns the key that a mapping has, of those of which it has exactly one. */
function oneOf<Key extends string>(
  values: { readonly [Name in Key]?: PlacedText },
  ...keys: readonly Key[]
): readonly [Key, PlacedText] {
  for (const key of keys) {
    const text = values[key];
    if (text !== undefined) return [key, text];
  }
  throw new Error(`the reader let none of ${keys.join(', ')} pass`);
}
