/** The table of `policy`, the part of the verifier, from the rows of the policy's options. */

import { claimName, fulcioExtensionArcs } from '../../../core/certificate/index.ts';
import { optionName, type PolicyOption, type PolicyRow, policyRows } from '../../../options/index.ts';
import { policyOptions } from '../request.ts';
import { type KeyRow, list, type MapShape, onOrOff, type Shape, text } from './shape.ts';
import { texts } from './texts.ts';

const claims: MapShape = {
  kind: 'map',
  what: 'the claims',
  key: 'a certificate claim',
  keys: Object.fromEntries(
    Object.keys(fulcioExtensionArcs).map((claim) => [
      claimName(claim),
      { shape: list(text(texts.any)), about: 'Values or patterns.' },
    ]),
  ),
};

/** Claims have a mapping of their own, from their names to values. */
export const claimKeys: ReadonlyMap<string, 'claim' | 'refuseClaim'> = new Map([
  ['claims', 'claim'],
  ['refused-claims', 'refuseClaim'],
]);

/** The options by their keys in a file, except those of claims. */
export const optionKeys: ReadonlyMap<string, PolicyOption> = new Map(
  policyOptions
    .filter((option) => policyRows[option].place !== 'beside' && option !== 'claim' && option !== 'refuseClaim')
    .map((option) => [optionName(option), option]),
);

const rows: Readonly<Record<PolicyOption, PolicyRow>> = policyRows;

export const policyShape: MapShape = {
  kind: 'map',
  what: 'the policy',
  key: 'a policy key',
  keys: {
    ...Object.fromEntries([...optionKeys].map(([key, option]) => [key, rowOf(rows[option])])),
    claims: { shape: claims, about: 'Claims that the certificate must have.' },
    'refused-claims': { shape: claims, about: 'Claims that the certificate must not have.' },
  },
};

function rowOf({ form, about }: PolicyRow): KeyRow {
  // Options without a description are those of other tools. They are read and then refused with the option to use instead.
  return { shape: shapeOf(form.type), about: about ?? '' };
}

function shapeOf(type: PolicyRow['form']['type']): Shape {
  switch (type) {
    case 'switch':
      return onOrOff;
    case 'list':
      return list(text(texts.any));
    case 'text':
    case 'path':
      return text(texts.any);
  }
}
