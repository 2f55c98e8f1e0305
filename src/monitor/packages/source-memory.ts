/** Reads and writes the remembered source of provenance. */

import { asText, type JsonObject } from '../../core/encoding/index.ts';
import type { ProvenanceSource } from './verify-provenance.ts';

/** Reads the source of a memory; undefined if there is none. */
export function readSource({ repository = null, id = null }: JsonObject): ProvenanceSource | undefined | 'invalid' {
  const [ofRepository, ofId] = [asText(repository), asText(id)];
  const isValid = (repository === null || ofRepository !== undefined) && (id === null || ofId !== undefined);
  if (!isValid) return 'invalid';
  return ofRepository === undefined ? undefined : { repository: ofRepository, id: ofId };
}

/** Returns the members of a memory that state the source. */
export function sourceJson(source: ProvenanceSource | undefined): JsonObject {
  return { repository: source?.repository ?? null, id: source?.id ?? null };
}
