// The cases: bundles that others signed, which are not in this repository. Says which parts there are, where each is in a folder of cases,
// and how to get it.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/** The public conformance suite, and the releases of CPython that it checks too, in the versions that the tests know. */
export const repositories = {
  suite: { name: 'sigstore/sigstore-conformance', commit: 'a73de4970176d258e0154c530b89d20b89444e4d' },
  cpython: { name: 'woodruffw/cpython-release-tracker', commit: 'f5ef7e3a49c5b9aa2a5c8f9591e2c9feb1939060' },
};

const checkOut = ({ name, commit }, folder) => [
  `git clone https://github.com/${name} ${folder}`,
  `git -C ${folder} checkout ${commit}`,
];
const notPublished = ['not published: ask the maintainers of this project'];

/**
 * The parts, each tested by `__tests__/cases/NAME.test.ts`. A part is at the first of `places` that has `file`: in the folder of this
 * project's maintainers, and in a checkout of the public suite.
 */
export const parts = [
  {
    name: 'suite',
    about: 'the public conformance suite',
    places: ['conformance/bundle-verify', 'test/assets/bundle-verify'],
    file: 'a.txt',
    get: checkOut(repositories.suite, 'FOLDER'),
  },
  {
    name: 'cpython',
    about: 'the releases of CPython',
    places: ['conformance/cpython', 'cpython-release-tracker'],
    file: 'signing-identities.json',
    get: checkOut(repositories.cpython, 'FOLDER/cpython-release-tracker'),
  },
  {
    name: 'real',
    about: 'bundles signed in production',
    places: ['real'],
    file: 'index.json',
    get: notPublished,
  },
  {
    name: 'reports',
    about: 'bundles from bug reports',
    places: ['cases/verify'],
    file: 'bundle-root-cert/provenance.intoto.sigstore',
    get: notPublished,
  },
  {
    name: 'mutants',
    about: 'valid bundles with one change each',
    places: ['mutants'],
    file: 'index.json',
    get: notPublished,
  },
  {
    name: 'vectors',
    about: 'bundles with their trusted roots',
    places: ['vectors'],
    file: 'prod.root.json',
    get: ['not published: __tests__/fixtures/vectors has copies, which npm test reads'],
  },
];

/** Returns the folder of cases: the one that `COUNTERSIGN_CASES` names, from the root of the project, or else `../shared`. */
export function casesFolder({ COUNTERSIGN_CASES: own } = process.env) {
  return resolve(root, own || join('..', 'shared'));
}

/** Returns where a part is, or undefined if it is not there. */
export function placeOf(name, folder = casesFolder()) {
  const { places, file } = parts.find((part) => part.name === name);
  return places.map((place) => join(folder, place)).find((place) => existsSync(join(place, file)));
}

/** Says in lines what is in a folder of cases, and how to get the rest. */
export function describeParts(folder = casesFolder()) {
  const width = Math.max(...parts.map(({ name }) => name.length));
  const lines = parts.flatMap(({ name, about, get }) => {
    const place = placeOf(name, folder);
    const heading = `  ${name.padEnd(width)}  ${about}: ${place ?? 'missing. To get it:'}`;
    return place === undefined ? [heading, ...get.map((line) => `  ${' '.repeat(width)}    ${line}`)] : [heading];
  });
  return [`Cases in ${folder}`, ...lines].join('\n').replaceAll('FOLDER', folder);
}
