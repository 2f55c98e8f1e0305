/** The audience for which Sigstore's certificate authorities accept tokens. */
export declare const sigstoreAudience = "sigstore";
