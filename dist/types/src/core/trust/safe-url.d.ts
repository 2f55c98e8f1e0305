/** Reports whether a request to an address is safe: https, or http on loopback. Tokens and trusted roots are sent there. */
export declare function isSafeUrl({ protocol, hostname }: URL): boolean;
