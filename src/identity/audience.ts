/** The audience for which Sigstore's certificate authorities accept tokens. */
export const sigstoreAudience = 'sigstore';
