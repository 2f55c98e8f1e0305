/**
 * Policies of transparency logs (C2SP tlog-policy): the witnesses that must have cosigned a checkpoint. URLs in a policy are not used: a
 * witness's is the address for submitting checkpoints.
 */

import { decodeUtf8 } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import type { WitnessKey } from './cosignature.ts';
import { isWitnessKey, readVerifierKey, type VerifierKey, verifierKeyText } from './verifier-key.ts';

/** The policy: the logs to which it applies, the witnesses, and the quorum of them. */
export interface TlogPolicy {
  /** Empty if the policy names no log. */
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly PolicyWitness[];
  /** `undefined`: no cosignature is required. */
  readonly quorum: PolicyWitness | WitnessGroup | undefined;
}

export interface PolicyWitness {
  readonly kind: 'witness';
  /** The name in the policy, which need not be that of the key. */
  readonly name: string;
  readonly key: WitnessKey;
}

/** A group, which has cosigned once at least `threshold` of its members have. */
export interface WitnessGroup {
  readonly kind: 'group';
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly (PolicyWitness | WitnessGroup)[];
}

/** In bytes. A verifier key of ML-DSA-44 has 1.8 KB. */
const maxLength = 1024 * 1024;
/** The limit for logs, witnesses and groups each. The specification recommends at least 32. */
const maxDefinitions = 256;

/**
 * Reads a policy file.
 *
 * @throws CountersignError `POLICY_INVALID` with the number of the line; `KEY_UNSUPPORTED`; `LIMIT_EXCEEDED`
 */
export function readTlogPolicy(bytes: Uint8Array): TlogPolicy {
  if (bytes.length > maxLength)
    fail('LIMIT_EXCEEDED', `the policy has ${bytes.length} bytes; the limit is ${maxLength}`);
  const reader = new PolicyReader();
  for (const [index, line] of octets(bytes).split('\n').entries())
    reading('POLICY_INVALID', `line ${index + 1} of the policy`, () => reader.line(line));
  return reader.end();
}

/** Reports whether these witnesses meet the quorum of a policy. */
export function meetsQuorum({ quorum }: TlogPolicy, cosigned: ReadonlySet<PolicyWitness>): boolean {
  return quorum === undefined || hasCosigned(quorum, cosigned);
}

function hasCosigned(member: PolicyWitness | WitnessGroup, cosigned: ReadonlySet<PolicyWitness>): boolean {
  if (member.kind === 'witness') return cosigned.has(member);
  return member.members.filter((each) => hasCosigned(each, cosigned)).length >= member.threshold;
}

/** Returns the text with one character for each byte: names are compared byte by byte, in whatever encoding they are. */
function octets(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The control characters that a policy must not contain; lines have no newline. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the specification forbids these in a policy
const forbidden = /[\u0000-\u0008\u000a-\u001f\u007f]/;

class PolicyReader {
  readonly #logs: VerifierKey[] = [];
  readonly #witnesses: PolicyWitness[] = [];
  readonly #names = new Map<string, PolicyWitness | WitnessGroup>();
  readonly #members = new Set<string>();
  #quorum: { readonly of: PolicyWitness | WitnessGroup | undefined } | undefined;

  line(line: string): void {
    if (forbidden.test(line)) fail('POLICY_INVALID', 'control characters are not allowed');
    const [keyword, ...items] = line.split(/[ \t]+/).filter((item) => item !== '');
    if (keyword === undefined || keyword.startsWith('#')) return;
    if (keyword === 'log') this.#log(items);
    else if (keyword === 'witness') this.#witness(items);
    else if (keyword === 'group') this.#group(items);
    else if (keyword === 'quorum') this.#readQuorum(items);
    else fail('POLICY_INVALID', `the keyword ${quoted(keyword)} is unknown`);
  }

  end(): TlogPolicy {
    if (this.#quorum === undefined)
      fail('POLICY_INVALID', 'the policy has no quorum line', {
        remedy: 'Add `quorum <name>`, or `quorum none` to require no witness.',
      });
    return { logs: this.#logs, witnesses: this.#witnesses, quorum: this.#quorum.of };
  }

  #log([key, , ...others]: readonly string[]): void {
    if (key === undefined || others.length > 0)
      fail('POLICY_INVALID', 'a log line must have the form log <key> [<url>]');
    const log = readVerifierKey(text(key), 'log');
    if (log.type === 'ed25519-cosignature') fail('POLICY_INVALID', 'the key is one of a witness, not of a log');
    demandNew(log, this.#logs);
    demandRoom(this.#logs.push(log));
  }

  #witness([name, key, , ...others]: readonly string[]): void {
    if (name === undefined || key === undefined || others.length > 0)
      fail('POLICY_INVALID', 'a witness line must have the form witness <name> <key> [<url>]');
    const read = readVerifierKey(text(key), 'witness');
    if (!isWitnessKey(read)) fail('POLICY_INVALID', `the key of ${quoted(name)} is not a cosignature key`);
    demandNew(
      read,
      this.#witnesses.map((witness) => witness.key),
    );
    const witness: PolicyWitness = { kind: 'witness', name: shown(name), key: read };
    this.#define(name, witness);
    demandRoom(this.#witnesses.push(witness));
  }

  #group([name, rule, ...members]: readonly string[]): void {
    if (name === undefined || rule === undefined || members.length === 0)
      fail('POLICY_INVALID', 'a group line must have the form group <name> all|any|<number> <member>…');
    const found = members.map((member) => {
      // A witness that counted in two groups would count twice.
      if (this.#members.has(member)) fail('POLICY_INVALID', `${quoted(member)} is already a member of a group`);
      this.#members.add(member);
      return this.#find(member);
    });
    this.#define(name, {
      kind: 'group',
      name: shown(name),
      threshold: thresholdOf(rule, found.length),
      members: found,
    });
    demandRoom(this.#names.size - this.#witnesses.length);
  }

  #readQuorum([name, ...others]: readonly string[]): void {
    if (name === undefined || others.length > 0)
      fail('POLICY_INVALID', 'a quorum line must have the form quorum <name>');
    if (this.#quorum !== undefined) fail('POLICY_INVALID', 'the policy has a second quorum line');
    this.#quorum = { of: name === 'none' ? undefined : this.#find(name) };
  }

  #define(name: string, meaning: PolicyWitness | WitnessGroup): void {
    if (name === 'none') fail('POLICY_INVALID', 'the name "none" is reserved');
    if (this.#names.has(name)) fail('POLICY_INVALID', `${quoted(name)} is defined twice`);
    this.#names.set(name, meaning);
  }

  #find(name: string): PolicyWitness | WitnessGroup {
    return this.#names.get(name) ?? fail('POLICY_INVALID', `${quoted(name)} is not defined on an earlier line`);
  }
}

function thresholdOf(rule: string, members: number): number {
  if (rule === 'any') return 1;
  if (rule === 'all') return members;
  const threshold = /^[1-9]\d{0,3}$/.test(rule) ? Number(rule) : 0;
  if (threshold < 1 || threshold > members)
    fail('POLICY_INVALID', `the threshold ${quoted(rule)} is invalid: use all, any or a number from 1 to ${members}`);
  return threshold;
}

/** Names do not count: the holder of a key can sign under any of them. */
function demandNew(key: VerifierKey, others: readonly VerifierKey[]): void {
  const written = verifierKeyText(key);
  if (others.some((other) => verifierKeyText(other) === written))
    fail('POLICY_INVALID', `the key of ${JSON.stringify(key.name)} is listed twice`);
}

function demandRoom(count: number): void {
  if (count > maxDefinitions)
    fail('LIMIT_EXCEEDED', `the policy has more than ${maxDefinitions} logs, witnesses or groups`);
}

/** Returns the text of bytes that must be UTF-8. */
function text(written: string): string {
  return decodeUtf8(toBytes(written)) ?? fail('POLICY_INVALID', `${quoted(written)} is not valid UTF-8`);
}

/** Returns a name for people to read. */
function shown(name: string): string {
  return decodeUtf8(toBytes(name)) ?? name;
}

function quoted(written: string): string {
  return JSON.stringify(shown(written).slice(0, 80));
}

function toBytes(written: string): Uint8Array {
  return Uint8Array.from(written, (character) => character.charCodeAt(0));
}
