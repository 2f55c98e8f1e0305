import { hash } from 'node:crypto';
import { canonicalJson } from '../../core/encoding/index.ts';
import type { Rule } from './rule.ts';

/**
 * Returns the id of a finding about an entry, in hexadecimal. JSON keeps the parts apart: no two lists of them have the same text.
 *
 * @param origin of the log
 */
export function ruleFindingId(origin: string, index: number, { id, version }: Pick<Rule, 'id' | 'version'>): string {
  return hash('sha256', canonicalJson(['countersign-watch-finding', origin, index, id, version]));
}
