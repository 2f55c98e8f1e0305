/**
 * Renders the templates of extensions (fulcio, pkg/identity/ciprovider): the name of a claim, or a text of Go's text/template,
 * of which a claim's value, `index` and `if eq` with `else` are supported.
 */

import type { JsonValue } from '../../src/core/encoding/index.ts';
import { refuse } from '../http/index.ts';

/** Claims and defaults, as text. */
export type TemplateValues = ReadonlyMap<string, string>;

const action = /\{\{ *(?:if eq \.(\w+) "([^"]*)" *\}\}([^{]*)\{\{ *else *\}\}([^{]*)\{\{ *end|\.(\w+)) *\}\}/g;

/**
 * @throws Refusal `invalidArgument`, in Go's or Fulcio's words, for a claim without a value or a default; an empty
 * value is accepted
 */
export function renderTemplate(template: string, values: TemplateValues, context: TemplateContext): string {
  if (template.includes('index .')) return renderTemplate(...withoutIndex(template, values), context);
  if (!template.includes('{{')) return values.get(template) ?? refuse('invalidArgument', absent(template, context));
  return template.replace(action, (all: string, tested, text, then, otherwise, name, offset: number) => {
    const claim: string = tested ?? name;
    const value = values.get(claim);
    const column = offset + all.indexOf(`.${claim}`);
    if (value === undefined) refuse('invalidArgument', noEntry(claim, column));
    if (tested === undefined) return value;
    return value === text ? then : otherwise;
  });
}

/** Replaces `index . "claim"` by a field. Unlike a field, it is empty for a claim that is missing. */
function withoutIndex(template: string, values: TemplateValues): [template: string, values: TemplateValues] {
  const fields = new Map(values);
  const plain = template.replace(/\(index \. "([^"]+)"\)|index \. "([^"]+)"/g, (_, inParentheses, bare) => {
    const claim: string = inParentheses ?? bare;
    const field = claim.replace(/\W/g, '_');
    fields.set(field, values.get(claim) ?? '');
    return `.${field}`;
  });
  return [plain, fields];
}

/** The place of a missing claim, for Fulcio's message. */
export interface TemplateContext {
  readonly ExtensionName: string;
  readonly Issuer: string;
}

function absent(claim: string, context: TemplateContext): string {
  return `value <${claim}> not present in either claims or defaults. ${JSON.stringify(context, null, '\t')}`;
}

function noEntry(claim: string, column: number): string {
  return `template: :1:${column}: executing "" at <.${claim}>: map has no entry for key "${claim}"`;
}

/** Formats a claim as Fulcio does: as Go's `%v`, except for whole numbers. */
export function claimText(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `map[${members.map(([name, member]) => `${name}:${claimText(member)}`).join(' ')}]`;
}
