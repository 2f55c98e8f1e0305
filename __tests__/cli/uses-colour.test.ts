/** Colours are for terminals, unless variables say otherwise. */

import { expect, test } from '@jest/globals';
import { usesColour } from '../../src/cli/uses-colour.ts';

test.each<[isTerminal: boolean, env: NodeJS.ProcessEnv, expected: boolean]>([
  [true, {}, true],
  [true, { TERM: 'xterm-256color' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { NO_COLOR: '1' }, false],
  // An empty value does not count (no-color.org).
  [true, { NO_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [false, {}, false],
  [false, { FORCE_COLOR: '1' }, true],
])('terminal: %j, %j', (isTTY, env, expected) => {
  expect(usesColour({ isTTY }, env)).toBe(expected);
});
