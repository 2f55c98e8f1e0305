/** Names files that are given as a public key and are something else. Loaded only for such a file. */

import { CountersignError } from '../../core/errors/index.ts';

const others: readonly (readonly [shape: RegExp, what: string, remedy: string])[] = [
  [
    /^-----BEGIN (?:TRUSTED )?CERTIFICATE-----/,
    'a certificate',
    "A certificate names an identity: give `certificate-identity` and `certificate-oidc-issuer` (or `repo`) in place of `key`. If the signature was made with a long-lived key, give its public key: `openssl x509 -in FILE -noout -pubkey` writes a certificate's.",
  ],
  [
    /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    'a private key',
    'Give the public key, as `cosign public-key --key FILE` or `openssl pkey -in FILE -pubout` writes it, and keep the private key secret.',
  ],
  [
    /^-----BEGIN RSA PUBLIC KEY-----/,
    'a public key in the form of PKCS #1',
    'Convert it: `openssl rsa -RSAPublicKey_in -in FILE -pubout`.',
  ],
  [/^-----BEGIN PGP /, 'a PGP key', 'Signatures of PGP are not verified here: use `gpg --verify`.'],
  [
    /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) |^-----BEGIN (?:OPENSSH|SSH2) /,
    'an SSH key',
    'Convert it: `ssh-keygen -e -m PKCS8 -f FILE`.',
  ],
  [
    /^untrusted comment:/i,
    'a key of minisign or signify',
    'Signatures of minisign are not verified here: use minisign.',
  ],
  [/^\s*\{/, 'a JSON document', 'Give the public key as PEM (`-----BEGIN PUBLIC KEY-----`).'],
];

/** Returns the error for such a file; `undefined` if it is nothing known. */
export function namedKeyFile(text: string, path: string): CountersignError | undefined {
  const trimmed = text.trim();
  const [, what, remedy] = others.find(([shape]) => shape.test(trimmed)) ?? [];
  if (what === undefined || remedy === undefined) return undefined;
  return new CountersignError('FORMAT_UNSUPPORTED', `\`key\`: ${path} is ${what}, not a public key`, { remedy });
}
