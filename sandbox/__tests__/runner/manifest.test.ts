import { describe, expect, test } from '@jest/globals';
import { inputVariable, parseManifest, resolveInputs } from '../../runner/manifest.ts';

const runs = 'runs:\n  using: node24\n  main: dist/index.mjs\n';

describe('the manifest', () => {
  test('a whole one', () => {
    const manifest = parseManifest(`
name: Sign
description: words
branding: { icon: lock }
inputs:
  subject-path: { description: files, required: true }
  retries: { default: 3 }
  quiet: { default: true }
  nothing: { default: }
  token: { default: "\${{ github.token }}", deprecationMessage: use another }
  bare:
outputs:
  bundle-path: { description: where }
runs:
  using: NODE20
  main: ../dist/sign.mjs
`);
    expect(manifest).toEqual({
      name: 'Sign',
      inputs: [
        { name: 'subject-path', default: undefined, deprecationMessage: undefined },
        { name: 'retries', default: '3', deprecationMessage: undefined },
        { name: 'quiet', default: 'true', deprecationMessage: undefined },
        { name: 'nothing', default: '', deprecationMessage: undefined },
        { name: 'token', default: '\u0024{{ github.token }}', deprecationMessage: 'use another' },
        { name: 'bare', default: undefined, deprecationMessage: undefined },
      ],
      outputs: ['bundle-path'],
      using: 'node20',
      main: '../dist/sign.mjs',
    });
  });

  test.each<[what: string, text: string, message: string]>([
    ['no YAML', 'a: [', 'not valid YAML'],
    ['two members of one name', `${runs}runs: {}\n`, 'not valid YAML'],
    ['a list', '- a', 'The action manifest is not a mapping'],
    ['nothing', '', 'The action manifest is not a mapping'],
    ['no runs', 'name: a', 'runs is not a mapping'],
    ['no using', 'runs: { main: a }', 'runs using nothing'],
    ['an old node', 'runs: { using: node16, main: a }', 'runs using node16'],
    ['a composite action', 'runs: { using: composite, steps: [] }', 'runs using composite'],
    ['a container', 'runs: { using: docker, image: Dockerfile }', 'runs using docker'],
    ['a key in capitals', 'runs: { using: node24, Main: a }', 'unknown key: Main'],
    ['no main', 'runs: { using: node24 }', 'no main'],
    ['an empty main', 'runs: { using: node24, main: "" }', 'no main'],
    ['an unknown key in runs', `${runs}  args: []\n`, 'unknown key: args'],
    ['inputs that are a list', `${runs}inputs: [a]\n`, 'inputs is not a mapping'],
    ['a default that is a list', `${runs}inputs: { a: { default: [1] } }\n`, 'inputs.a.default is not a scalar'],
  ])('refused: %s', (_, text, message) => {
    expect(() => parseManifest(text)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
    );
  });
});

describe('inputs', () => {
  const context = new Map([
    ['token', 'ghs_token'],
    ['sha', 'abc'],
  ]);
  const withDefault = (text: string) =>
    parseManifest(`${runs}inputs:\n  Token Name: { default: ${JSON.stringify(text)}, deprecationMessage: old }\n`);

  test.each<[what: string, text: string, value: string]>([
    ['a literal', ' kept as it is ', ' kept as it is '],
    ['the token', '\u0024{{ github.token }}', 'ghs_token'],
    ['without regard to case or blanks', '\u0024{{GitHub.SHA}}', 'abc'],
    ['within text', 'a-\u0024{{ github.sha }}-\u0024{{ github.sha }}', 'a-abc-abc'],
    ['a name that is not there', '\u0024{{ github.nonesuch }}', ''],
  ])('a default: %s', (_, text, value) => {
    const { values, warnings } = resolveInputs(withDefault(text), {}, context);
    expect([...values]).toEqual([['Token Name', value]]);
    expect(warnings).toEqual([]);
  });

  test.each([
    'secrets.A',
    "'text'",
    'github.event',
    'github.event.number',
    'runner.os',
    'github.sha || github.ref',
    '',
  ])('an expression that is not evaluated: %s', (expression) => {
    expect(() => resolveInputs(withDefault(`\u0024{{ ${expression} }}`), {}, context)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('evaluates github.NAME alone') }),
    );
  });

  test('names match without regard to case; what is not declared is warned about and passed', () => {
    const { values, warnings } = resolveInputs(withDefault('x'), { 'token name': ' v ', extra: '' }, context);
    expect([...values]).toEqual([
      ['token name', ' v '],
      ['extra', ''],
    ]);
    expect(warnings).toEqual([
      "Input 'Token Name' has been deprecated with message: old",
      "Unexpected input(s) 'extra', valid inputs are ['Token Name']",
    ]);
  });

  test.each([
    ['subject-path', 'INPUT_SUBJECT-PATH'],
    ['two  spaces', 'INPUT_TWO__SPACES'],
    ['a.b_c', 'INPUT_A.B_C'],
  ])('the variable of %s', (name, variable) => {
    expect(inputVariable(name)).toBe(variable);
  });
});
