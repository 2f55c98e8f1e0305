/** Data tiles of certificate logs (C2SP static-ct-api, "Log Entries"). */
/**
 * Splits a data tile into its entries. Each is returned as the MerkleTreeLeaf that the log hashes (RFC 6962, section 3.4), without the
 * certificates that the hash does not cover.
 *
 * @param first the index of the first entry in the log
 * @throws CountersignError `SERVICE_RESPONSE_INVALID` if it does not have exactly this number of entries; `ENTRY_ALTERED` for an entry with
 * the index of another one
 */
export declare function splitDataTile(tile: Uint8Array, first: number, count: number): readonly Uint8Array[];
