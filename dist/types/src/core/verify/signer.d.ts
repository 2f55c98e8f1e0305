/** The signer: the owner of a certificate, or of a key that the policy names. */
import type { Certificate } from '../certificate/certificate.ts';
import type { PublicKey } from '../crypto/public-key.ts';
export type Signer = {
    readonly kind: 'certificate';
    readonly certificate: Certificate;
    readonly publicKey: PublicKey;
} | {
    readonly kind: 'key';
    readonly publicKey: PublicKey;
};
