/** The system's names of what went wrong: `ECONNREFUSED`. */

/** Not asked by `instanceof Error`: Node's own errors may be of another realm. */
export function systemCode(cause: unknown): string | undefined {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : undefined;
}

/** What to do about a host that no name server knows; `undefined` for all else. A name server that is down says EAI_AGAIN. */
export function checkName(cause: unknown): string | undefined {
  return systemCode(cause) === 'ENOTFOUND' ? 'Check the name of the host: nobody knows it.' : undefined;
}
