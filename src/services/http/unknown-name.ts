/** A host that no name server knows. */

import { systemCode } from '../../core/errors/index.ts';

/** What to do about it; `undefined` for all else. A name server that is down says EAI_AGAIN. */
export function checkName(cause: unknown): string | undefined {
  return systemCode(cause) === 'ENOTFOUND' ? 'Check the name of the host: nobody knows it.' : undefined;
}
