/** The credentials that a registry accepts. */
import { Secret } from '../../node/index.ts';
/** A password or access token, or a token that is exchanged for others (OAuth 2 refresh token). */
export type Credential = {
    readonly kind: 'password';
    readonly user: string;
    readonly password: Secret;
} | {
    readonly kind: 'identity-token';
    readonly token: Secret;
};
/** A user and a password as one credential. A colon in the name would shift what is the password (RFC 7617, section 2). */
export declare function passwordCredential(user: string, password: string, refuse: () => never): Credential;
