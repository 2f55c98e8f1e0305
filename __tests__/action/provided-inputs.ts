/** Inputs in the environment, as the runner puts them there. */

import type { InputDeclaration } from '../../src/options/index.ts';

/** Sets the environment to them and the defaults, and writes down which are asked for. Whoever calls puts it back. */
export function provideInputs(
  declared: Readonly<Record<string, InputDeclaration>>,
  inputs: Readonly<Record<string, string>>,
): { readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  const defaults = Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input.default]));
  const values = new Map(
    Object.entries({ ...defaults, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  process.env = new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get: (_, variable) => {
        if (typeof variable !== 'string' || !variable.startsWith('INPUT_')) return undefined;
        asked.add(variable);
        return values.get(variable);
      },
    },
  );
  return { asked };
}
