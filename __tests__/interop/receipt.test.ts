/** Receipts and the verifier in headless Chromium: their verdicts, their limits, and whether everyone can use them. */

import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PolicyOptions } from '../../src/core/verify/index.ts';
import { bySpecification, type Case, outcome } from '../cases/kit/outcome.ts';
import { placeOf } from '../cases/kit/place.ts';
import { built } from '../kit/built.ts';
import { type BrowserJob, type BrowserResult, inBrowser, type PageState, type Step } from './kit/browser.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const verifier = fileURLToPath(new URL('../../docs/verify.html', import.meta.url));
const publicGood = join(fixtures, 'roots', 'public-good.trusted_root.json');
const bundle = join(fixtures, 'vectors', 'happy-path-v0.3-new-mediaType.json');
const repository = 'sigstore-conformance/extremely-dangerous-public-oidc-beacon';
const hostileName = `<img src=x onerror=alert(1)> "'& ‮txt.exe`;

let folder: string;
let receipt: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-receipt-'));
  for (const name of ['a.txt', hostileName]) {
    await copyFile(join(fixtures, 'vectors', 'a.txt'), at(name));
    await copyFile(bundle, at(`${name}.sigstore.json`));
  }
  await writeFile(at('changed.txt'), 'changed');
  const trusting = ['--trusted-root', publicGood];
  const args = [await built('cli.mjs'), 'receipt', 'a.txt', hostileName, '--repo', repository, ...trusting];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  receipt = at('a.txt.receipt.html');
  const page = await readFile(receipt, 'utf8');
  await writeFile(
    at('spoilt.html'),
    page.replace(/("signature": ?"[^"]{20})(.)/, (_, start, one) => `${start}${one === 'A' ? 'B' : 'A'}`),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const wait = (state: string): Step => ({ do: 'wait', state });
const choose = (name: string, id = 'file'): Step => ({ do: 'choose', id, file: at(name) });
const fill = (id: string, text: string): Step => ({ do: 'fill', id, text });
const click = (id: string): Step => ({ do: 'click', id });
const look: Step = { do: 'state' };
const axe: Step = { do: 'axe' };
const both = (): readonly Step[] => [choose('a.txt'), choose('a.txt.sigstore.json', 'bundle-file')];

/** Takes the steps, and demands that the page loaded nothing, violated no policy, and logged no error. */
async function run(job: BrowserJob): Promise<BrowserResult['reports']> {
  const [result] = await inBrowser(job);
  const { reports = [], requests, violations, messages } = result ?? {};
  expect({ requests, violations, messages }).toEqual({ requests: [], violations: [], messages: [] });
  return reports;
}

async function state(page: string, ...steps: readonly Step[]): Promise<PageState> {
  const [report] = await run({ page, steps: [...steps, look] });
  return report as PageState;
}

describe('a receipt', () => {
  test('verifies itself, and says that no file was checked', async () => {
    const page = await state(receipt, wait('genuine'));
    expect(page.headline).toBe('The signature is valid. Your file was not checked yet');
    expect(page.title).toBe('Receipt for a.txt');
    for (const text of [
      `The workflow extremely-dangerous-oidc-beacon.yml of github.com/${repository}, at main`,
      'GitHub Actions confirmed this identity',
      '19 March 2024, 17:26:26 UTC',
      'Entry 79571823 of rekor.sigstore.dev',
      'sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf',
      'A page can claim anything',
      'countersign verify a.txt',
      'cosign verify-blob',
    ])
      expect(page.text).toContain(text);
    expect(page.text.match(/\bPassed\b/g)?.length).toBeGreaterThanOrEqual(8);
    expect(page.text).not.toMatch(/\b(?:Failed|Not checked)\b/);
  });

  test('verifies the file that was signed, chosen or dropped', async () => {
    const dropped: Step = { do: 'drop', files: [at('a.txt')] };
    for (const step of [choose('a.txt'), dropped]) {
      const page = await state(receipt, wait('genuine'), step, wait('verified'));
      expect(page.headline).toBe('This is the file that was signed');
    }
  });

  test('refuses another file, and goes on saying what was signed', async () => {
    const dropped: Step = { do: 'drop', files: [at('changed.txt')] };
    for (const step of [choose('changed.txt'), dropped]) {
      const page = await state(receipt, wait('genuine'), step, wait('other-file'));
      expect(page.headline).toBe('This is not the file that was signed');
      expect(page.sentence).toContain('changed.txt');
      expect(page.text).toContain('Entry 79571823 of rekor.sigstore.dev');
      expect(page.text).toMatch(/\bFailed\b/);
    }
  });

  test('with a spoilt bundle confirms nothing, for the file that was signed either', async () => {
    for (const steps of [[], [choose('a.txt'), wait('invalid')]]) {
      const page = await state(at('spoilt.html'), wait('invalid'), ...steps);
      expect(page.headline).toBe('The signature is not valid');
      expect(page.text).toContain('None of this was confirmed');
    }
  });

  test('has the bundle and the trusted root to save', async () => {
    const saves: readonly Step[] = [
      { do: 'save', id: 'save-bundle' },
      { do: 'save', id: 'save-root' },
    ];
    const [result] = await inBrowser({ page: receipt, steps: [wait('genuine'), ...saves] });
    const [saved, root] = (result?.reports ?? []) as readonly { readonly name: string; readonly text: string }[];
    expect([saved?.name, root?.name]).toEqual(['a.txt.sigstore.json', 'trusted_root.json']);
    expect(JSON.parse(saved?.text ?? '')).toEqual(JSON.parse(await readFile(bundle, 'utf8')));
    expect(JSON.parse(root?.text ?? '')).toEqual(JSON.parse(await readFile(publicGood, 'utf8')));
  });

  test('shows a hostile name as text', async () => {
    const [plain, hostile] = await Promise.all([
      state(receipt, wait('genuine')),
      state(at(`${hostileName}.receipt.html`), wait('genuine')),
    ]);
    const shown = hostileName.replace('‮', '\\u202e');
    expect(hostile.title).toBe(`Receipt for ${shown}`);
    expect(hostile.text).toContain(shown);
    expect(hostile.text).not.toContain('‮');
    expect(hostile.elements).toBe(plain.elements);
  });

  test('without JavaScript says that nothing was verified, and has the commands', async () => {
    const [page] = (await run({ page: receipt, script: false, steps: [look] })) as readonly PageState[];
    expect(page?.text).toContain('Nothing was verified');
    expect(page?.text).toContain('countersign verify a.txt');
    expect(page?.text).not.toContain('The signature is valid');
  });

  test('prints the result, the facts and the commands, and no controls', async () => {
    const [text] = await run({ page: receipt, steps: [wait('genuine'), { do: 'print' }] });
    for (const part of [
      'The signature is valid',
      'Signed by',
      'What was checked',
      'cosign verify-blob',
      'A page can claim',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/Check your copy of the file|Or drop it|Save the trusted root/);
  });

  test('weighs less than 400 KB, as does the verifier', async () => {
    for (const page of [receipt, verifier]) expect((await stat(page)).size).toBeLessThan(400_000);
  });

  test('hashes a file of 4 GiB in constant memory', async () => {
    const file = await open(at('long.bin'), 'w');
    await file.truncate(4 * 1024 ** 3);
    await file.close();
    const hash: Step = { do: 'memory', step: wait('other-file') };
    const [grown, page] = (await run({
      page: receipt,
      steps: [wait('genuine'), choose('long.bin'), hash, look],
    })) as readonly [number, PageState];
    expect(page.sentence).toContain('long.bin differs from the signed file');
    expect(grown).toBeLessThan(512 * 1024 ** 2);
  });

  test('stops reading a long file when that is cancelled', async () => {
    const file = await open(at('longer.bin'), 'w');
    await file.truncate(1024 ** 4);
    await file.close();
    const page = await state(receipt, wait('genuine'), choose('longer.bin'), click('cancel'), wait('cancelled'));
    expect(page.sentence).toBe('Nothing was verified.');
  });
});

describe('the verifier', () => {
  test('verifies what the expected signer signed, in any order', async () => {
    const drops: readonly Step[] = [{ do: 'drop', files: [at('a.txt.sigstore.json'), at('a.txt')] }];
    for (const steps of [both(), [...both()].reverse(), drops]) {
      const page = await state(verifier, wait('waiting'), fill('repository', repository), ...steps, wait('verified'));
      expect(page.headline).toBe('The expected signer signed this file');
      expect(page.text).toContain('as of 2026-08-22');
    }
  });

  test('verifies an exact identity', async () => {
    const identity = `https://github.com/${repository}/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main`;
    const expecting = (name: string): readonly Step[] => [
      click('by-identity'),
      fill('identity', name),
      fill('issuer', 'https://token.actions.githubusercontent.com'),
    ];
    expect((await state(verifier, ...expecting(identity), ...both(), wait('verified'))).state).toBe('verified');
    const other = await state(verifier, ...expecting(`${identity}s`), ...both(), wait('other-signer'));
    expect(other.headline).toBe('This was not signed by the expected signer');
  });

  test('does not confirm a signer when none is expected', async () => {
    const page = await state(verifier, click('by-anyone'), ...both(), wait('unknown-signer'));
    expect(page.headline).toBe('Signed, but not compared with an expected signer');
    expect(page.text).toContain('extremely-dangerous-oidc-beacon.yml');
  });

  test('refuses a missing signer, another signer, another file and another bundle', async () => {
    const nobody = await state(verifier, ...both(), wait('invalid'));
    expect(nobody.sentence).toContain('the expected signer is missing'.replace('the', 'The'));
    const other = await state(verifier, fill('repository', 'example/app'), ...both(), wait('other-signer'));
    expect(other.text).toContain('None of this was confirmed');
    const named = fill('repository', repository);
    const changed = [choose('changed.txt'), choose('a.txt.sigstore.json', 'bundle-file')];
    expect((await state(verifier, named, ...changed, wait('other-file'))).sentence).toContain('changed.txt');
    const noBundle = [choose('a.txt'), choose('changed.txt', 'bundle-file')];
    expect((await state(verifier, named, ...noBundle, wait('invalid'))).sentence).toContain('BUNDLE_INVALID');
  });

  test('uses a trusted root that is chosen in place of its own', async () => {
    await copyFile(join(fixtures, 'roots', 'sigstore-go.scaffolding.trusted_root.json'), at('trusted_root.json'));
    const named = fill('repository', repository);
    const files = ['a.txt', 'a.txt.sigstore.json', 'trusted_root.json'].map(at);
    const page = await state(verifier, named, { do: 'drop', files }, wait('invalid'));
    expect(page.text).toContain('None of this was confirmed');
  });
});

describe('everyone can use', () => {
  const states: Readonly<Record<string, () => readonly [page: string, ...steps: readonly Step[]]>> = {
    genuine: () => [receipt, wait('genuine')],
    verified: () => [receipt, wait('genuine'), choose('a.txt'), wait('verified')],
    'another file': () => [receipt, wait('genuine'), choose('changed.txt'), wait('other-file')],
    'spoilt bundle': () => [at('spoilt.html'), wait('invalid')],
    'no file': () => [verifier, wait('waiting')],
    'unknown signer': () => [verifier, click('by-anyone'), ...both(), wait('unknown-signer')],
    'other signer': () => [verifier, fill('repository', 'example/app'), ...both(), wait('other-signer')],
  };

  test.each(Object.entries(states))('%s, in light and dark, on a small screen too', async (_, job) => {
    const [page, ...steps] = job();
    for (const colours of ['light', 'dark'] as const)
      for (const width of [900, 360]) expect(await run({ page, colours, width, steps: [...steps, axe] })).toEqual([[]]);
  });

  test('a page by keyboard alone', async () => {
    const press = (key: string, times = 1): Step => ({ do: 'press', key, times });
    const focus: Step = { do: 'focus' };
    // The first link leads to the result; after it are the file and the link to the commands.
    const steps = [wait('genuine'), press('Tab'), focus, press('Enter'), focus, press('Tab'), focus];
    const [first, second, third] = await run({ page: receipt, steps });
    expect([first, second, third]).toEqual(['A', 'result', 'file']);
    // The expected signer is chosen and entered, and the form is sent, without a pointer.
    const typed = [...both(), wait('invalid'), fill('repository', ''), ...[...repository].map((key) => press(key))];
    const sent = await state(verifier, ...typed, press('Enter'), wait('verified'));
    expect(sent.state).toBe('verified');
  });
});

interface Indexed {
  readonly id: string;
  readonly bundle: string;
  readonly target: string | null;
  readonly trusted_root: string;
  readonly identity: string | null;
  readonly issuer: string | null;
  readonly key: string | null;
  readonly expected: string;
}

const emptyFile = '';

describe('the verdicts of the page are those of the command', () => {
  const now = '2026-11-23T12:00:00Z';
  const parts = (['real', 'mutants'] as const).flatMap((part) => {
    const place = placeOf(part);
    return place === undefined ? [] : [[part, place] as const];
  });
  const own = [['vectors', join(fixtures, 'vectors')] as const];

  test.each([...own, ...parts])('on %s', async (part, place) => {
    const cases = part === 'vectors' ? vectors() : await indexed(place);
    expect(cases.length).toBeGreaterThan(3);
    const options: PolicyOptions = part === 'mutants' ? bySpecification : {};
    const steps: Step[] = [];
    for (let start = 0; start < cases.length; start += 100) {
      const some = await Promise.all(cases.slice(start, start + 100).map((one) => inputs(one, options)));
      steps.push({ do: 'judge', cases: some, now });
    }
    const found = (await run({ page: receipt, steps: [wait('genuine'), ...steps] })).flat();
    const expected = await Promise.all(cases.map((one) => outcome(one, options)));
    const differing = cases.flatMap(({ bundle: path }, index) =>
      found[index] === expected[index] ? [] : [`${String(path)}: ${found[index]}, not ${expected[index]}`],
    );
    expect(found.length).toBe(cases.length);
    expect(differing).toEqual([]);
  });

  function vectors(): readonly Case[] {
    const identity = `https://github.com/${repository}/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main`;
    const issuer = 'https://token.actions.githubusercontent.com';
    const names = ['happy-path-v0.1', 'happy-path-v0.3-new-mediaType', 'happy-path-intoto-in-dsse-v3'];
    const vector = (name: string): string => join(fixtures, 'vectors', name);
    return names.flatMap((name) =>
      [vector('a.txt'), vector('README.md')].map((target) => ({
        bundle: vector(`${name}.json`),
        target,
        trustedRoot: publicGood,
        identity,
        issuer,
      })),
    );
  }

  async function indexed(place: string): Promise<readonly Case[]> {
    const index: readonly Indexed[] = JSON.parse(await readFile(join(place, 'index.json'), 'utf8'));
    const path = (relative: string): string => (relative.startsWith('sha') ? relative : join(place, relative));
    // A key file that is not there is for the reader of files to refuse.
    return index
      .filter(({ id, expected }) => id !== 'key-msg/key-missing-file' && expected !== 'not-run')
      .map((one) => ({
        bundle: path(one.bundle),
        target: one.target === null ? undefined : path(one.target),
        trustedRoot: path(one.trusted_root),
        identity: one.identity ?? undefined,
        issuer: one.issuer ?? undefined,
        key: one.key === null ? undefined : path(one.key),
      }));
  }

  /** Returns a case as a page has it. */
  async function inputs({ bundle: path, target, trustedRoot, identity, issuer, key }: Case, options: PolicyOptions) {
    const exact = (value: string | undefined) => ({ kind: 'exact', value: value ?? '' });
    const signer =
      key === undefined
        ? { kind: 'identity', identity: exact(identity), issuer: exact(issuer), claims: [] }
        : { kind: 'key', publicKey: await readFile(key, 'utf8') };
    const thresholds =
      key === undefined
        ? { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 }
        : { signedCertificateTimestamps: 0, logEntries: 1, timestamps: 0 };
    const witnesses = { keys: [], threshold: 0 };
    const policy = { signer, content: {}, thresholds, witnesses, sandbox: 'refuse', ...options };
    const isDigest = target !== undefined && /^sha(?:256|384|512):/.test(target);
    const digests = [isDigest ? target : `sha256:${'0'.repeat(64)}`];
    const data = JSON.stringify({ version: 1, kind: 'receipt', file: 'a', digests, policies: [policy] });
    const text = await readFile(String(path));
    return {
      texts: { data, bundle: await readFile(bundle, 'utf8'), trustedRoots: [await readFile(trustedRoot, 'utf8')] },
      bundle: text.toString('base64'),
      ...(isDigest ? {} : { file: target === undefined ? emptyFile : await readFile(target, 'base64') }),
    };
  }
});
