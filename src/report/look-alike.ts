/** Explains whether a name looks like a protected one, for people and for programs. */

import type { LookAlike } from '../monitor/look-alikes/index.ts';
import { plainJson, plainLine } from './plain-text.ts';

/** Returns one line of JSON. Without a look-alike, the rule is null and the score 0. */
export function lookAlikeJson(candidate: string, found: LookAlike | undefined): string {
  const document = {
    candidate,
    target: found?.target ?? null,
    rule: found?.rule ?? null,
    score: found?.score ?? 0,
    alert: found?.alert ?? false,
    part: found?.part ?? null,
    difference: found?.difference ?? null,
    reason: found?.reason ?? null,
  };
  return `${plainJson(JSON.stringify(document))}\n`;
}

/** Returns the lines for people. */
export function lookAlikeText(candidate: string, found: LookAlike | undefined): string {
  if (found === undefined) return `${plainLine(candidate)}: looks like no protected name\n`;
  const { target, rule, score, alert, part, difference, reason } = found;
  const level = alert ? 'ALERT' : 'note';
  const place = part === undefined ? '' : `${part}: `;
  const lines = [
    `${candidate}: ${target === undefined ? 'misleading name' : `looks like ${target}`}`,
    `  ${level}, score ${score.toFixed(2)}, rule ${rule}: ${reason}`,
    `  ${place}${difference}`,
  ];
  return `${lines.map(plainLine).join('\n')}\n`;
}
