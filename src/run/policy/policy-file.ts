/**
 * A policy as a file that is kept with the code: YAML, under `policy:` the names of the options.
 *
 * Read strictly: a key that is mistyped and passed over would be a check that is not made.
 */

import { dirname, resolve } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { decodeUtf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import type { PolicyOption, PolicyRequest } from './request.ts';
import { isGiven, optionName, policyOptions } from './request.ts';

const maxLength = 1024 * 1024;

type Value = string | boolean | readonly string[];

const options = Object.keys(policyOptions) as readonly PolicyOption[];

/** The names in a file, which cannot name another file. */
const names: ReadonlyMap<string, PolicyOption> = new Map(
  options
    .filter((option) => option !== 'policy' && option !== 'claim' && option !== 'refuseClaim')
    .map((option) => [optionName(option), option]),
);
/** Claims have a mapping of their own, from their names to what they may be. */
const claimMaps: ReadonlyMap<string, 'claim' | 'refuseClaim'> = new Map([
  ['claims', 'claim'],
  ['refused-claims', 'refuseClaim'],
]);

/**
 * Reads a policy file.
 *
 * @param path where it is; the path of a key in it is relative to its folder
 * @throws CountersignError `POLICY_INVALID`, with the place in the file
 */
export function readPolicyFile(bytes: Uint8Array, path: string): PolicyRequest {
  if (bytes.length > maxLength) fail('LIMIT_EXCEEDED', `the policy ${path} is longer than ${maxLength} bytes`);
  const text = decodeUtf8(bytes) ?? fail('POLICY_INVALID', `the policy ${path} is not UTF-8`);
  return new PolicyFile(text, path).read();
}

class PolicyFile {
  readonly #path: string;
  readonly #lines = new LineCounter();
  readonly #root: Node | null;

  constructor(text: string, path: string) {
    this.#path = path;
    // Of the schema of strings alone: `on` is not true, and no id loses digits as a number.
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: this.#lines, uniqueKeys: true });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) {
      // Behind its first line the parser shows the text around, which others wrote.
      fail('POLICY_INVALID', `${this.#place(problem.pos[0])}: ${problem.message.replace(/(?: at line |\n).*/s, '')}`);
    }
    this.#root = document.contents;
  }

  read(): PolicyRequest {
    const [policy, ...others] = this.#entries(this.#root, 'the policy file');
    const stranger = policy?.name === 'policy' ? others[0] : policy;
    if (policy === undefined || stranger !== undefined)
      this.#refuse(stranger?.key, 'a policy file has one key, `policy`');
    const request: { [Option in PolicyOption]?: Value } = {};
    for (const { name, key, value } of this.#entries(policy.value, '`policy`')) {
      const claims = claimMaps.get(name);
      const option = names.get(name);
      if (claims !== undefined) request[claims] = this.#claims(value, name);
      else if (option === undefined) {
        const known = [...names.keys(), ...claimMaps.keys()].join(', ');
        this.#refuse(key, `\`${name}\` is not a key of a policy`, `The keys are ${known}.`);
      } else request[option] = option === 'key' ? this.#keyPath(value, name) : this.#value(option, value, name);
    }
    if (!options.some((option) => isGiven(request as PolicyRequest, option)))
      this.#refuse(policy.value, '`policy` asks for nothing');
    // Each value has the form that the table of options says, and the table is held to the type.
    return request as PolicyRequest;
  }

  #value(option: PolicyOption, node: unknown, name: string): Value {
    switch (policyOptions[option]) {
      case 'switch':
        return this.#switch(node, name);
      case 'list':
        return this.#list(node, name);
      case 'text':
        return this.#text(node, name);
    }
  }

  #keyPath(node: unknown, name: string): string {
    return resolve(dirname(this.#path), this.#text(node, name));
  }

  #claims(node: unknown, name: string): readonly string[] {
    const claims = this.#entries(node, `\`${name}\``);
    if (claims.length === 0) this.#refuse(node, `\`${name}\` is empty`);
    return claims.flatMap((claim) => this.#list(claim.value, claim.name).map((value) => `${claim.name}=${value}`));
  }

  #switch(node: unknown, name: string): boolean {
    const value = this.#text(node, name);
    return value === 'true' || (value !== 'false' && this.#refuse(node, `\`${name}\` is neither true nor false`));
  }

  #list(node: unknown, name: string): readonly string[] {
    if (!isSeq(node)) return [this.#text(node, name)];
    if (node.items.length === 0) this.#refuse(node, `\`${name}\` is an empty list`);
    return node.items.map((item) => this.#text(item, name));
  }

  #text(node: unknown, name: string): string {
    if (!isScalar(node) || typeof node.value !== 'string') return this.#refuse(node, `\`${name}\` is not a text`);
    // A key with nothing behind it is rather forgotten than meant.
    return node.value === '' ? this.#refuse(node, `\`${name}\` is empty`) : node.value;
  }

  #entries(
    node: unknown,
    what: string,
  ): readonly { readonly name: string; readonly key: unknown; readonly value: unknown }[] {
    if (!isMap(node)) return this.#refuse(node, `${what} is not a mapping`);
    return node.items.map(({ key, value }) =>
      isScalar(key) && typeof key.value === 'string'
        ? { name: key.value, key, value }
        : this.#refuse(key, `${what} has a key that is not a name`),
    );
  }

  #refuse(node: unknown, message: string, remedy?: string): never {
    const offset = (node as Partial<Node> | null | undefined)?.range?.[0];
    return fail('POLICY_INVALID', `${this.#place(offset ?? 0)}: ${message}`, remedy === undefined ? {} : { remedy });
  }

  #place(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#path}:${line}:${col}`;
  }
}
