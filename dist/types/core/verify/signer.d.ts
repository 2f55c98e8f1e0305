/** Who is held to have signed: by a certificate, or by a key that the caller brings. */
import type { Certificate } from '../certificate/index.ts';
import type { PublicKey } from '../crypto/index.ts';
export type Signer = {
    readonly kind: 'certificate';
    readonly certificate: Certificate;
    readonly publicKey: PublicKey;
} | {
    readonly kind: 'key';
    readonly publicKey: PublicKey;
};
