/** The outputs that the code of an action sets, by its syntax. */

import { parseFile } from '@swc/core';

interface Call {
  readonly type: 'CallExpression';
  readonly callee: { readonly type: string; readonly value?: unknown };
  readonly arguments: readonly { readonly expression: { readonly type: string; readonly value?: unknown } }[];
}

/** Returns the names with which a source file calls `output`, `setOutput` or `setLongOutput`, in order, where they are literals. */
export async function outputsSet(path: string): Promise<readonly string[]> {
  const names: string[] = [];
  visit(await parseFile(path, { syntax: 'typescript', target: 'es2023' }), ({ callee, arguments: given }) => {
    if (callee.type !== 'Identifier') return;
    // A long output has another one for the path of its file.
    const count = ({ output: 1, setOutput: 1, setLongOutput: 2 } as Record<string, number>)[String(callee.value)] ?? 0;
    for (const { expression } of given.slice(0, count))
      if (expression.type === 'StringLiteral') names.push(String(expression.value));
  });
  return names;
}

/** Calls `found` with every call in a syntax tree. */
function visit(node: unknown, found: (call: Call) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && node.type === 'CallExpression') found(node as Call);
  for (const child of Object.values(node)) visit(child, found);
}
