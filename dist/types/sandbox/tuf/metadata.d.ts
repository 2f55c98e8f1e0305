/** Signed metadata (TUF specification, sections 4.2 to 4.6), every part of which can be changed. */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import { type TufKey } from './tuf-key.ts';
/** The roles, and the numbers of signatures that they need. */
declare const thresholds: {
    readonly root: 2;
    readonly targets: 2;
    readonly snapshot: 1;
    readonly timestamp: 1;
};
export type RoleName = keyof typeof thresholds;
export interface Metadata {
    readonly role: RoleName;
    readonly version: number;
    readonly expires: Date;
    /** The members of this role. */
    readonly content: JsonObject;
    readonly signers: readonly TufKey[];
}
/** Changes to a role's metadata. Its file keeps its name. */
export type MetadataChanges = Partial<Pick<Metadata, 'version' | 'expires' | 'signers'>> & {
    /** Changes the metadata before it is signed. */
    readonly amend?: (signed: JsonObject) => JsonObject;
    /** Changes the file after it is signed. */
    readonly spoil?: (file: Uint8Array) => Uint8Array;
};
export declare function encodeMetadata(metadata: Metadata, { amend, spoil, ...changes }?: MetadataChanges): Uint8Array;
export declare function metadataTime(time: Date): string;
/** Returns the file of a role's metadata, signed with these keys. */
export declare function signMetadata(signed: JsonObject, signers: readonly TufKey[]): Uint8Array;
/** Returns the members of a root: the keys, and the roles. */
export declare function rootContent(keysOf: (role: RoleName) => readonly TufKey[]): JsonObject;
/** Returns the length and the hash by which one file names another. */
export declare function fileInfo(bytes: Uint8Array): JsonObject;
export {};
