import { type MisbehaviourName } from './catalogue.ts';
/** Returns the list of all misbehaviours. Those of all services are listed once. */
export declare function listMisbehaviours(): string;
/** Returns the description of the misbehaviours of a sandbox. */
export declare function describeMisbehaviours(names: readonly MisbehaviourName[]): string;
