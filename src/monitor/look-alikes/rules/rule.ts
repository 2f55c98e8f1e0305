/** What a rule is. Rules are listed in rules.ts. */

import type { Edit } from '../alignment.ts';
import type { Name, Part } from '../names/name.ts';

/** A candidate that a rule found, as compared with the name that it may imitate. */
export interface Match {
  /** The probability that it is an imitation, from 0 to 1. */
  readonly score: number;
  /** The differences, in words: `"kc" instead of "ck" at character 3`. */
  readonly difference: string;
}

/** Whether a text belongs to a protected name or to a candidate. */
export type Role = 'target' | 'candidate';

interface RuleBase {
  readonly id: string;
  /** The reason for which a name of this kind misleads, as a sentence. */
  readonly reason: string;
  /** True for a rule that finds so many names of other people that it is an alert only together with another sign. */
  readonly isOnlyHint?: true;
}

/** Finds candidates whose part has a key in common with the same part of a protected name. */
export interface TextRule extends RuleBase {
  readonly compares: 'texts';
  readonly keys: (part: Part, role: Role) => readonly string[];
  /** Compares two different parts that have a key in common. */
  readonly match: (target: Part, candidate: Part) => Match | undefined;
}

/** Finds candidates whose part is one or two edits away from the same part of a protected name. */
export interface EditRule extends RuleBase {
  readonly compares: 'edits';
  readonly match: (edits: readonly Edit[], target: Part) => Match | undefined;
}

/** Finds candidates that have a key in common with a protected name, by the name as a whole. */
export interface NameRule extends RuleBase {
  readonly compares: 'names';
  readonly keys: (name: Name, role: Role) => readonly string[];
  /** Compares two different names that have a key in common. */
  readonly match: (target: Name, candidate: Name) => Match | undefined;
}

/** Finds candidates that mislead whatever they imitate. */
export interface CandidateRule extends RuleBase {
  readonly compares: 'candidates';
  readonly match: (candidate: Part) => Match | undefined;
}

export type Rule = TextRule | EditRule | NameRule | CandidateRule;
