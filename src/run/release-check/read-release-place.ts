import { fail } from '../../core/errors/index.ts';
import type { ReleaseCheckRequest } from './check-release.ts';

const form = /^([A-Za-z0-9_-]+\/[A-Za-z0-9._-]+)(?:@([^\s~^:?*[\\\p{Cc}]+)|#([1-9]\d{0,14}))$/u;

/**
 * Reads the option `release-assets`: `owner/name@tag`, or `owner/name#ID` for a draft.
 *
 * @throws CountersignError `USAGE`
 */
export function readReleasePlace(text: string): Pick<ReleaseCheckRequest, 'repository' | 'target'> {
  const [, repository, tag, id] = form.exec(text) ?? [];
  if (repository !== undefined && id !== undefined) return { repository, target: { kind: 'id', id: Number(id) } };
  if (repository !== undefined && tag !== undefined && !tag.includes('..'))
    return { repository, target: { kind: 'tag', tag } };
  return fail('USAGE', `\`release-assets\` is ${JSON.stringify(text)}, which names no release`, {
    remedy: 'Specify owner/name@tag, or owner/name#ID for a draft.',
  });
}
