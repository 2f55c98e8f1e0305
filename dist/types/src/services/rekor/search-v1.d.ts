/**
 * The search index of Rekor v1 (`POST /api/v1/index/retrieve`). It is not part of the log and proves nothing: an entry that it names has to be
 * proven, and one that it does not name may exist.
 */
import { type Http } from '../http/index.ts';
/** A key of the search index. */
export type IndexQueryV1 = 
/** The digest of an artifact, payload or envelope, or of a subject of a statement: `sha256:<hex>` or `sha512:<hex>`. */
{
    readonly kind: 'digest';
    readonly digest: string;
}
/** A subject alternative name. Letter case does not matter. */
 | {
    readonly kind: 'name';
    readonly name: string;
}
/** A public key: SubjectPublicKeyInfo, DER. */
 | {
    readonly kind: 'key';
    readonly spki: Uint8Array;
};
/** The longest name that the service accepts. */
export declare const maxNameLength = 512;
/**
 * Returns the UUIDs of the entries that the index has under a key, in no particular order. There is no paging.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`; those of HTTP
 */
export declare function searchIndexV1(http: Http, baseUrl: string, query: IndexQueryV1): Promise<readonly string[]>;
