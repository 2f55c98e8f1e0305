// The variables by which a runner hands inputs to the sign action.
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

const manifest = parse(await readFile(new URL('../action.yml', import.meta.url), 'utf8'));

/** Those given, and the defaults of all others. */
export function inputVariables(given) {
  const defaults = Object.entries(manifest.inputs).map(([name, { default: value }]) => [name, value]);
  const inputs = { ...Object.fromEntries(defaults), ...given };
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}
