/** The tokens of Kubernetes service accounts, which a projected volume puts into a file. */

import { goUrl } from '../../core/encoding/index.ts';
import { requiredClaim, type TokenClaims } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import { readTokenFile } from './jwt-file.ts';
import type { TokenProvider } from './provider.ts';

/** The path at which cosign also looks for a token. */
const projected = '/var/run/sigstore/cosign/oidc-token';

/** Provides the token in a projected volume. The kubelet renews the file, so it is read each time. */
export const kubernetesTokens: TokenProvider = {
  name: 'kubernetes',
  title: 'Kubernetes',
  kinds: ['kubernetes'],
  async detect(_, { files }) {
    const found = await files.stat(projected).catch(() => undefined);
    return found?.isFile() ? 'ready' : 'absent';
  },
  open({ file = projected }, { files }) {
    return async () => (await readTokenFile(file, 'the projected token of the service account', files)).token;
  },
};

/** Service accounts of Kubernetes (fulcio, pkg/identity/kubernetes). */
export const kubernetesAccounts: TokenKind = {
  name: 'kubernetes',
  holder: 'a Kubernetes service account',
  recognizes: (claims) => typeof claims['kubernetes.io'] === 'object' && claims['kubernetes.io'] !== null,
  certificateIdentity(claims) {
    const members = claims['kubernetes.io'] as TokenClaims;
    const account = members.serviceaccount as TokenClaims | undefined;
    const use = 'which the certificate names';
    const namespace = requiredClaim(members, 'namespace', use);
    const uri = `https://kubernetes.io/namespaces/${namespace}/serviceaccounts/${requiredClaim(account ?? {}, 'name', use)}`;
    return goUrl(uri) ?? uri;
  },
  publishedClaims: ['sub'],
};
