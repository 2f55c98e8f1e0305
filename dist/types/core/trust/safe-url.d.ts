/** Whether an address may be asked: https, or plain http where no network is crossed. Tokens and trust travel on it. */
export declare function isSafeUrl({ protocol, hostname }: URL): boolean;
