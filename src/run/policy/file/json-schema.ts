/** The JSON schema of policy files, and the tables of their documentation. `scripts/policy-schema.mjs` writes both. */

import { policyShape } from './policy-shape.ts';
import { fileLimits, type MapShape, type Shape, type TextSyntax } from './shape.ts';
import { signShape } from './sign-shape.ts';
import { watchShape } from './watch-shape.ts';

type Json = { readonly [Name in string]: unknown };

const draft = 'http://json-schema.org/draft-07/schema#';

/** Returns the JSON schema, draft 7, which the YAML language server and most editors read. */
export function policyFileSchema(): Json {
  return {
    $schema: draft,
    title: 'Countersign policy file',
    description: 'What signatures are accepted and watched: .github/countersign.yml.',
    type: 'object',
    properties: {
      policy: {
        description: 'The policy of `countersign verify`: the accepted signer and the required evidence.',
        ...schemaOf(policyShape),
      },
      watch: {
        description: 'The watch of `countersign watch`: the signatures that are watched.',
        ...schemaOf(watchShape),
      },
      sign: {
        description: 'The policy of `countersign sign`: what signing may do.',
        ...schemaOf(signShape),
      },
    },
    minProperties: 1,
    additionalProperties: false,
  };
}

function schemaOf(shape: Shape): Json {
  switch (shape.kind) {
    case 'text':
      return textSchema(shape.syntax);
    case 'switch':
      return { enum: [true, false, 'true', 'false'] };
    case 'list': {
      const items = schemaOf(shape.of);
      const several = { type: 'array', items, minItems: 1, maxItems: fileLimits.watched };
      return shape.of.kind === 'text' ? { anyOf: [items, several] } : several;
    }
    case 'map':
      return shape.short === undefined
        ? mapSchema(shape)
        : { anyOf: [textSchema(shape.short.syntax), mapSchema(shape)] };
  }
}

function textSchema({ names, pattern, otherwise }: TextSyntax): Json {
  if (names !== undefined) return { enum: names };
  const form = { minLength: 1, maxLength: fileLimits.text, ...(pattern !== undefined && { pattern }) };
  // The reader takes `1` and `on` for texts.
  if (otherwise === 'integer') return { type: ['string', 'integer'], ...form, minimum: 1 };
  return { type: otherwise === 'any' ? ['string', 'number', 'boolean'] : 'string', ...form };
}

function mapSchema({ keys, exactlyOne, atLeastOne, onlyWith }: MapShape): Json {
  const shown = Object.entries(keys).filter(([, { about }]) => about !== '');
  const required = shown.flatMap(([key, row]) => (row.required === true ? [key] : []));
  return {
    type: 'object',
    properties: Object.fromEntries(
      shown.map(([key, { about, shape }]) => [key, { description: about, ...schemaOf(shape) }]),
    ),
    ...(required.length > 0 && { required }),
    ...(exactlyOne !== undefined && { oneOf: exactlyOne.map((key) => ({ required: [key] })) }),
    ...(atLeastOne !== undefined && { anyOf: atLeastOne.map((key) => ({ required: [key] })) }),
    ...(onlyWith !== undefined && {
      dependencies: Object.fromEntries(Object.entries(onlyWith).map(([key, other]) => [key, [other]])),
    }),
    minProperties: 1,
    additionalProperties: false,
  };
}

/** Returns the tables of the keys of `watch` and `sign` in Markdown: one table for each mapping. */
export function watchTables(): string {
  const sections: string[] = [];
  const add = (title: string, shape: MapShape): void => {
    const rows = groupedRules(shape).map(([key, value, about]) => `| \`${key}\` | ${value} | ${about} |`);
    sections.push([`### ${title}`, '', '| key | value | description |', '| --- | --- | --- |', ...rows].join('\n'));
    for (const [key, { shape: inner }] of Object.entries(shape.keys)) {
      if (inner.kind === 'list' && inner.of.kind === 'map') add(`\`${key}\``, inner.of);
      if (inner.kind === 'map') add(`\`${key}\``, inner);
    }
  };
  add('`watch`', watchShape);
  add('`sign`', signShape);
  return sections.join('\n\n');
}

type Row = readonly [key: string, value: string, about: string];

/** Returns the rows of a table. Keys with the same description, such as the rules, share one. */
function groupedRules({ keys, exactlyOne = [] }: MapShape): readonly Row[] {
  const rows: Row[] = [];
  for (const [key, { shape, about, required }] of Object.entries(keys)) {
    const [, value = '', earlier] = rows.at(-1) ?? [];
    const need = required === true ? ' Required.' : exactlyOne.includes(key) ? ' One of these keys is required.' : '';
    if (earlier !== `${about}${need}`) rows.push([key, valueText(shape), `${about}${need}`]);
    else rows.splice(-1, 1, [`${rows.at(-1)?.[0].split('` to `')[0]}\` to \`${key}`, value, earlier]);
  }
  return rows;
}

function valueText(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return described(shape.syntax);
    case 'switch':
      return '`true` or `false`';
    case 'list':
      return shape.of.kind === 'text' ? `list: ${described(shape.of.syntax)}` : `list of mappings${shortOf(shape.of)}`;
    case 'map':
      return 'mapping';
  }
}

function described({ what, names }: TextSyntax): string {
  return names === undefined || names.length > 10 ? what : names.map((name) => `\`${name}\``).join(', ');
}

function shortOf({ short }: MapShape): string {
  return short === undefined ? '' : `, or ${short.syntax.what} in place of a mapping`;
}
