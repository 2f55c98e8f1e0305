/** Delivers the bundles of images to their registries, and checks that their tags have not moved. */

import { formatRepository } from '../../../services/registry/index.ts';
import type { ImageDelivery } from '../images.ts';
import { type DeliveryTo, deliveryTo } from './delivery.ts';

export function registry(images: ImageDelivery): DeliveryTo<'registry'> {
  return deliveryTo('registry', async ({ signed }, world) => {
    const repositories = signed.flatMap(({ subject }) =>
      subject.kind === 'image' && subject.stored !== undefined ? [subject.stored.repository] : [],
    );
    if (repositories.length === 0) return { reason: 'no signed image is in a registry' };
    // Loaded only if there are images.
    const { attachImages } = await import('../images.ts');
    const { attached, present, failures } = await attachImages(signed, images, world);
    if (!images.push && failures.length === 0) return { reason: 'pushing to registries is switched off' };
    const place = [...new Set(repositories.map(formatRepository))].join(', ');
    const ids = [...attached.values()];
    return { place, ids, urls: [], delivered: attached.size - present, present, value: attached, failures };
  });
}
