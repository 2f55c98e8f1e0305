/** Expressions in `with:`, `env:` and job outputs, of the one kind that names a value. */

import { fail } from '../../../src/core/errors/index.ts';

/** The value of a context's member: `steps`, `sign.outputs.subjects`. Absent, it is the empty string. */
export type ContextLookup = (context: string, path: string) => string | undefined;

/**
 * A text with each expression replaced by its value. No operator, no function, no literal: a workflow under test is written without.
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
