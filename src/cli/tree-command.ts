/** `countersign tree` */

import { imageTreeJson, imageTreeText, plainJson } from '../report/index.ts';
import { loadImageTree, localWorld } from '../run/index.ts';
import { type RegistryOptions, readAccount } from './registry-options.ts';

export interface TreeOptions extends RegistryOptions {
  readonly recursive?: boolean;
  readonly json?: boolean;
  /** Milliseconds. */
  readonly retryBudget: number;
}

/** Lists what is attached to an image, and verifies nothing. */
export async function treeCommand(
  image: string,
  { recursive = false, json, retryBudget, ...options }: TreeOptions,
): Promise<void> {
  using world = localWorld({ retryBudgetMilliseconds: retryBudget });
  const account = await readAccount(options);
  const tree = await loadImageTree(image, { account, environment: process.env, recursive }, world);
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  process.stdout.write(json ? `${plainJson(JSON.stringify(imageTreeJson(tree)))}\n` : imageTreeText(tree, { colour }));
}
