/** SPIFFE identities: a JWT-SVID, which a helper program of the workload writes to a file. */

import { fail } from '../../core/errors/index.ts';
import { requiredClaim, textClaim } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import { readTokenFile } from './jwt-file.ts';
import type { TokenProvider } from './provider.ts';

/** Provides the JWT-SVID in a file that the caller named. No path is usual for these files, so none is looked for. */
export const spiffeTokens: TokenProvider = {
  name: 'spiffe',
  title: 'SPIFFE',
  kinds: ['spiffe'],
  detect: () => 'absent',
  open({ file }, { files }) {
    const path =
      file ??
      fail('USAGE', '`identity-provider: spiffe` requires the path of a file with a JWT-SVID', {
        remedy:
          'Specify it with `identity-token`. spiffe-helper writes such a file, if `jwt_svids` sets the audience "sigstore".',
      });
    return async () => (await readTokenFile(path, 'the file with the JWT-SVID', files)).token;
  },
};

/** Workloads with a SPIFFE ID (fulcio, pkg/identity/spiffe). */
export const spiffeWorkloads: TokenKind = {
  name: 'spiffe',
  holder: 'a SPIFFE workload',
  recognizes: (claims) => textClaim(claims, 'sub')?.startsWith('spiffe://') ?? false,
  certificateIdentity: (claims) => requiredClaim(claims, 'sub', 'which the certificate names'),
  publishedClaims: ['sub'],
};
