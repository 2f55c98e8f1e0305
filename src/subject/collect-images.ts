import { parseImageReference, type Registries, readIndex } from '../services/registry/index.ts';
import type { FileSystem } from './file-system.ts';
import { formatImage, resolveImage } from './resolve-image.ts';
import type { ImageSubject } from './subject.ts';

export async function collectImages(
  lines: readonly string[],
  { recursive }: { readonly recursive: boolean },
  _workspace: string,
  registries: Registries,
  _files: FileSystem,
): Promise<readonly ImageSubject[]> {
  const found = new Map<string, ImageSubject>();
  for (const line of lines) {
    const { subject, manifest } = await resolveImage(parseImageReference(line), line, registries);
    const key = formatImage(subject);
    const known = found.get(key);
    found.set(
      key,
      known?.stored
        ? { ...subject, stored: { ...subject.stored, tags: [...known.stored.tags, ...subject.stored.tags] } }
        : subject,
    );
    if (!recursive || !manifest.mediaType.includes('index')) continue;
    for (const d of readIndex(manifest.bytes, line)) {
      if (d.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest') continue;
      const child = await resolveImage(
        { repository: subject.stored.repository, tag: undefined, digest: d.digest },
        line,
        registries,
      );
      found.set(formatImage(child.subject), child.subject);
    }
  }
  return [...found.values()];
}
