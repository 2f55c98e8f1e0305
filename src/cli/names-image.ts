import { pathExists } from '../node/index.ts';
import type { World } from '../run/world/index.ts';
import { beginsLikeImage, looksLikeImage } from '../subject/index.ts';

/** Reports whether an argument is the name of an image: it begins with `oci://`, or it looks like one and no file has that name. */
export async function namesImage(name: string, { files }: Pick<World, 'files'>): Promise<boolean> {
  if (name.startsWith('oci://')) return true;
  return (looksLikeImage(name) || beginsLikeImage(name)) && !(await pathExists(name, files));
}
