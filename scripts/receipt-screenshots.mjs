// Writes the pictures in docs/receipt: a receipt and the verifier in each state. The bundle is of a public test project. Needs dist/ (npm run dist).
import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installChromium, installPlaywright } from './interop/judges.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs', 'receipt');
const fixtures = join(root, '__tests__', 'fixtures');
const repository = 'sigstore-conformance/extremely-dangerous-public-oidc-beacon';

const folder = await mkdtemp(join(tmpdir(), 'countersign-screenshots-'));
const at = (name) => join(folder, name);
try {
  await mkdir(pictures, { recursive: true });
  await copyFile(join(fixtures, 'vectors', 'a.txt'), at('a.txt'));
  await copyFile(join(fixtures, 'vectors', 'happy-path-v0.3-new-mediaType.json'), at('a.txt.sigstore.json'));
  await writeFile(at('changed.txt'), 'not the file that was signed\n');
  const trusted = ['--trusted-root', join(fixtures, 'roots', 'public-good.trusted_root.json')];
  const command = [join(root, 'dist', 'cli.mjs'), 'receipt', 'a.txt', '--repo', repository, ...trusted];
  await promisify(execFile)(process.execPath, command, { cwd: folder });
  const receipt = await readFile(at('a.txt.receipt.html'), 'utf8');
  await writeFile(
    at('spoilt.html'),
    receipt.replace(/("signature": ?"MEU)(.)/, (_, start, one) => start + (one === 'A' ? 'B' : 'A')),
  );
  await photograph(jobs());
} finally {
  await rm(folder, { recursive: true, force: true });
}

function jobs() {
  const picture = (name) => ({ do: 'screenshot', path: join(pictures, `${name}.png`) });
  const wait = (state) => ({ do: 'wait', state });
  const choose = (id, name) => ({ do: 'choose', id, file: at(name) });
  const receipt = at('a.txt.receipt.html');
  const verifier = join(root, 'docs', 'verify.html');
  const both = [choose('file', 'a.txt'), choose('bundle-file', 'a.txt.sigstore.json')];
  return [
    { page: receipt, height: 1100, steps: [wait('genuine'), picture('opened')] },
    { page: receipt, steps: [wait('genuine'), choose('file', 'a.txt'), wait('verified'), picture('verified')] },
    {
      page: receipt,
      colours: 'dark',
      steps: [wait('genuine'), choose('file', 'a.txt'), wait('verified'), picture('verified-dark')],
    },
    {
      page: receipt,
      steps: [wait('genuine'), choose('file', 'changed.txt'), wait('other-file'), picture('another-file')],
    },
    { page: at('spoilt.html'), steps: [wait('invalid'), picture('spoilt-bundle')] },
    {
      page: verifier,
      steps: [
        wait('waiting'),
        { do: 'click', id: 'by-anyone' },
        ...both,
        wait('unknown-signer'),
        picture('unknown-signer'),
      ],
    },
    { page: receipt, width: 794, steps: [wait('genuine'), { do: 'print', path: join(pictures, 'print.png') }] },
  ];
}

async function photograph(list) {
  const [chromium, playwright] = [await installChromium(), await installPlaywright()];
  const driver = spawn(process.execPath, [join(root, 'scripts', 'interop', 'browser.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  driver.stdin.end(JSON.stringify({ chromium, playwright, jobs: list }));
  if ((await text(driver.stdout)) === '') process.exitCode = 1;
}
