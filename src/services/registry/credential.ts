/** What a registry lets in. */

/** Whatever holds a secret and hands it out only when asked to. `Secret` of identity/ is one. */
export interface Confidential {
  reveal(): string;
}

/** Keeps a secret in a closure: printed or serialised, nothing of it shows. */
export function confidential(text: string): Confidential {
  return { reveal: () => text };
}

/** A password or access token, or a token that is exchanged for others (OAuth 2 refresh token). */
export type Credential =
  | { readonly kind: 'password'; readonly user: string; readonly password: Confidential }
  | { readonly kind: 'identity-token'; readonly token: Confidential };

/** A user and a password as one credential. A colon in the name would shift what is the password (RFC 7617, section 2). */
export function passwordCredential(user: string, password: string, refuse: () => never): Credential {
  return user.includes(':') ? refuse() : { kind: 'password', user, password: confidential(password) };
}
