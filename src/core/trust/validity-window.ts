/** The time within which a key or an authority is trusted, both ends included. */

import type { ProtoField } from '../encoding/index.ts';

export interface ValidityWindow {
  readonly start: Date;
  /** `undefined`: until further notice. */
  readonly end: Date | undefined;
}

/** Reads a TimeRange, which must have a start: without one, a key would be good for all of the past. */
export function readValidityWindow(field: ProtoField): ValidityWindow {
  const start = field.field('start').time() ?? field.field('start').fail('is missing');
  const end = field.field('end').time();
  if (end !== undefined && end < start) field.fail('has an end before its start');
  return { start, end };
}

export function covers(window: ValidityWindow, time: Date): boolean {
  return window.start <= time && (window.end === undefined || time <= window.end);
}
