/** The page of a receipt: what is in it, what cannot be in it, and how its data is read back. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { verifierKey, witness } from '../../sandbox/log/index.ts';
import { generateSigningKey } from '../../sandbox/pki/index.ts';
import { writeBundle } from '../../src/core/bundle/index.ts';
import {
  type CountersignError,
  exactIdentity,
  managedKey,
  readTrustedRoot,
  readWitnessKey,
} from '../../src/core/verify/index.ts';
import {
  type PageTexts,
  type ReceiptPage,
  readPageTexts,
  receiptCommands,
  receiptPage,
  receiptTexts,
  verifierPage,
} from '../../src/report/index.ts';
import { artifact, Instance, identity, issuer, now, policy } from '../kit/instance.ts';
import { hostileTexts } from './watch-reports.ts';

const instance = new Instance();
const digest = `sha256:${createHash('sha256').update(artifact).digest('hex')}`;
const trustedRoot = JSON.stringify(instance.trustedRoot());
const script = 'start();';

function receipt(changes: Partial<ReceiptPage> = {}): ReceiptPage {
  return {
    file: 'app.tar.gz',
    digests: [digest],
    bundle: writeBundle(instance.sign()),
    roots: [{ trustedRoot, policy }],
    commands: [{ tool: 'Countersign', lines: ['countersign verify app.tar.gz'] }],
    saved: { bundle: 'app.tar.gz.sigstore.json', trustedRoot: 'trusted_root.json' },
    ...changes,
  };
}

/** Returns the texts of the elements with data, as a browser has them. */
function textsIn(page: string): PageTexts {
  const text = (id: string): string | undefined =>
    new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(page)?.[1];
  const roots = [0, 1, 2].flatMap((index) => text(`trusted-root-${index}`) ?? []);
  return { data: text('data') ?? '', bundle: text('bundle'), trustedRoots: roots };
}

function codeOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return (error as CountersignError).code;
  }
}

describe('the page', () => {
  const pages = { receipt: receiptPage(receipt(), script), verifier: verifierPage(trustedRoot, '2026-08-22', script) };

  test.each(Object.entries(pages))('%s allows its own script and style and nothing else', (_, page) => {
    const [, allowed = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
    expect(allowed.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).not.toMatch(/ (?:src|style|on\w+)="/);
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base)\b/);
    // No link leads out of the page.
    expect([...page.matchAll(/ href="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
  });

  test('says that a page can claim anything, and that nothing is verified without JavaScript', () => {
    for (const page of Object.values(pages)) {
      expect(page).toContain('A page can claim anything');
      expect(page).toMatch(/<noscript>.*Nothing was verified.*<\/noscript>/);
    }
    expect(pages.receipt).toContain('countersign verify app.tar.gz');
  });

  test('refuses a script that would end its element', () => {
    for (const text of ['"</script>"', '"<!--"', '"<SCRIPT"'])
      expect(() => receiptPage(receipt(), text)).toThrow('the script cannot be part of a page');
  });

  test('refuses a bundle that would make it too long', () => {
    const long = { bundle: JSON.stringify({ text: 'a'.repeat(4 * 1024 * 1024) }) };
    expect(codeOf(() => receiptPage(receipt(long), script))).toBe('LIMIT_EXCEEDED');
  });

  test.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 40), text]))('keeps %s as text', (_, text) => {
    const commands = [{ tool: text, lines: [text] }];
    const saved = { bundle: text, trustedRoot: text };
    const page = receiptPage(receipt({ file: text, commands, saved }), script);
    const tags = (html: string): number => html.match(/<[a-z]/gi)?.length ?? 0;
    expect(tags(page)).toBe(tags(pages.receipt));
    expect(/<title>[^<]*/.exec(page)?.[0]).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const data = readPageTexts(textsIn(page));
    expect(data.kind === 'receipt' && data.file).toBe(text);
  });
});

describe('the data', () => {
  test('is what was written: bundle, policy, trusted roots and digests', () => {
    const other = JSON.stringify(new Instance().trustedRoot());
    const witnesses = [witness('witness.example', generateSigningKey('Ed25519'), () => now)].map((one) =>
      readWitnessKey(verifierKey(one)),
    );
    const wanted = exactIdentity(identity, issuer, {
      sandbox: 'accept',
      maxAge: 1000,
      timestampOnly: 'accept',
      witnesses: { keys: witnesses, threshold: 1 },
      content: { predicateType: { kind: 'glob', value: 'https://slsa.dev/**' }, provenance: 'ignore' },
    });
    const roots = [
      { trustedRoot, policy: wanted },
      { trustedRoot: other, policy },
    ];
    const written = receipt({ roots });
    const data = readPageTexts(textsIn(receiptPage(written, script)));
    if (data.kind !== 'receipt') throw new Error('it is another page');
    expect(data.roots.map((one) => one.policy)).toEqual([wanted, policy]);
    expect(data.roots.map(({ trust }) => trust)).toEqual([trustedRoot, other].map((text) => readTrustedRoot(text)));
    expect(data.artifact.digests).toHaveLength(1);
    expect(writeBundle(data.bundle)).toBe(written.bundle);
  });

  test('has keys as PEM', () => {
    const key = instance.trust().transparencyLogs[1]?.publicKey;
    if (key === undefined) throw new Error('there is no key');
    const roots = [{ trustedRoot, policy: managedKey(key) }];
    const data = readPageTexts(receiptTexts(receipt({ roots })));
    expect(data.kind === 'receipt' && data.roots[0].policy).toEqual(managedKey(key));
  });

  const valid = receiptTexts(receipt());
  const changed = (change: (data: Record<string, unknown>) => object): PageTexts => ({
    ...valid,
    data: JSON.stringify({ ...JSON.parse(valid.data), ...change(JSON.parse(valid.data)) }),
  });
  const [validPolicy] = JSON.parse(valid.data).policies;
  const refused: Readonly<Record<string, readonly [PageTexts, string]>> = {
    'text that is not JSON': [{ ...valid, data: '{' }, 'JSON_INVALID'],
    'a list': [{ ...valid, data: '[]' }, 'JSON_INVALID'],
    'another version': [changed(() => ({ version: 2 })), 'JSON_INVALID'],
    'another kind': [changed(() => ({ kind: 'page' })), 'JSON_INVALID'],
    'an unknown member': [changed(() => ({ verified: true })), 'JSON_INVALID'],
    'no name': [changed(() => ({ file: '' })), 'JSON_INVALID'],
    'no digest': [changed(() => ({ digests: [] })), 'JSON_INVALID'],
    'two digests of one algorithm': [changed(() => ({ digests: [digest, digest] })), 'JSON_INVALID'],
    'a broken digest': [changed(() => ({ digests: ['sha256:0'] })), 'DIGEST_INVALID'],
    'no policy': [changed(() => ({ policies: [] })), 'JSON_INVALID'],
    'a policy with an unknown member': [
      changed(() => ({ policies: [{ ...validPolicy, trust: 1 }] })),
      'POLICY_INVALID',
    ],
    'a policy without a signer': [changed(() => ({ policies: [{ ...validPolicy, signer: 1 }] })), 'POLICY_INVALID'],
    'a signer of another kind': [
      changed(() => ({ policies: [{ ...validPolicy, signer: { ...validPolicy.signer, kind: 'all' } }] })),
      'POLICY_INVALID',
    ],
    'a threshold that is no number': [
      changed(() => ({ policies: [{ ...validPolicy, thresholds: { ...validPolicy.thresholds, logEntries: null } }] })),
      'POLICY_INVALID',
    ],
    'no bundle': [{ ...valid, bundle: undefined }, 'JSON_INVALID'],
    'a broken bundle': [{ ...valid, bundle: '{}' }, 'BUNDLE_INVALID'],
    'no trusted root': [{ ...valid, trustedRoots: [] }, 'JSON_INVALID'],
    'a trusted root without a policy': [{ ...valid, trustedRoots: [trustedRoot, trustedRoot] }, 'JSON_INVALID'],
    'a broken trusted root': [{ ...valid, trustedRoots: ['{}'] }, 'TRUSTED_ROOT_INVALID'],
  };

  test.each(Object.entries(refused))('is refused with %s', (_, [texts, code]) => {
    expect(codeOf(() => readPageTexts(texts))).toBe(code);
  });

  test('of the verifier has one trusted root and its day', () => {
    const texts = textsIn(verifierPage(trustedRoot, '2026-08-22', script));
    expect(readPageTexts(texts)).toMatchObject({ kind: 'verifier', obtained: new Date('2026-08-22') });
    const day = (obtained: string): PageTexts => ({ ...texts, data: texts.data.replace('2026-08-22', obtained) });
    for (const one of [day('yesterday'), day('2026-13-01'), { ...texts, trustedRoots: [trustedRoot, trustedRoot] }])
      expect(codeOf(() => readPageTexts(one))).toBe('JSON_INVALID');
  });
});

describe('the commands', () => {
  const signer = {
    kind: 'identity',
    identity: { subjectAlternativeName: identity, issuer, claims: {} },
    certificateValidity: { notBefore: new Date(0), notAfter: new Date(0) },
  } as const;
  const data = readPageTexts(receiptTexts(receipt()));
  const [own] = data.kind === 'receipt' ? data.artifact.digests : [];
  if (own?.algorithm !== 'sha256') throw new Error('there is no digest');
  const checked = {
    file: 'a b.txt',
    digest: own,
    saved: { bundle: 'a b.txt.sigstore.json', trustedRoot: undefined },
    instance: 'public-good',
    signer,
    predicateType: undefined,
    isLogged: true,
    certificateLogged: true,
    source: undefined,
  } as const;

  test('name the signer exactly, and quote what a shell would split', () => {
    const [countersign, cosign, ...others] = receiptCommands(checked);
    expect(others).toEqual([]);
    expect(countersign?.lines.join(' ')).toContain("countersign verify 'a b.txt'");
    expect(cosign?.lines.join(' ')).toContain(`--certificate-identity ${identity}`);
  });

  test('use the trusted root of another instance, and the key of a signature with a key', () => {
    const saved = { ...checked.saved, trustedRoot: 'trusted_root.json' };
    const custom = receiptCommands({ ...checked, instance: 'custom', saved });
    expect(custom.map(({ lines }) => lines.join(' ').includes('--trusted-root trusted_root.json'))).toEqual([
      true,
      true,
    ]);
    const publicKey = instance.trust().transparencyLogs[1]?.publicKey;
    if (publicKey === undefined) throw new Error('there is no key');
    const keyed = receiptCommands({ ...checked, signer: { kind: 'key', publicKey } });
    expect(keyed.map(({ lines }) => lines.join(' ').includes('--key PUBLIC_KEY.pem'))).toEqual([true, true]);
  });
});
