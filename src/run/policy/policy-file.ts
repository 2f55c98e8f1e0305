/**
 * Reads policy files: YAML, with a part for each use. `policy` has the names of the options of `countersign verify` as keys.
 *
 * Unknown keys are refused, since a mistyped key would be a check that is not made.
 */

import { dirname, resolve } from 'node:path';
import { CountersignError } from '../../core/errors/index.ts';
import { optionName, type PolicyOption, type PolicyRequest, policyRows } from '../../options/index.ts';
import { claimKeys, optionKeys, policyShape } from './file/policy-shape.ts';
import { list, text } from './file/shape.ts';
import { texts } from './file/texts.ts';
import { type Entry, UnknownName, withSuggestion, YamlReader } from './file/yaml-reader.ts';
import { isGiven, policyOptions, shownName } from './request.ts';

type Value = string | boolean | readonly string[];

/** The parts of a policy file, with their uses in errors. */
const parts = {
  policy: 'the policy of `countersign verify`',
  watch: 'the watch of `countersign watch`',
  sign: 'the policy of `countersign sign`',
} as const;
export type PolicyPart = keyof typeof parts;

/** The policy of a file, with the places of its keys. */
export interface WrittenPolicy {
  readonly request: PolicyRequest;
  /** `policy.yml:3:5` */
  readonly places: ReadonlyMap<PolicyOption, string>;
}

/**
 * Reads the verifier's part of a policy file. Other parts are not read.
 *
 * @param path the path of the file; paths in it are relative to its folder
 * @throws CountersignError `POLICY_INVALID`, with the place in the file
 */
export async function readPolicyFile(text: string, path: string): Promise<WrittenPolicy> {
  return withSuggestion(() => {
    const reader = new YamlReader(text, path);
    return readPolicyPart(reader, requirePart(reader, partsOf(reader), 'policy'), path);
  });
}

/** Returns the parts of a file. */
export function partsOf(reader: YamlReader): ReadonlyMap<PolicyPart, Entry> {
  const entries = reader.keysOf(reader.root, 'the policy file');
  for (const [name, { key }] of entries) {
    if (Object.hasOwn(parts, name)) continue;
    const known = Object.keys(parts);
    const remedy = Object.hasOwn(policyShape.keys, name)
      ? `Put the options of the verifier under "policy".`
      : `The top-level keys are ${listed(known)}.`;
    const message = `${JSON.stringify(name)} is not a top-level key of a policy file`;
    throw new UnknownName(message, reader.placeOf(key), name, known, remedy);
  }
  // The loop refuses all others.
  return entries as ReadonlyMap<PolicyPart, Entry>;
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names.map((name) => `"${name}"`));
}

/** Returns the value of a part. Without it, the error names the parts that the file has. */
export function requirePart(reader: YamlReader, found: ReadonlyMap<PolicyPart, Entry>, part: PolicyPart): unknown {
  const entry = found.get(part);
  if (entry !== undefined) return entry.value;
  return reader.refuse(
    reader.root,
    found.size === 0
      ? 'the policy file is empty'
      : `the policy file has only ${listed([...found.keys()])}, and no "${part}"`,
    `Add the key "${part}" with ${parts[part]}.`,
  );
}

/** Reads the verifier's part. */
export function readPolicyPart(reader: YamlReader, node: unknown, path: string): WrittenPolicy {
  const request: { [Option in PolicyOption]?: Value } = {};
  const places = new Map<PolicyOption, string>();
  for (const [name, { key, value }] of reader.entries(node, 'policy', policyShape)) {
    const claims = claimKeys.get(name);
    const option = claims ?? optionKeys.get(name);
    if (option === undefined) continue;
    places.set(option, reader.placeOf(key));
    request[option] =
      claims === undefined ? readOption(reader, option, value, name, path) : readClaims(reader, value, name);
  }
  if (!policyOptions.some((option) => isGiven(request as PolicyRequest, option)))
    reader.refuse(node, '"policy" is empty');
  // Each value has the form that its row declares.
  return { request: request as PolicyRequest, places };
}

function readOption(reader: YamlReader, option: PolicyOption, node: unknown, name: string, path: string): Value {
  switch (policyRows[option].form.type) {
    case 'switch':
      return reader.switch(node, name);
    case 'list':
      return readTexts(reader, node, name);
    case 'text':
      return reader.text(node, name, texts.any).value;
    case 'path':
      return resolve(dirname(path), reader.text(node, name, texts.any).value);
  }
}

function readClaims(reader: YamlReader, node: unknown, name: string): readonly string[] {
  const shape = policyShape.keys[name]?.shape;
  if (shape?.kind !== 'map') return [];
  return [...reader.entries(node, name, shape)].flatMap(([claim, { value }]) =>
    readTexts(reader, value, claim).map((each) => `${claim}=${each}`),
  );
}

function readTexts(reader: YamlReader, node: unknown, name: string): readonly string[] {
  return reader.read(node, name, list(text(texts.any))).map(({ value }) => value);
}

/**
 * Returns an error about what only the policy file gives as an error about its keys: with the place of the key, and with `repo` as "repo".
 * Returns other errors unchanged.
 */
export function atKeys(
  failure: unknown,
  { request, places }: WrittenPolicy,
  said: PolicyRequest,
  path: string,
): unknown {
  if (!(failure instanceof CountersignError) || failure.code !== 'POLICY_INVALID') return failure;
  const { code, message, remedy } = failure;
  const isKey = (option: PolicyOption): boolean => isGiven(request, option) && !isGiven(said, option);
  const named = withKeys(message, isKey);
  if (named === message && policyOptions.some((option) => isGiven(said, option))) return failure;
  const [first] = optionsIn(message).filter(isKey);
  const place = (first && places.get(first)) ?? path;
  return new CountersignError(code, `${place}: ${named}`, {
    cause: failure,
    ...(remedy !== undefined && { remedy: withKeys(remedy, (option) => policyRows[option].place !== 'beside') }),
  });
}

const quotedName = /`([a-z-]+)`/g;

function optionsIn(message: string): readonly PolicyOption[] {
  return [...message.matchAll(quotedName)].flatMap(([, name]) =>
    policyOptions.filter((one) => shownName(one) === name),
  );
}

/** Returns a text with the names of these options as they are written in a file. */
function withKeys(message: string, isKey: (option: PolicyOption) => boolean): string {
  return message.replace(quotedName, (whole, name: string) => {
    const option = policyOptions.find((one) => shownName(one) === name);
    return option !== undefined && isKey(option) ? `"${keyOf(option)}"` : whole;
  });
}

function keyOf(option: PolicyOption): string {
  const [claims] = [...claimKeys].find(([, one]) => one === option) ?? [];
  return claims ?? optionName(option);
}
