import type { Secret } from '../../node/index.ts';
import type { LoginSettings, LoginWorld } from './settings.ts';
/**
 * Returns a function that logs a person in. The first login of a run asks for an agreement. The protocol is loaded with it, and not
 * before.
 */
export declare function openLogin(settings: LoginSettings, world: LoginWorld): () => Promise<Secret>;
