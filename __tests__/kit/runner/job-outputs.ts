/** The outputs of a job, for later jobs. */

import type { Annotation } from '../../../sandbox/runner/annotations.ts';
import type { SecretMasker } from '../../../sandbox/runner/masks.ts';

/** The size limit of all outputs of a job, in bytes of UTF-16. */
export const jobOutputsLimit = 1024 * 1024;

export interface JobOutputs {
  readonly outputs: ReadonlyMap<string, string>;
  readonly annotations: readonly Annotation[];
  readonly failed: boolean;
}

/** Returns the outputs without empty ones and those that a mask would change; none if they are too large. */
export function jobOutputs(evaluated: Readonly<Record<string, string>>, masker: SecretMasker): JobOutputs {
  const outputs = new Map<string, string>();
  const annotations: Annotation[] = [];
  for (const [name, value] of Object.entries(evaluated)) {
    if (value === '') continue;
    if (masker.mask(value) === value) outputs.set(name, value);
    else annotations.push({ level: 'warning', message: `Skip output '${name}' since it may contain secret.` });
  }
  const length = [...outputs].reduce((sum, [name, value]) => sum + 2 * (name.length + value.length), 0);
  if (length <= jobOutputsLimit) return { outputs, annotations, failed: false };
  const message = `Job outputs exceed ${jobOutputsLimit.toLocaleString('en-US')} bytes`;
  return { outputs: new Map(), annotations: [...annotations, { level: 'error', message }], failed: true };
}
