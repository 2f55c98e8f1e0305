/** `countersign tree` */

import { imageTreeJson, imageTreeText, plainJson } from '../report/index.ts';
import { imageTree } from '../run/images/index.ts';
import { systemRegistries, systemWorld } from '../run/world/index.ts';
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
  using world = systemWorld({ retryBudgetMilliseconds: retryBudget });
  const account = await readAccount(options);
  const registries = systemRegistries({ images: [image], account, environment: process.env }, world);
  const tree = await imageTree({ image, recursive }, registries);
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  process.stdout.write(json ? `${plainJson(JSON.stringify(imageTreeJson(tree)))}\n` : imageTreeText(tree, { colour }));
}
