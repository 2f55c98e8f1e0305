// Empties the descriptions of inputs in the tables of options: only the manifests have them, and no program prints them.
import { parseSync } from '@swc/core';

/** Returns the text of a source without the descriptions of inputs, if it is a table of options. */
export function withoutInputTexts(path, text) {
  if (!/[\\/]src[\\/]options[\\/][^\\/]+\.ts$/.test(path)) return text;
  const bytes = Buffer.from(text);
  const kept = [];
  let at = 0;
  // swc's positions are of bytes, and begin at 1.
  for (const { start, end } of inputTexts(parseSync(text, { syntax: 'typescript', target: 'es2023' }))) {
    kept.push(bytes.subarray(at, start - 1), Buffer.from("''"));
    at = end - 1;
  }
  return Buffer.concat([...kept, bytes.subarray(at)]).toString();
}

/** Yields the places of the descriptions: the texts of the member `action` of a row, but for defaults. */
function* inputTexts(node) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'KeyValueProperty' && node.key.value === 'action') yield* textsIn(node.value);
  else for (const each of Object.values(node)) yield* inputTexts(each);
}

function* textsIn(value) {
  if (value.type === 'StringLiteral') yield value.span;
  for (const { key, value: inner } of value.properties ?? []) if (key.value !== 'default') yield* textsIn(inner);
}
