/**
 * Reads the manifest of a JavaScript action, action.yml, as GitHub's runner does: leniently at the top and in inputs, strictly in
 * `runs`. An action that needs what this runner does not support is refused.
 */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, type Node, parseDocument, type YAMLMap } from 'yaml';
import { fail } from '../../src/core/errors/index.ts';

/** The names a manifest may have, in the order in which they are looked for. */
const manifestNames = ['action.yml', 'action.yaml'] as const;

export interface ActionInput {
  /** The name, as the manifest spells it. */
  readonly name: string;
  /** The default, whose expressions are not evaluated yet. */
  readonly default: string | undefined;
  readonly deprecationMessage: string | undefined;
}

export interface ActionManifest {
  readonly name: string | undefined;
  readonly inputs: readonly ActionInput[];
  /** The declared outputs. An action may set others. */
  readonly outputs: readonly string[];
  readonly using: 'node20' | 'node24';
  /** The path of the script, relative to the folder of the manifest and not normalised: `../dist/sign.mjs`. */
  readonly main: string;
  /** The stage that runs when the job begins, before all steps. */
  readonly pre: ActionStage | undefined;
  /** The stage that runs at the end of the job, after all steps. */
  readonly post: ActionStage | undefined;
}

export interface ActionStage {
  /** The path of the script, as `main`. */
  readonly script: string;
  /** Its `pre-if` or `post-if`; `always()` by default. */
  readonly condition: string;
}

const runsKeys: ReadonlySet<string> = new Set(['using', 'main', 'pre', 'pre-if', 'post', 'post-if']);

/**
 * Reads the manifest in a folder.
 *
 * @throws CountersignError `USAGE`, also for an action that cannot run here
 */
export function readManifest(actionDirectory: string): ActionManifest {
  for (const name of manifestNames) {
    const path = join(actionDirectory, name);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return parseManifest(readFileSync(path, 'utf8'));
  }
  return fail('USAGE', `No ${manifestNames.join(' or ')} in ${actionDirectory}`);
}

/** @throws CountersignError `USAGE`, also for an action that cannot run here */
export function parseManifest(text: string): ActionManifest {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) fail('USAGE', `The action manifest is not valid YAML: ${problem.message}`);
  const root = asMap(document.contents, 'The action manifest');
  const runs = asMap(member(root, 'runs'), "The action manifest's runs");
  const using = runtime(scalarText(member(runs, 'using'), 'runs.using'));
  for (const key of keys(runs)) {
    if (!runsKeys.has(key)) fail('USAGE', `runs in the action manifest has an unknown key: ${key}`);
  }
  const main = scalarText(member(runs, 'main'), 'runs.main');
  if (main === undefined || main === '') fail('USAGE', 'runs in the action manifest has no main');
  return {
    name: scalarText(member(root, 'name'), 'name'),
    inputs: readInputs(member(root, 'inputs')),
    outputs: isMap(member(root, 'outputs')) ? keys(asMap(member(root, 'outputs'), 'outputs')) : [],
    using,
    main,
    pre: readStage(runs, 'pre'),
    post: readStage(runs, 'post'),
  };
}

function readStage(runs: YAMLMap, stage: 'pre' | 'post'): ActionStage | undefined {
  const script = scalarText(member(runs, stage), `runs.${stage}`);
  // GitHub's runner has no stage for an empty script either.
  if (script === undefined || script === '') return undefined;
  return { script, condition: scalarText(member(runs, `${stage}-if`), `runs.${stage}-if`) || 'always()' };
}

function runtime(using: string | undefined): 'node20' | 'node24' {
  // Unlike keys, this value is compared without regard to case.
  const name = using?.toLowerCase();
  if (name === 'node20' || name === 'node24') return name;
  return fail('USAGE', `The action runs using ${using ?? 'nothing'}; this runner supports node20 and node24`);
}

function readInputs(node: Node | undefined): readonly ActionInput[] {
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  const inputs = asMap(node, "The action manifest's inputs");
  return keys(inputs).map((name) => {
    const value = member(inputs, name);
    if (!isMap(value)) return { name, default: undefined, deprecationMessage: undefined };
    return {
      name,
      default: scalarText(member(value as YAMLMap, 'default'), `inputs.${name}.default`),
      deprecationMessage: scalarText(
        member(value as YAMLMap, 'deprecationMessage'),
        `inputs.${name}.deprecationMessage`,
      ),
    };
  });
}

function asMap(node: unknown, what: string): YAMLMap {
  return isMap(node) ? (node as YAMLMap) : fail('USAGE', `${what} is not a mapping`);
}

function keys(map: YAMLMap): readonly string[] {
  return map.items.map(({ key }) => (isScalar(key) ? String(key.value) : String(key)));
}

function member(map: YAMLMap, name: string): Node | undefined {
  const value: unknown = map.get(name, true);
  return value === null || value === undefined ? undefined : (value as Node);
}

/** Returns a scalar as text: `true` and 1 as "true" and "1", null as the empty string. */
function scalarText(node: Node | undefined, what: string): string | undefined {
  if (node === undefined) return undefined;
  if (!isScalar(node)) return fail('USAGE', `The action manifest's ${what} is not a scalar`);
  return node.value === null ? '' : String(node.value);
}

export interface ResolvedInputs {
  /** The values by name: first the caller's, then the defaults. */
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/**
 * Returns the inputs of a step: the caller's values, and the manifest's defaults for the rest. Values are not trimmed, `required` is not
 * enforced, and an undeclared input is passed, with a warning.
 *
 * @param context the values of the `github` context by name in lower case, for expressions in defaults
 */
export function resolveInputs(
  manifest: Pick<ActionManifest, 'inputs'>,
  given: Readonly<Record<string, string>>,
  context: ReadonlyMap<string, string>,
): ResolvedInputs {
  const values = new Map(Object.entries(given));
  const namesGiven = new Set([...values.keys()].map((name) => name.toLowerCase()));
  const declared = new Set(manifest.inputs.map(({ name }) => name.toLowerCase()));
  const warnings: string[] = [];
  for (const input of manifest.inputs) {
    if (!namesGiven.has(input.name.toLowerCase())) {
      values.set(input.name, evaluateDefault(input.name, input.default ?? '', context));
    } else if (input.deprecationMessage !== undefined) {
      warnings.push(`Input '${input.name}' has been deprecated with message: ${input.deprecationMessage}`);
    }
  }
  const unexpected = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = manifest.inputs.map(({ name }) => `'${name}'`).join(', ');
    warnings.push(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are [${valid}]`);
  }
  return { values, warnings };
}

function evaluateDefault(input: string, text: string, context: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) => {
    const [, name] = /^\s*github\.([a-z_][a-z0-9_-]*)\s*$/i.exec(expression) ?? [];
    if (name === undefined || name.toLowerCase() === 'event') {
      fail(
        'USAGE',
        `The default of the input ${input} is the expression \${{${expression}}}; this runner evaluates github.NAME alone`,
      );
    }
    // A name that is not in the context is null, and so the empty string.
    return context.get(name.toLowerCase()) ?? '';
  });
}

/** Returns the variable of an input, in capitals, with underscores for spaces: INPUT_BUNDLE-PATH. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
