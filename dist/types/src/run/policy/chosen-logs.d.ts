import type { TrustedRoot } from '../../core/trust/index.ts';
import type { TrustChoice } from './load-trust.ts';
/**
 * Returns a function that removes from a root all logs but those that were chosen by their URLs. Without URLs, all are chosen.
 *
 * @throws CountersignError `USAGE` for a log that is in none of the roots
 */
export declare function chosenLogs(urls: readonly string[], roots: readonly Pick<TrustChoice, 'trust'>[]): (trust: TrustedRoot) => TrustedRoot;
