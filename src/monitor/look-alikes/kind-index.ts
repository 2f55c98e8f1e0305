import { align, type Edit } from './alignment.ts';
import { KeyIndex } from './key-index.ts';
import { alertScore, type LookAlike } from './look-alike.ts';
import type { Name, Part, PartName } from './names/name.ts';
import { NearTexts } from './near-texts.ts';
import type { EditRule, Match, NameRule, Rule, TextRule } from './rules/rule.ts';
import { rules } from './rules/rules.ts';

/** A part of a protected name. */
interface ProtectedPart {
  readonly name: Name;
  readonly part: Part;
}

/** A part of a protected name that is one or two edits away from the same part of the candidate. */
interface NearPart extends ProtectedPart {
  readonly edits: readonly Edit[];
}

/** What a rule found. */
interface Found {
  readonly rule: Rule;
  readonly target: Name | undefined;
  readonly part: Part | undefined;
  readonly match: Match;
}

export type NearTextsByPart = Map<PartName, NearTexts>;

/** Protected names of one kind, indexed by what the rules compare. */
export class KindIndex {
  readonly #identities = new Set<string>();
  readonly #holders = new Set<string>();
  readonly #names = new KeyIndex<Name>();
  readonly #parts = new Map<PartName, KeyIndex<ProtectedPart>>();
  readonly #near: NearTextsByPart;
  /** The parts that are indexed already, with another name. */
  readonly #known = new Set<string>();

  /** @param near the texts of the parts of all kinds: an owner is a part of names of several kinds */
  constructor(near: NearTextsByPart) {
    this.#near = near;
  }

  protect(name: Name): void {
    if (this.#identities.has(name.identity)) return;
    this.#identities.add(name.identity);
    if (name.holder !== undefined) this.#holders.add(name.holder);
    for (const rule of rules) {
      if (rule.compares !== 'names') continue;
      for (const key of rule.keys(name, 'target')) this.#names.add(rule, key, name);
    }
    for (const part of name.protectedParts) this.#protectPart({ name, part });
  }

  #protectPart(protectedPart: ProtectedPart): void {
    const { part } = protectedPart;
    const known = `${part.name}\n${keyIn(part, part.shown)}`;
    if (this.#known.has(known)) return;
    this.#known.add(known);
    const texts = this.#parts.get(part.name) ?? new KeyIndex();
    this.#parts.set(part.name, texts);
    for (const rule of rules) {
      if (rule.compares !== 'texts') continue;
      for (const key of rule.keys(part, 'target')) texts.add(rule, keyIn(part, key), protectedPart);
    }
    // Versions are one or two edits apart.
    if (part.name === 'ref') return;
    const near = this.#near.get(part.name) ?? new NearTexts();
    this.#near.set(part.name, near);
    near.add(part.text);
    texts.add('edits', keyIn(part, part.text), protectedPart);
  }

  /** Returns the alert of the first rule that finds one; otherwise the match with the highest score. */
  find(name: Name): LookAlike | undefined {
    if (this.#identities.has(name.identity)) return undefined;
    if (name.holder !== undefined && this.#holders.has(name.holder)) return undefined;
    this.#names.start();
    for (const texts of this.#parts.values()) texts.start();
    /** Names whose reason is known: that of the first rule. */
    const explained = new Set<Name>();
    let near: readonly NearPart[] | undefined;
    let best: Found | undefined;
    const add = (found: Found): void => {
      if (found.target !== undefined) explained.add(found.target);
      if (best === undefined || weighted(found) > weighted(best)) best = found;
    };
    for (const rule of rules) {
      switch (rule.compares) {
        case 'candidates':
          for (const part of name.parts) {
            const match = rule.match(part);
            if (match !== undefined) add({ rule, target: undefined, part, match });
          }
          break;
        case 'texts':
          this.#findText(rule, name, explained, add);
          break;
        case 'names':
          this.#findName(rule, name, explained, add);
          break;
        case 'edits':
          near ??= this.#nearParts(name);
          findEdits(rule, near, explained, add);
      }
      if (best !== undefined && isAlert(best)) break;
    }
    return best && describe(best);
  }

  #findText(rule: TextRule, name: Name, explained: ReadonlySet<Name>, add: (found: Found) => void): void {
    for (const part of name.parts) {
      const texts = this.#parts.get(part.name);
      if (texts?.has(rule) !== true) continue;
      for (const key of rule.keys(part, 'candidate')) {
        const found = texts.find(rule, keyIn(part, key), ({ name: target, part: targetPart }) => {
          if (explained.has(target) || targetPart.shown === part.shown) return undefined;
          const match = rule.match(targetPart, part);
          return match && { rule, target, part, match };
        });
        if (found !== undefined) add(found);
      }
    }
  }

  #findName(rule: NameRule, name: Name, explained: ReadonlySet<Name>, add: (found: Found) => void): void {
    if (!this.#names.has(rule)) return;
    for (const key of rule.keys(name, 'candidate')) {
      const found = this.#names.find(rule, key, (target) => {
        const match = explained.has(target) ? undefined : rule.match(target, name);
        return match && { rule, target, part: undefined, match };
      });
      if (found !== undefined) add(found);
    }
  }

  #nearParts({ parts }: Name): readonly NearPart[] {
    const found: NearPart[] = [];
    for (const part of parts) {
      const texts = this.#parts.get(part.name);
      for (const text of texts === undefined ? [] : (this.#near.get(part.name)?.search(part.text) ?? [])) {
        if (text === part.text) continue;
        texts?.find('edits', keyIn(part, text), (near) => {
          const edits = align(text, part.text, 2);
          if (edits !== undefined) found.push({ ...near, edits });
          return undefined;
        });
      }
    }
    return found;
  }
}

function findEdits(
  rule: EditRule,
  near: readonly NearPart[],
  explained: ReadonlySet<Name>,
  add: (found: Found) => void,
): void {
  for (const { name: target, part, edits } of near) {
    if (explained.has(target)) continue;
    const match = rule.match(edits, part);
    if (match !== undefined) add({ rule, target, part, match });
  }
}

function weighted({ match: { score }, part }: Found): number {
  return Math.round(score * (part?.weight ?? 1) * 100) / 100;
}

function isAlert(found: Found): boolean {
  return found.rule.isOnlyHint !== true && weighted(found) >= alertScore;
}

function describe(found: Found): LookAlike {
  const { rule, target, part, match } = found;
  return {
    target: target?.text,
    rule: rule.id,
    reason: rule.reason,
    part: part?.name,
    difference: match.difference,
    score: weighted(found),
    alert: isAlert(found),
  };
}

/** Returns the key of a part. It differs for parts that are not compared. */
function keyIn({ within }: Part, key: string): string {
  return within === '' ? key : `${key}\n${within}`;
}
