/** Bundles as trees of JSON: every place in them, and copies that differ in one. */

import type { JsonValue } from '../../../src/core/encoding/index.ts';

export type Path = readonly (string | number)[];

/** `verificationMaterial.tlogEntries[0].logIndex` */
export function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** Every place below a value, itself first. */
export function* places(
  value: JsonValue,
  path: Path = [],
): Generator<{ readonly path: Path; readonly value: JsonValue }> {
  yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* places(item, [...path, index]);
  else for (const [name, member] of Object.entries(value)) yield* places(member, [...path, name]);
}

/** The replacement of a value; `undefined` removes it. */
export type Change = (value: JsonValue) => JsonValue | undefined;

/** A copy in which one place is otherwise. */
export function amend(value: JsonValue, path: Path, change: Change): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.flatMap((item: JsonValue, index) => {
      const changed = index === step ? amend(item, rest, change) : item;
      return changed === undefined ? [] : [changed];
    });
  return Object.fromEntries(
    Object.entries(value ?? {}).flatMap(([name, member]: [string, JsonValue]) => {
      const changed = name === step ? amend(member, rest, change) : member;
      return changed === undefined ? [] : [[name, changed]];
    }),
  );
}

/** The text of a value in which the member at a place is followed by others, given as text. */
export function textWith(value: JsonValue, path: Path, after: (name: string, member: string) => string): string {
  const write = (inner: JsonValue, [step, ...rest]: Path): string => {
    if (typeof inner !== 'object' || inner === null || step === undefined) return JSON.stringify(inner);
    if (Array.isArray(inner))
      return `[${inner.map((item, index) => (index === step ? write(item, rest) : JSON.stringify(item))).join()}]`;
    const members = Object.entries(inner).map(([name, member]: [string, JsonValue]) => {
      const text = `${JSON.stringify(name)}:${name === step ? write(member, rest) : JSON.stringify(member)}`;
      return name === step && rest.length === 0 ? `${text},${after(name, JSON.stringify(member))}` : text;
    });
    return `{${members.join()}}`;
  };
  return write(value, path);
}
