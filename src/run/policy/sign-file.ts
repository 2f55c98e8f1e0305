/** Reads the signer's part of a policy file. */

import { fail } from '../../core/errors/index.ts';
import type { LogFallback } from '../../sign/index.ts';
import { type InputWorld, readInput } from '../world/index.ts';
import { signShape } from './file/sign-shape.ts';
import { type Entry, withSuggestion, YamlReader } from './file/yaml-reader.ts';
import { partsOf, requirePart } from './policy-file.ts';

/** What signing may do. */
export interface SignPolicy {
  /** What may be done if a transparency log is down. */
  readonly onOutage: readonly LogFallback['kind'][];
}

/** Reads the value of `sign`. */
export function readSignPart(reader: YamlReader, node: Entry['value']): SignPolicy {
  const { 'on-outage': onOutage = [] } = reader.read(node, 'sign', signShape);
  // The shape accepts no other texts.
  return { onOutage: fallbacks.filter((one) => onOutage.some(({ value }) => value === one)) };
}

const fallbacks: readonly LogFallback['kind'][] = ['timestamp-only', 'second-log'];

/**
 * Loads the policy of signing from a policy file.
 *
 * @throws CountersignError `POLICY_INVALID` with the place in the file, also for a file without `sign`; `USAGE` for a file that cannot be read
 */
export async function loadSignPolicy(path: string, world: InputWorld): Promise<SignPolicy> {
  if (path === '') fail('POLICY_INVALID', 'the path of the policy is empty');
  const text = Buffer.from(await readInput(path, 'policy', world)).toString('utf8');
  return withSuggestion(() => {
    const reader = new YamlReader(text, path);
    return readSignPart(reader, requirePart(reader, partsOf(reader), 'sign'));
  });
}
