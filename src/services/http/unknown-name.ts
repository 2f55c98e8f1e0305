/** A host that no name server knows. */

import { systemCode } from '../../core/errors/index.ts';

/**
 * Returns the remedy for a host name that does not exist; `undefined` for other errors. A name server that is down answers EAI_AGAIN.
 */
export function checkName(cause: unknown): string | undefined {
  return systemCode(cause) === 'ENOTFOUND'
    ? 'The host name could not be resolved. Check its spelling. If this network requires a proxy, set HTTPS_PROXY.'
    : undefined;
}
