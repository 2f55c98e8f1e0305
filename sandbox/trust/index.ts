/** What a client is given to trust and to use the sandbox. */

export { type LogAddress, type ServiceAddresses, signingConfig } from './signing-config.ts';
export { type Trusted, type TrustedServices, trustedRoot } from './trusted-root.ts';
