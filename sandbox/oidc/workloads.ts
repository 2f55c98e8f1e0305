/** Identities of workloads and of users, whose tokens have few claims. */

import type { JobProvider } from './job-provider.ts';

function withSubject(subject: string, example: JobProvider['example'] = {}): JobProvider {
  return {
    example,
    occasional: [],
    keySetPath: 'keys',
    numbered: false,
    lifetimeSeconds: 3600,
    leewaySeconds: 0,
    subject: () => subject,
    audience: (_, issuer) => issuer,
  };
}

/** The service account `signer` in the namespace `release` of a Kubernetes cluster. */
export const kubernetes: JobProvider = withSubject('system:serviceaccount:release:signer', {
  'kubernetes.io': {
    namespace: 'release',
    pod: { name: 'signer-0', uid: '01900000-0000-4000-8000-00000000b001' },
    serviceaccount: { name: 'signer', uid: '01900000-0000-4000-8000-00000000b002' },
  },
});

/** The domain of the SPIFFE IDs. */
export const spiffeTrustDomain = 'example.org';

export const spiffe: JobProvider = withSubject(`spiffe://${spiffeTrustDomain}/ns/release/sa/signer`);

/** The domain of the user names. */
export const userDomain = 'example.org';

export const username: JobProvider = withSubject('example-user');
