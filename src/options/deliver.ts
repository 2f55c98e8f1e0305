/** The options of `countersign deliver`. The policy options choose which bundles are delivered. */

import { flag, path, paths, text } from './form.ts';
import type { OptionTable } from './row.ts';
import { instanceRows, registryRows, runRows } from './shared.ts';
import { signRows } from './sign.ts';

const { signingConfig: _, ...trust } = instanceRows;

export const deliverRows = {
  // The policy has an option --release.
  toRelease: {
    form: text,
    about: 'Attach the artifacts and bundles to this GitHub release: a tag, the ID of a release, or draft.',
    flags: '--to-release <tag|id|draft>',
    once: true,
  },
  publishRelease: signRows.publishRelease,
  storeAttestations: {
    form: flag,
    about: "Store the bundles in GitHub's attestation store.",
    flags: '--store-attestations',
  },
  toRegistry: {
    form: flag,
    about: 'Attach the bundles of images to the images in their registries.',
    flags: '--to-registry',
  },
  bundle: {
    form: paths,
    about: 'Path of a bundle (repeatable; default: the bundles next to each file).',
    flags: '-b, --bundle <path>',
  },
  bundleDir: { form: path, about: 'Folder with bundles. Subfolders are searched too.', flags: '--bundle-dir <folder>' },
  ...trust,
  ...registryRows,
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
