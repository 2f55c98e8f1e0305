import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const page = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');

/** Every function with its file, from the tables (`| step | fn | file |`) and the text (`fn` in `file`). */
const named = [...page.matchAll(/`(\w+)`(?: \| | in )`(src\/[\w/.-]+)`/g)].map(([, name = '', file = '']) => ({
  name,
  file,
}));

test('every file on the page stands beside a function', () => {
  expect(named.length).toBeGreaterThan(50);
  expect(page.match(/`src\//g)).toHaveLength(named.length);
  for (const row of page.split('\n').filter((line) => /^\| (?!step|---)/.test(line))) {
    expect(row).toMatch(/^\|.* \| `\w+` \| `src\/[\w/.-]+` \|$/);
  }
});

test.each(named)('$file declares $name', ({ name, file }) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const declared = [...source.matchAll(/^(?:export )?(?:async )?(?:function\*?|class) (\w+)/gm)].map(
    ([, found]) => found,
  );
  expect(declared).toContain(name);
});
