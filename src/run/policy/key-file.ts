/** Names files that are given as a public key and are something else. Loaded only for such a file. */

import { CountersignError } from '../../core/errors/index.ts';

const others: readonly (readonly [shape: RegExp, what: string, remedy: string])[] = [
  [
    /^-----BEGIN (?:TRUSTED )?CERTIFICATE-----/,
    'a certificate',
    'A certificate belongs to an identity. Use `certificate-identity` and `certificate-oidc-issuer` (or `repo`) instead of `key`. If the signature was created with a long-lived key, use its public key; `openssl x509 -in FILE -noout -pubkey` prints the public key of a certificate.',
  ],
  [
    /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    'a private key',
    'Use the public key, which `cosign public-key --key FILE` or `openssl pkey -in FILE -pubout` prints, and keep the private key secret.',
  ],
  [
    /^-----BEGIN RSA PUBLIC KEY-----/,
    'a public key in PKCS #1 format',
    'Convert it with `openssl rsa -RSAPublicKey_in -in FILE -pubout`.',
  ],
  [/^-----BEGIN PGP /, 'a PGP key', 'PGP signatures are not supported. Use `gpg --verify`.'],
  [
    /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) |^-----BEGIN (?:OPENSSH|SSH2) /,
    'an SSH key',
    'Convert it with `ssh-keygen -e -m PKCS8 -f FILE`.',
  ],
  [/^untrusted comment:/i, 'a minisign or signify key', 'minisign signatures are not supported. Use minisign.'],
  [/^\s*\{/, 'a JSON document', 'Specify the public key in PEM format (`-----BEGIN PUBLIC KEY-----`).'],
];

/** Returns the error for such a file; `undefined` if it is nothing known. */
export function namedKeyFile(text: string, path: string): CountersignError | undefined {
  const trimmed = text.trim();
  const [, what, remedy] = others.find(([shape]) => shape.test(trimmed)) ?? [];
  if (what === undefined || remedy === undefined) return undefined;
  return new CountersignError('FORMAT_UNSUPPORTED', `the public key ${path} is ${what}, which is not supported`, {
    remedy,
  });
}
