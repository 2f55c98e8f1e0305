/** `countersign tree` */

import type { treeRows } from '../options/index.ts';
import { imageTreeJson, imageTreeText, plainJson } from '../report/index.ts';
import { imageTree } from '../run/images/index.ts';
import { systemRegistries, systemWorld } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { readAccount } from './read-account.ts';
import { usesColour } from './uses-colour.ts';

export type TreeOptions = CommandValues<typeof treeRows, 'tree'>;

/** Prints what is attached to an image. Nothing is verified. */
export async function treeCommand(
  image: string,
  { recursive = false, json, retryBudget, ...options }: TreeOptions,
): Promise<void> {
  using world = systemWorld({ retryBudgetMilliseconds: retryBudget });
  const account = await readAccount(options);
  const registries = systemRegistries({ images: [image], account, environment: process.env }, world);
  const tree = await imageTree({ image, recursive }, registries, world.files);
  const colour = usesColour(process.stdout);
  process.stdout.write(json ? `${plainJson(JSON.stringify(imageTreeJson(tree)))}\n` : imageTreeText(tree, { colour }));
}
