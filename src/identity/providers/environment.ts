import { Secret } from '../../node/index.ts';
import type { TokenProvider } from './provider.ts';

/** Provides the token in the environment variable that cosign and sigstore-python read too. */
export const environmentTokens: TokenProvider = ({ environment: { SIGSTORE_ID_TOKEN: token } }) =>
  token === undefined || token === '' ? undefined : { mayHang: false, request: async () => new Secret(token.trim()) };
