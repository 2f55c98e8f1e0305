import { fail } from '../../../core/errors/index.ts';
import type { ReleaseTarget } from '../../../deliver/index.ts';

/** The longest ID that a number can hold. */
const releaseId = /^[1-9]\d{0,14}$/;
const tagPrefix = 'refs/tags/';

/**
 * Reads the option `release`: `draft`, the ID of a release, or a tag. A tag that looks like another of them is written as `refs/tags/…`.
 *
 * @param ref that started the run: `refs/tags/v1`
 * @throws CountersignError `USAGE` for `draft` in a run that no tag started
 */
export function readReleaseTarget(text: string, ref: string | undefined): ReleaseTarget {
  if (text === 'draft') {
    if (ref === undefined || !ref.startsWith(tagPrefix) || ref === tagPrefix)
      fail('USAGE', '`release: draft` names the draft of the tag that started the run, and no tag did', {
        remedy: 'Specify the tag or the ID of the release with `release`, or run the workflow for a tag.',
      });
    return { kind: 'draft', tag: ref.slice(tagPrefix.length) };
  }
  if (releaseId.test(text)) return { kind: 'id', id: Number(text) };
  const tag = text.startsWith(tagPrefix) ? text.slice(tagPrefix.length) : text;
  // What Git forbids in a ref, as far as it could be another part of an address.
  if (tag === '' || /[\s~^:?*[\\]|\.\.|\p{Cc}/u.test(tag))
    fail('USAGE', `\`release\` is ${JSON.stringify(text)}, which is not a tag`, {
      remedy: 'Specify a tag, the ID of a release, or `draft`.',
    });
  return { kind: 'tag', tag };
}
