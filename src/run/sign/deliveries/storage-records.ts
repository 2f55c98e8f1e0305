/** Notes at GitHub in which registries the signed images are. */

import { inContext } from '../../../core/errors/index.ts';
import { recordStorage } from '../../../deliver/index.ts';
import { openStorageRecorder } from '../../../services/github/index.ts';
import { type DeliveryTo, deliveryTo } from './delivery.ts';
import { type GitHubAccess, gitHubOptions } from './github-access.ts';

/**
 * Returns the delivery of storage records. GitHub keeps records of artifacts that have an attestation there, so that they wait for those that
 * the run stores.
 */
export function storageRecords(
  access: GitHubAccess,
  attestations: DeliveryTo<'github-attestations'> | undefined,
): DeliveryTo<'storage-records'> {
  return deliveryTo('storage-records', async (batch, world) => {
    const images = batch.signed.flatMap(({ subject }) =>
      subject.kind === 'image' && subject.stored !== undefined && subject.attests === undefined ? [subject] : [],
    );
    if (images.length === 0) return { reason: 'no signed image is in a registry' };
    await attestations?.deliver(batch, world);
    const { repository } = access;
    const recorder = openStorageRecorder(gitHubOptions(access, world));
    const { ids, warnings, failures } = await recordStorage(images, { recorder, repository });
    return {
      place: repository.split('/')[0] ?? '',
      ids,
      urls: [],
      delivered: ids.length,
      present: 0,
      value: undefined,
      warnings,
      failures: failures.map(({ name, error }) => inContext(error.code, `${name}: no storage record`, error)),
    };
  });
}
