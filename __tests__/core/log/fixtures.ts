import { readFileSync } from 'node:fs';

const read = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'));

/** Notes of public logs, and the verifier keys of their witnesses. */
export const publicNotes: {
  readonly notes: readonly {
    readonly vkey: string;
    readonly note: string;
    readonly cosigned?: { readonly by: string; readonly time: number };
  }[];
  readonly staging: string;
  readonly witnesses: readonly string[];
  /** The time of the cosignatures of the staging note. */
  readonly time: number;
} = read('notes.json');

/** A cosignature by ML-DSA-44, made with Node 24's node:crypto. */
export const mlDsa: {
  readonly vkey: string;
  readonly text: string;
  readonly time: number;
  readonly cosignature: string;
  readonly withoutTime: string;
} = read('ml-dsa-44.json');
