// Collects the licences of what is bundled.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Statements about data in packages that their licence files do not make. */
const notices = {
  'tldts-icann':
    'The rules in this package are from the Public Suffix List, whose source is https://publicsuffix.org/list/public_suffix_list.dat. The list is subject to the terms of the Mozilla Public License, version 2.0: https://mozilla.org/MPL/2.0/.',
};

/** Returns the folders of the packages of which something was bundled. */
function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input) ?? [];
        if (folder && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  return folders;
}

/** Returns the folders of data of others in our sources, which hold the licence of the data. */
async function bundledData(root, metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const input of Object.keys(inputs)) if (/^src\/.*\.json$/.test(input)) folders.add(dirname(input));
    }
  }
  const licensed = await Promise.all(
    [...folders].map(async (folder) => ({ folder, text: await licence(join(root, folder)) })),
  );
  return licensed.filter(({ text }) => text !== undefined);
}

/** Returns the licence of each package of which something was bundled. */
export async function licences(root, metafiles) {
  const chapters = new Map();
  for (const folder of bundledPackages(metafiles)) {
    const { name, version, license, author } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const by = author?.name ?? author ?? 'its authors';
    const stated = `The package holds no licence text. It states: ${license ?? 'no licence'}, by ${by}.`;
    const text = (await licence(join(root, folder))) ?? stated;
    const notice = notices[name] === undefined ? '' : `\n\n${notices[name]}`;
    chapters.set(`${name} ${version} (${license ?? 'none stated'})`, `${text}${notice}`);
  }
  for (const { folder, text } of await bundledData(root, metafiles)) chapters.set(`Data in ${folder}`, text);
  const sorted = [...chapters].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([title, text]) => `${title}\n${'='.repeat(title.length)}\n\n${text}\n`).join('\n\n');
}

/** Returns a package's licence file; older packages have it as the last chapter of their README. */
async function licence(folder) {
  const files = (await readdir(folder)).sort();
  const file = files.find((entry) => /^(licen[cs]e|copying)([.-]|$)/i.test(entry));
  const readme = files.find((entry) => /^readme(\.|$)/i.test(entry));
  if (!file && !readme) return undefined;
  const text = (await readFile(join(folder, file ?? readme), 'utf8')).replaceAll('\r\n', '\n');
  const [chapter] = file ? [text] : (/^#+ *licen[cs]e[\s\S]*$/im.exec(text) ?? []);
  return chapter?.trim();
}
