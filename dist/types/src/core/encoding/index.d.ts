/** Encodings: base64, hexadecimal, PEM, DER, JSON. Strict readers, canonical writers. */
export { decodeBase64, encodeBase64 } from './base64.ts';
export { concatBytes, decodeUtf8, equalBytes, isWellFormed, readUint, uintBytes, utf8 } from './bytes.ts';
export { canonicalJson } from './canonical-json.ts';
export { contextTag, type DerElement, DerReader, readDer, readSequence, tags } from './der.ts';
export { der } from './der-writer.ts';
export { goUrl, plainUrl } from './go-url.ts';
export { decodeHex, encodeHex } from './hex.ts';
export { type JsonKind, type JsonLimits, type JsonMembers, type JsonObject, type JsonValue, parseJson, parseJsonMembers, parseJsonObject, } from './json.ts';
export { asList, asObject, asText, memberAt } from './json-reader.ts';
export { decodePem, encodePem } from './pem.ts';
export { preAuthenticationEncoding } from './pre-authentication-encoding.ts';
export { ProtoField, type ProtoShape } from './proto-json.ts';
export { decompressSnappy } from './snappy.ts';
