/** Reads the members that a specification requires of a predicate. Each failure names the place. */

import { asList, asObject, asText, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';

/** A value in a document. */
export interface Part {
  /** The names of the members that lead to it: `metadata.component`. */
  readonly place: string;
  readonly value: JsonValue | undefined;
}

/** Returns the member of a document at a path. Each object on the path must be there. */
export function part(document: JsonObject, ...[first = '', ...path]: readonly string[]): Part {
  return path.reduce(member, { place: first, value: document[first] });
}

/** @throws CountersignError `STATEMENT_INVALID` if the outer part is not an object, as do the functions below for what they demand */
export function member(outer: Part, name: string): Part {
  return { place: `${outer.place}.${name}`, value: objectOf(outer)[name] };
}

export function objectOf({ place, value }: Part): JsonObject {
  return asObject(value) ?? refuse(place, value, 'an object');
}

export function listOf({ place, value }: Part): readonly Part[] {
  const items = asList(value) ?? refuse(place, value, 'a list');
  return items.map((item, index) => ({ place: `${place}[${index}]`, value: item }));
}

/** Returns a text that is not empty. */
export function textOf({ place, value }: Part): string {
  return asText(value) || refuse(place, value, 'a text that is not empty');
}

const timeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** Returns a time in the form of RFC 3339. */
export function timeOf(one: Part): string {
  const text = textOf(one);
  if (!timeShape.test(text) || Number.isNaN(Date.parse(text)))
    refuse(one.place, text, 'a time such as 2026-01-31T12:00:00Z');
  return text;
}

export function oneOf({ place, value }: Part, allowed: readonly string[]): string {
  const text = asText(value);
  if (text !== undefined && allowed.includes(text)) return text;
  return refuse(place, value, `one of ${allowed.join(', ')}`);
}

/** Reads a member that may be absent. */
export function optional<Value>(one: Part, read: (one: Part) => Value): Value | undefined {
  return one.value === undefined ? undefined : read(one);
}

export function refuse(place: string, value: JsonValue | undefined, wanted: string): never {
  const problem = value === undefined ? 'is missing; it must be' : 'is not';
  return fail('STATEMENT_INVALID', `${place} ${problem} ${wanted}`, {
    remedy: 'Create the document again with a tool that follows its specification.',
  });
}
