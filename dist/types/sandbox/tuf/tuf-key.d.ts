/** Keys in the form of TUF metadata, and the JSON that they sign (TUF specification, section 4.2). */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import { type JsonValue } from '../../src/core/encoding/json.ts';
import { type SigningKey } from '../pki/signing-key.ts';
export interface TufKey {
    readonly id: string;
    readonly key: SigningKey;
    /** The entry in `keys`. */
    readonly listed: JsonObject;
}
export declare function tufKey(key: SigningKey): TufKey;
/** Encodes OLPC's canonical JSON, which is not RFC 8785: with sorted members, without white space, with integers only, and with only `"` and `\` escaped in strings. */
export declare function olpcJson(value: JsonValue): string;
