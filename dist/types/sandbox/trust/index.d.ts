/** The trusted root and the signing configs, for clients. */
export { type LogAddress, signingConfig } from './signing-config.ts';
export { type Trusted, type TrustedServices, trustedRoot } from './trusted-root.ts';
