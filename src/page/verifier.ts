/** The verifier without a receipt: a file, its bundle, and the signer that a person expects. */

import { bundleStem, maxBundleLength } from '../core/bundle/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import {
  type Bundle,
  type Examination,
  examineUnderRoots,
  policyFor,
  readBundle,
  readTrustedRoots,
  type TrustedRoot,
} from '../core/verify/index.ts';
import type { PageData, PageRoot } from '../report/index.ts';
import { expectedClaims, expectedSigner } from '../run/policy/index.ts';
import { artifactOf, check } from './check.ts';
import { byId, setHidden, setText } from './dom.ts';
import { onChosen, onDropped } from './files.ts';
import { readWhole } from './hash-file.ts';
import { Progress, showClaims, showFacts, showHeadline, showSteps, showTime, type Work } from './show.ts';
import { claimedFacts, factsOf, failed, type Headline, namesSigner, signedByWords, sizeWords } from './words.ts';

type Verifier = Extract<PageData, { kind: 'verifier' }>;

const slots = ['file', 'bundle-file', 'root-file'] as const;
type Slot = (typeof slots)[number];

const maxRootLength = 4 * 1024 * 1024;
/** The number of bundles in a file that are examined. */
const maxBundles = 256;
const dayMilliseconds = 86_400_000;
/** The age in days from which the page advises a newer trusted root: the keys of logs change about twice a year. */
const oldAge = 180;

/** Shows the verifier. */
export function showVerifier({ trust, obtained }: Verifier, clock: () => Date): void {
  const chosen = new Map<Slot, File>();
  const age = Math.max(0, Math.floor((clock().getTime() - obtained.getTime()) / dayMilliseconds));
  const advice =
    age < oldAge ? '' : ' It is old: signatures of newer logs and authorities are refused. Use a newer one.';
  setText(
    'root-age',
    `This page has the trusted root of the public instance of Sigstore, as of ${obtained.toISOString().slice(0, 10)} (${age} ${age === 1 ? 'day' : 'days'} ago).${advice}`,
  );
  wait();
  const progress = new Progress();
  const verify = (): void => {
    const [file, bundle] = [chosen.get('file'), chosen.get('bundle-file')];
    if (file === undefined || bundle === undefined) {
      wait(file, bundle);
      return;
    }
    showHeadline({ state: 'checking', headline: 'Checking the file', sentence: `${file.name} is being read.` });
    void progress
      .during(file, (work) => verifyFile(file, bundle, chosen.get('root-file'), trust, clock, work))
      .catch((error: unknown) => {
        if (!(error instanceof CountersignError)) throw error;
        clear(failed(error, file.name));
      });
  };
  const choose = (slot: Slot, file: File): void => {
    chosen.set(slot, file);
    verify();
  };
  for (const slot of slots) onChosen(slot, (file) => choose(slot, file));
  onDropped((files) => {
    for (const file of files) {
      const slot = slotOf(file.name);
      chosen.set(slot, file);
      const transfer = new DataTransfer();
      transfer.items.add(file);
      byId(slot, HTMLInputElement).files = transfer.files;
    }
    verify();
  });
  const form = byId('expected', HTMLFormElement);
  form.addEventListener('change', showFields);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    verify();
  });
}

/** Returns the use of a dropped file, by its name. */
function slotOf(name: string): Slot {
  if (/trusted.?root.*\.jsonl?$/i.test(name)) return 'root-file';
  return bundleStem(name) === undefined ? 'file' : 'bundle-file';
}

function wait(file?: File, bundle?: File): void {
  const missing = file === undefined ? (bundle === undefined ? 'a file and its bundle' : 'the file') : 'its bundle';
  clear({ state: 'waiting', headline: `Choose ${missing}`, sentence: 'Nothing was verified yet.' });
}

function clear(headline: Headline): void {
  showHeadline(headline);
  showFacts('', '', []);
  showSteps([]);
  showClaims(undefined);
}

function showFields(): void {
  const kind = signerKind();
  setHidden('repository-field', kind !== 'repository');
  setHidden('identity-fields', kind !== 'identity');
}

function signerKind(): string {
  return String(new FormData(byId('expected', HTMLFormElement)).get('signer'));
}

/** Returns the policy for the signer that the person expects. */
function expectedPolicy() {
  const kind = signerKind();
  if (kind === 'anyone') return policyFor({ kind: 'identity', identity: 'any', issuer: 'any', claims: [] });
  const value = (id: string): string => byId(id, HTMLInputElement).value.trim();
  const request =
    kind === 'repository'
      ? { repo: value('repository') }
      : { certificateIdentity: value('identity'), certificateOidcIssuer: value('issuer') };
  if (Object.values(request).includes(''))
    fail('POLICY_INVALID', 'the expected signer is missing', {
      remedy: 'Enter the signer that you expect, or choose "I do not know".',
    });
  return policyFor({ kind: 'identity', ...expectedSigner(request), claims: expectedClaims(request) });
}

async function verifyFile(
  file: File,
  bundleFile: File,
  rootFile: File | undefined,
  builtIn: TrustedRoot,
  clock: () => Date,
  { onRead, cancellation }: Work,
): Promise<void> {
  const policy = expectedPolicy();
  const trusts =
    rootFile === undefined ? [builtIn] : readTrustedRoots(await readWhole(rootFile, 'the trusted root', maxRootLength));
  const roots = trusts.map((trust): PageRoot => ({ trust, policy }));
  const bundles = await readBundles(bundleFile);
  const examined = new Map<Examination, Bundle>();
  const examination = await examineUnderRoots(bundles, async (bundle) => {
    const artifact = await artifactOf(file, bundle, roots, onRead, cancellation);
    const found = await check(bundle, artifact, roots, clock());
    examined.set(found, bundle);
    return found;
  });
  if (cancellation.aborted) return;
  const { verdict, failure, criteria } = examination;
  showHeadline(verdict === undefined ? failed(failure, file.name) : succeeded());
  const bundle = examined.get(examination);
  if (verdict !== undefined)
    showFacts('Who signed what, when, and where it was logged', '', factsOf(verdict, file.name));
  else if (bundle !== undefined)
    showFacts('What the bundle claims', 'None of this was confirmed.', claimedFacts(bundle));
  showSteps(criteria);
  showClaims(verdict);
  showTime(clock());

  function succeeded(): Headline {
    if (verdict === undefined || !namesSigner(policy))
      return {
        state: 'unknown-signer',
        headline: 'Signed, but not compared with an expected signer',
        sentence: `The signature on ${file.name} is valid, and anyone can make a valid signature. See below who made this one, and decide whether it is the right signer.`,
      };
    return {
      state: 'verified',
      headline: 'The expected signer signed this file',
      sentence: `${file.name} (${sizeWords(file.size)}) is exactly the file that was signed by ${signedByWords(verdict.signer)}.`,
    };
  }
}

/** Reads the bundles in a file: one, or one in each line. */
async function readBundles(file: File): Promise<readonly Bundle[]> {
  const bytes = await readWhole(file, 'the bundle', maxBundleLength);
  const lines = file.name.endsWith('.jsonl')
    ? new TextDecoder()
        .decode(bytes)
        .split('\n')
        .filter((line) => line.trim() !== '')
    : [];
  if (lines.length < 2) return [readBundle(bytes)];
  if (lines.length > maxBundles)
    fail('LIMIT_EXCEEDED', `${file.name} has ${lines.length} bundles; the limit is ${maxBundles}`, {
      remedy: 'Choose a file with the bundle of this file alone.',
    });
  return lines.map((line) => readBundle(line));
}
