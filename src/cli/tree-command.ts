/** `countersign tree` */

import { imageTreeJson, imageTreeText, plainJson } from '../report/index.ts';
import { loadImageTree, localWorld } from '../run/index.ts';
import { type RegistryOptions, readAccount } from './registry-options.ts';

export interface TreeOptions extends RegistryOptions {
  readonly recursive?: boolean;
  readonly json?: boolean;
}

/** Prints what is attached to an image. */
export async function treeCommand(image: string, { recursive = false, json, ...options }: TreeOptions): Promise<void> {
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  using world = localWorld({ cancellation: cancellation.signal });
  try {
    const account = await readAccount(options);
    const request = { images: [image], account, environment: process.env, recursive };
    for (const tree of await loadImageTree(request, world))
      process.stdout.write(json ? `${plainJson(JSON.stringify(imageTreeJson(tree)))}\n` : imageTreeText(tree));
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}
