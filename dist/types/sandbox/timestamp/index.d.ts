/** The timestamp authority. */
export { TimestampAuthority, type TimestampAuthorityOptions, type TimestampRequest, timestampResponse, } from './timestamp-authority.ts';
export { oids as timestampOids, signedAttribute, type TokenOverrides, type TokenProfile, } from './token.ts';
