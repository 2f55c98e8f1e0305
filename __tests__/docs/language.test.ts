/** Checks the language, the links and the line lengths of the documentation. */

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Pages outside docs/. */
const otherPages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'scripts/interop/stack/README.md'];
/** Texts that GitHub shows: descriptions of inputs, and templates. */
const githubFiles = (await readdir(join(root, '.github'), { recursive: true }))
  .filter((name) => /\.(?:yml|md)$/.test(name))
  .map((name) => join('.github', name));
const docs = (await readdir(join(root, 'docs'), { recursive: true }))
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name));
const pages = new Map(
  await Promise.all(
    [...docs, ...otherPages].sort().map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const),
  ),
);

/** Phrases of an earlier, mannered style, and commands that are unsafe to paste. Each has a plain alternative. */
const banned: ReadonlyMap<RegExp, string> = new Map([
  [/\bnpx (?:--yes |-y )?countersign\b/, 'the command at a commit: the name is not ours on npm'],
  [/\bwho(?:so|m)?ever\b/, 'the person or program: attacker, caller, user'],
  [/\bwhom\b/, 'the signer, the caller'],
  [/\bnobody\b/, 'no one, or a sentence about the thing'],
  [/\bvouch/, 'issue, certify'],
  [/\basked for\b/, 'required, requested'],
  [/\bsaid by\b/, 'reported by, stated by'],
  [/\bgo(?:es)? well\b/, 'succeeds'],
  [/\b(?:can|could|may)(?:not)? be had\b/, 'available, obtained'],
  [/\b(?:that|policy|which) is none\b/, 'invalid'],
  [/(?<!\bthere )\b(?:is|are) no (?!longer\b|more\b)/, 'is not a'],
  [/\bwhat (?:is|there is|there are) there\b|\bwhat there (?:is|are)\b|\bthat there (?:is|are)\b/, 'exists, existing'],
  [/\bwhat comes (?:of|out|back)\b/, 'result, output'],
  [/\bnothing but\b/, 'only'],
  [/\bmust be so\b/, 'requirement'],
  [/\bmust have signed\b/, 'signer'],
  [/\bwho accepts what\b/, 'interoperability'],
  [/\bin capitals where\b/, 'with the capitals of'],
  [/\bkey that is kept\b|\bkey to keep\b/, 'long-lived key'],
  [/\bin words that\b/, 'states the reason'],
  [/\b(?:is|are|be) held to\b/, 'is compared with'],
  [/\bone an? (?:line|file)\b|\ba (?:bundle|process|line|criterion|key) an? \w/, 'one per line'],
  [/[;,:] else\b/, 'otherwise'],
  [/\banew\b/, 'again'],
  [/\bfor ever\b/, 'permanently, forever'],
  [/\bthe other way round\b/, 'the reverse'],
  [/\bas (?:it|they) stands?\b/, 'unchanged'],
  [/\b(?:its|their|what) time stops\b/, 'stops counting'],
  [/\bsome \d/, 'about'],
  [/\bhence\b/, 'therefore'],
  [/\bso as to\b/, 'to'],
  [/\bbesides\b/, 'also'],
  [/\b(?:look|looks|looked|looking) at\b/, 'examine, check, read'],
]);

/** The rows about faults of the sandbox, whose texts are those of sandbox/misbehaviour. */
const faultRow = /^\| `(?:[\w-]+):[\w-]+` \|/;

/** Returns the lines of a page outside of code blocks. */
function proseLines(text: string): readonly string[] {
  let fenced = false;
  return text.split('\n').map((line) => {
    const isFence = /^\s*```/.test(line);
    if (isFence) fenced = !fenced;
    return isFence || fenced ? '' : line;
  });
}

/** Returns the anchors of a page as GitHub makes them from its headings. */
function anchors(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of proseLines(text)) {
    // Generated pages name their targets.
    for (const [, id = ''] of line.matchAll(/<a id="([^"]+)">/g)) found.add(id);
    const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
    if (heading === undefined) continue;
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let name = slug;
    for (let count = 1; found.has(name); count++) name = `${slug}-${count}`;
    found.add(name);
  }
  return found;
}

/** Reports the banned phrases of a text, each with its plain alternative. A phrase may continue on the next line. */
function phrases(text: string): readonly string[] {
  const running = text
    .split('\n')
    .filter((line) => !faultRow.test(line))
    .join(' ')
    .replace(/ +/g, ' ');
  return [...banned].flatMap(([pattern, plain]) =>
    [...running.matchAll(new RegExp(pattern, 'gi'))].map(
      ({ index, 0: phrase }) => `"${phrase}" (${plain}): ${running.slice(Math.max(0, index - 40), index + 60)}`,
    ),
  );
}

test('the pages include those about verifying and the decisions', () => {
  expect([...pages.keys()]).toEqual(expect.arrayContaining(['docs/verifying.md', 'docs/decisions/0009-repeats.md']));
});

test.each([
  'Whoever downloads it',
  'run\nnpx countersign verify',
  'npx --yes countersign',
  'a policy that is none',
  'an entry is\nasked for',
  'a file that is no bundle',
  'patterns, one a line',
])('%j is reported', (text) => {
  expect(phrases(text)).toHaveLength(1);
});

test.each(['There is no default.', 'It is no longer used.', 'npx --allow-git=root github:OWNER/countersign#COMMIT'])(
  '%j is not reported',
  (text) => {
    expect(phrases(text)).toEqual([]);
  },
);

describe.each([...pages])('%s', (name, text) => {
  test('is in plain language', () => {
    expect(phrases(text)).toEqual([]);
  });

  test('has links with targets', async () => {
    const links = [
      ...proseLines(text)
        .join('\n')
        .matchAll(/\]\(([^()\s]+)\)/g),
    ].map(([, link = '']) => link);
    const broken: string[] = [];
    for (const link of links.filter((each) => !/^(?:https?|mailto):/.test(each))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? name : normalize(join(dirname(name), path));
      const isPage = target.endsWith('.md');
      const content = await readFile(join(root, target), 'utf8').catch((error) =>
        error.code === 'EISDIR' ? '' : undefined,
      );
      if (content === undefined || (anchor !== undefined && !(isPage && anchors(content).has(anchor))))
        broken.push(link);
    }
    expect(broken).toEqual([]);
  });

  test('has lines of at most 200 characters outside of tables and code', () => {
    expect(proseLines(text).filter((line) => line.length > 200 && !line.startsWith('|'))).toEqual([]);
  });
});

test.each(githubFiles)('%s is in plain language', async (name) => {
  expect(phrases(await readFile(join(root, name), 'utf8'))).toEqual([]);
});

test.each(docs.filter((name) => !name.startsWith('docs/decisions/')))('%s begins with its purpose', (name) => {
  const [title, blank, first] = (pages.get(name) ?? '').split('\n');
  expect([title, blank]).toEqual([expect.stringMatching(/^# /), '']);
  expect(first).toMatch(/^[A-Z`[].{20}/);
});
