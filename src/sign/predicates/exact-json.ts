import { asList, asObject, isWellFormed, type JsonValue } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';

/**
 * Demands that a document can be written again with the same meaning: readers would see other numbers than its author wrote, or no text
 * at all.
 *
 * @throws CountersignError `STATEMENT_INVALID` for a number that is too large for a double, an integer that is not safe, and half of a surrogate pair
 */
export function demandExact(document: JsonValue): void {
  if (typeof document === 'string') demandText(document);
  if (
    typeof document === 'number' &&
    !(Number.isInteger(document) ? Number.isSafeInteger(document) : Number.isFinite(document))
  )
    fail('STATEMENT_INVALID', 'it contains a number that JSON readers do not agree on', {
      remedy: 'Write numbers above 2^53 as text.',
    });
  for (const item of asList(document) ?? []) demandExact(item);
  for (const [name, value] of Object.entries(asObject(document) ?? {})) {
    demandText(name);
    demandExact(value);
  }
}

function demandText(text: string): void {
  if (!isWellFormed(text)) fail('STATEMENT_INVALID', 'it contains half of a surrogate pair, which is not text');
}
