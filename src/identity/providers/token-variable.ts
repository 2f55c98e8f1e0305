import type { Environment } from './provider.ts';

/** Returns the token in `SIGSTORE_ID_TOKEN`, if it is set. */
export function tokenVariable({ SIGSTORE_ID_TOKEN: token }: Environment): string | undefined {
  return token?.trim() || undefined;
}
