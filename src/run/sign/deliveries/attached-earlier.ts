import { writeBundle } from '../../../core/bundle/index.ts';
import { fetchAttached } from '../../../fetch/index.ts';
import type { Registries } from '../../../services/registry/index.ts';
import type { EarlierBundles } from '../earlier-bundles.ts';

/** Finds the bundles that an earlier attempt of the run attached to images in their registries. */
export function attachedEarlier({ attachmentsOf }: Registries): EarlierBundles {
  return async ({ subjects }) => {
    // A statement about several images is attached to each of them.
    const [image] = subjects.flatMap((one) => (one.kind === 'image' && one.stored !== undefined ? [one] : []));
    if (image?.stored === undefined) return [];
    const source = attachmentsOf(image.stored.repository);
    const { bundles } = await fetchAttached(source, { name: source.name, digest: image.digest });
    return bundles.flatMap(({ bundle, document }) => (document === undefined ? [`${writeBundle(bundle)}\n`] : []));
  };
}
