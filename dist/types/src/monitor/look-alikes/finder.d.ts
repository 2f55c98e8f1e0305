import type { LookAlike } from './look-alike.ts';
import type { NameKind } from './names/name.ts';
/** A name, with the numeric id of its owner if it is known. */
export interface IdentifiedName {
    readonly kind: NameKind;
    readonly name: string;
    readonly ownerId?: string | undefined;
}
/**
 * Finds the protected name that another one looks like. A search takes about the same time among ten thousand names as with one.
 *
 * @example
 * const finder = new LookAlikeFinder([{ kind: 'repo', name: 'docker/login-action', ownerId: '5429470' }]);
 * finder.find({ kind: 'repo', name: 'dokcer/login-action', ownerId: '7' })?.rule; // → 'transposed'
 */
export declare class LookAlikeFinder {
    #private;
    /** @throws CountersignError `USAGE` for a protected name that does not have the form of its kind */
    constructor(names: Iterable<IdentifiedName>);
    /**
     * Compares a name with the protected names of its kind.
     *
     * @returns the protected name that it looks like most, with the reason. `undefined` for protected names themselves, for other names of
     * their owners, and for names that look like none of them
     */
    find({ kind, name, ownerId }: IdentifiedName): LookAlike | undefined;
}
