/** `countersign tree` */

import type { treeRows } from '../options/index.ts';
import { type ImageTree, imageTreeJson, imageTreeText } from '../report/index.ts';
import { imageTree } from '../run/images/index.ts';
import { systemRegistries, type World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { inWorld } from './in-world.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { readAccount } from './read-account.ts';
import { usesColour } from './uses-colour.ts';

export type TreeOptions = CommandValues<typeof treeRows, 'tree'>;

/** Prints what is attached to an image. Nothing is verified. */
export function treeCommand(image: string, options: TreeOptions): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const tree = await orFailureJson(json, { verified: false, image }, () => readTree(image, options, world));
    const colour = usesColour(process.stdout);
    if (json) printJson(imageTreeJson(tree));
    else process.stdout.write(imageTreeText(tree, { colour }));
  });
}

async function readTree(
  image: string,
  { recursive = false, ...options }: TreeOptions,
  world: World,
): Promise<ImageTree> {
  const account = await readAccount(options);
  const registries = systemRegistries({ images: [image], account, environment: process.env }, world);
  return imageTree({ image, recursive }, registries, world.files);
}
