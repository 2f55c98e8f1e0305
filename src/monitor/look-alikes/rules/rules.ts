import { affix } from './affix.ts';
import { asciiLookAlike } from './ascii-look-alike.ts';
import { bidiControl } from './bidi-control.ts';
import { diacritics } from './diacritics.ts';
import { distance2 } from './distance-2.ts';
import { inserted } from './inserted.ts';
import { keyboard } from './keyboard.ts';
import { letterCase } from './letter-case.ts';
import { mixedScript } from './mixed-script.ts';
import { number } from './number.ts';
import { omitted } from './omitted.ts';
import { otherDomain } from './other-domain.ts';
import { otherHost } from './other-host.ts';
import { otherOwner } from './other-owner.ts';
import { otherScope } from './other-scope.ts';
import { plusTag } from './plus-tag.ts';
import { repeated } from './repeated.ts';
import type { Rule } from './rule.ts';
import { scopeDropped } from './scope-dropped.ts';
import { scopeJoined } from './scope-joined.ts';
import { separators } from './separators.ts';
import { skeleton } from './skeleton.ts';
import { subdomain } from './subdomain.ts';
import { substituted } from './substituted.ts';
import { tld } from './tld.ts';
import { transposed } from './transposed.ts';
import { wordOrder } from './word-order.ts';

/** All rules. The first one that matches a protected name and a candidate names the reason. */
export const rules: readonly Rule[] = [
  bidiControl,
  letterCase,
  skeleton,
  diacritics,
  mixedScript,
  // Before look-alikes: il for li is a transposition.
  transposed,
  asciiLookAlike,
  plusTag,
  separators,
  scopeDropped,
  scopeJoined,
  number,
  repeated,
  omitted,
  keyboard,
  inserted,
  substituted,
  distance2,
  tld,
  subdomain,
  wordOrder,
  affix,
  otherHost,
  otherOwner,
  otherScope,
  otherDomain,
];
