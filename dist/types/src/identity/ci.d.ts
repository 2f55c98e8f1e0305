import type { Environment } from './providers/provider.ts';
/** Reports whether the program runs in a job of a CI system, where nobody can answer a question. */
export declare function inCi(environment: Environment): boolean;
