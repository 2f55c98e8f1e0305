/** The code blocks of the documentation, and the complete workflows in examples/. */

import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

export interface Block {
  /** Empty if the page names none. */
  readonly language: string;
  /** The nearest heading above the block. */
  readonly heading: string;
  readonly text: string;
}

/** Returns the path of a file of this repository. */
export function rootPath(name: string): string {
  return fileURLToPath(new URL(name, root));
}

/** Returns the code blocks of a page, in order. A block in a list is indented; its text is not. */
export async function blocksOf(page: string): Promise<readonly Block[]> {
  const text = await readFile(rootPath(page), 'utf8');
  const blocks: Block[] = [];
  let heading = '';
  const pattern = /^#+ (.*)$|^( *)```(\w*)\n([\s\S]*?)^\2```$/gm;
  for (const [, title, indent = '', language = '', body = ''] of text.matchAll(pattern)) {
    if (title !== undefined) heading = title;
    else blocks.push({ language, heading, text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), '') });
  }
  return blocks;
}

/** Returns the blocks of a language under a heading of a page. */
export async function blocksUnder(page: string, heading: string, language: string): Promise<readonly string[]> {
  const blocks = await blocksOf(page);
  const found = blocks.filter((block) => block.heading === heading && block.language === language);
  if (found.length === 0) throw new Error(`${page} has no block in ${language} under ${JSON.stringify(heading)}`);
  return found.map(({ text }) => text);
}

/** Returns the blocks of a page that are workflows. */
export async function workflowsIn(page: string): Promise<readonly Block[]> {
  const blocks = await blocksOf(page);
  return blocks.filter(({ language, text }) => language === 'yaml' && /^jobs:/m.test(text));
}

/** Returns the pages of a folder, with their paths from the root. */
export async function pagesOf(folder: string): Promise<readonly string[]> {
  return (await readdir(rootPath(folder)))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** Returns the workflows in examples/, by their names. */
export async function exampleWorkflows(): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(rootPath('examples'))).filter((name) => name.endsWith('.yml')).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(rootPath(`examples/${name}`), 'utf8')] as const)),
  );
}
