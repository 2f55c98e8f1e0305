/** Evaluates the expressions in `with:`, `env:` and job outputs that name a value. */

import { fail } from '../../../src/core/errors/index.ts';

/** Returns the value of a context's member, as `steps` and `sign.outputs.subjects`. An absent one is the empty string. */
export type ContextLookup = (context: string, path: string) => string | undefined;

/**
 * Replaces each expression in a text by its value. Operators, functions and literals are not supported.
 *
 * @throws CountersignError `USAGE`
 */
export function evaluateText(text: string, lookup: ContextLookup): string {
  return text.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) => {
    const [, context, path] = /^\s*([a-z]+)\.([a-z_][\w.-]*)\s*$/i.exec(expression) ?? [];
    if (context === undefined || path === undefined) {
      fail('USAGE', `This runner evaluates names of a context alone, not \${{${expression}}}`);
    }
    return lookup(context.toLowerCase(), path) ?? '';
  });
}

export function evaluateAll(
  texts: Readonly<Record<string, string>>,
  lookup: ContextLookup,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluateText(text, lookup)]));
}
