/**
 * Reads policy files: YAML, with the names of the options as keys under `policy:`.
 *
 * Unknown keys are refused, since a mistyped key would be a check that is not made.
 */

import { dirname, resolve } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { optionName, type PolicyOption, type PolicyRequest, policyRows } from '../../options/index.ts';
import { isGiven, policyOptions, shownName } from './request.ts';

const maxLength = 1024 * 1024;

type Value = string | boolean | readonly string[];

/** The options by their keys in a file, except those of claims. */
const names: ReadonlyMap<string, PolicyOption> = new Map(
  policyOptions
    .filter((option) => policyRows[option].place !== 'beside' && option !== 'claim' && option !== 'refuseClaim')
    .map((option) => [optionName(option), option]),
);
/** Claims have a mapping of their own, from their names to the values that are accepted. */
const claimMaps: ReadonlyMap<string, 'claim' | 'refuseClaim'> = new Map([
  ['claims', 'claim'],
  ['refused-claims', 'refuseClaim'],
]);

/**
 * Reads a policy file.
 *
 * @param path the path of the file; paths in it are relative to its folder
 * @throws CountersignError `POLICY_INVALID`, with the place in the file
 */
export function readPolicyFile(text: string, path: string): PolicyRequest {
  if (text.length > maxLength)
    fail('LIMIT_EXCEEDED', `the policy file ${path} is too large: the limit is ${maxLength} characters`);
  return new PolicyFile(text, path).read();
}

/**
 * Returns an error about what only the policy file gives as an error about its keys: with the path of the file, and with `repo` as "repo".
 * Returns other errors unchanged.
 */
export function atKeys(failure: unknown, written: PolicyRequest, said: PolicyRequest, path: string): unknown {
  if (!(failure instanceof CountersignError) || failure.code !== 'POLICY_INVALID') return failure;
  const { code, message, remedy } = failure;
  const isKey = (option: PolicyOption): boolean => isGiven(written, option) && !isGiven(said, option);
  const named = withKeys(message, isKey);
  if (named === message && policyOptions.some((option) => isGiven(said, option))) return failure;
  return new CountersignError(code, `${path}: ${named}`, {
    cause: failure,
    ...(remedy !== undefined && { remedy: withKeys(remedy, (option) => policyRows[option].place !== 'beside') }),
  });
}

/** Returns a text with the names of these options as they are written in a file. */
function withKeys(text: string, isKey: (option: PolicyOption) => boolean): string {
  return text.replace(/`([a-z-]+)`/g, (whole, name: string) => {
    const option = policyOptions.find((one) => shownName(one) === name);
    return option !== undefined && isKey(option) ? `"${keyOf(option)}"` : whole;
  });
}

function keyOf(option: PolicyOption): string {
  const [claims] = [...claimMaps].find(([, one]) => one === option) ?? [];
  return claims ?? optionName(option);
}

class PolicyFile {
  readonly #path: string;
  readonly #lines = new LineCounter();
  readonly #root: Node | null;

  constructor(text: string, path: string) {
    this.#path = path;
    // With strings alone: `on` is not true, and no id loses digits as a number.
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: this.#lines, uniqueKeys: true });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) {
      // After the first line the parser quotes the file, whose text is not trusted.
      fail('POLICY_INVALID', `${this.#place(problem.pos[0])}: ${problem.message.replace(/(?: at line |\n).*/s, '')}`);
    }
    this.#root = document.contents;
  }

  read(): PolicyRequest {
    const [policy, ...others] = this.#entries(this.#root, 'the policy file');
    const stranger = policy?.name === 'policy' ? others[0] : policy;
    if (policy === undefined || stranger !== undefined)
      this.#refuse(stranger?.key, 'the only top-level key of a policy file must be "policy"');
    const request: { [Option in PolicyOption]?: Value } = {};
    for (const { name, key, value } of this.#entries(policy.value, '"policy"')) {
      const claims = claimMaps.get(name);
      const option = names.get(name);
      if (claims !== undefined) request[claims] = this.#claims(value, name);
      else if (option === undefined) {
        const known = [...names.keys(), ...claimMaps.keys()].join(', ');
        this.#refuse(key, `${JSON.stringify(name)} is not a policy key`, `Use one of ${known}.`);
      } else request[option] = this.#value(option, value, name);
    }
    if (!policyOptions.some((option) => isGiven(request as PolicyRequest, option)))
      this.#refuse(policy.value, '"policy" is empty');
    // Each value has the form that its row declares.
    return request as PolicyRequest;
  }

  #value(option: PolicyOption, node: unknown, name: string): Value {
    switch (policyRows[option].form.type) {
      case 'switch':
        return this.#switch(node, name);
      case 'list':
        return this.#list(node, name);
      case 'text':
        return this.#text(node, name);
      case 'path':
        return resolve(dirname(this.#path), this.#text(node, name));
    }
  }

  #claims(node: unknown, name: string): readonly string[] {
    const claims = this.#entries(node, JSON.stringify(name));
    if (claims.length === 0) this.#refuse(node, `${JSON.stringify(name)} is empty`);
    return claims.flatMap((claim) => this.#list(claim.value, claim.name).map((value) => `${claim.name}=${value}`));
  }

  #switch(node: unknown, name: string): boolean {
    const value = this.#text(node, name);
    return (
      value === 'true' || (value !== 'false' && this.#refuse(node, `${JSON.stringify(name)} must be true or false`))
    );
  }

  #list(node: unknown, name: string): readonly string[] {
    if (!isSeq(node)) return [this.#text(node, name)];
    if (node.items.length === 0) this.#refuse(node, `${JSON.stringify(name)} is an empty list`);
    return node.items.map((item) => this.#text(item, name));
  }

  #text(node: unknown, name: string): string {
    if (!isScalar(node) || typeof node.value !== 'string')
      return this.#refuse(node, `${JSON.stringify(name)} is not a string`);
    // A key without a value is more likely a mistake than meant.
    return node.value === '' ? this.#refuse(node, `${JSON.stringify(name)} is empty`) : node.value;
  }

  #entries(
    node: unknown,
    what: string,
  ): readonly { readonly name: string; readonly key: unknown; readonly value: unknown }[] {
    if (!isMap(node)) return this.#refuse(node, `${what} is not a mapping`);
    return node.items.map(({ key, value }) =>
      isScalar(key) && typeof key.value === 'string'
        ? { name: key.value, key, value }
        : this.#refuse(key, `${what} has a key that is not a string`),
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
