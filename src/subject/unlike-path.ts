/** Recognises texts that are given in place of the path of a file. */

import { sep } from 'node:path';
import { beginsLikeImage, looksLikeImage } from './image-like.ts';

export interface UnlikePath {
  readonly what: string;
  readonly remedy: string;
}

/** Returns what a text is, if it is a URL or, where `/` separates folders, looks like a path of Windows, and what to write instead. */
export function unlikePath(text: string, separator = sep): UnlikePath | undefined {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]+:\/\/)(.*)$/is.exec(text) ?? [];
  if (scheme !== undefined) {
    if (/^file:/i.test(scheme)) return { what: 'a URL', remedy: 'Specify the path of the file.' };
    const isImage = looksLikeImage(rest) || beginsLikeImage(rest);
    const image = isImage ? ` If it is a container image, omit ${scheme}.` : '';
    return { what: 'a URL', remedy: `Download the file, and specify its path.${image}` };
  }
  if (separator !== '/' || !text.includes('\\')) return undefined;
  const path = text.replaceAll('\\', '/').replace(/^([a-z]):\//i, (_, drive: string) => `/mnt/${drive.toLowerCase()}/`);
  const where = /^[a-z]:/i.test(text) ? ' In the Windows Subsystem for Linux, that is usually' : ' Write';
  return { what: 'a Windows path', remedy: `Here, folders are separated by /.${where} ${path}.` };
}
