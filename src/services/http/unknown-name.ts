/** A host that no name server knows. */

import { systemCode } from '../../core/errors/index.ts';

/**
 * Returns the remedy for a host name that does not exist; `undefined` for other errors. A name server that is down answers EAI_AGAIN.
 */
export function checkName(cause: unknown): string | undefined {
  return systemCode(cause) === 'ENOTFOUND'
    ? 'Check the name of the host: no name server knows it. In a network that reaches others through a proxy alone, set HTTPS_PROXY.'
    : undefined;
}
