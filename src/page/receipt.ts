/** A receipt: verifies its signature when it is opened, and then each file that is chosen. */

import { equalDigests } from '../core/crypto/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import type { Examination } from '../core/verify/index.ts';
import type { PageData, PageTexts } from '../report/index.ts';
import { artifactOf, check } from './check.ts';
import { onChosen, onDropped, saveOnClick } from './files.ts';
import { Progress, showClaims, showFacts, showHeadline, showSteps, showTime } from './show.ts';
import {
  claimedFacts,
  factsOf,
  failed,
  type Headline,
  namesSigner,
  otherFile,
  signedByWords,
  sizeWords,
} from './words.ts';

type Receipt = Extract<PageData, { kind: 'receipt' }>;

/** Shows a receipt. */
export async function showReceipt(receipt: Receipt, texts: PageTexts, clock: () => Date): Promise<void> {
  saveOnClick('save-bundle', `${texts.bundle}\n`);
  saveOnClick('save-root', `${texts.trustedRoots.join('\n')}\n`);
  const { bundle, artifact, roots, file } = receipt;
  const examination = await check(bundle, artifact, roots, clock());
  show(receipt, examination, opened(receipt, examination));
  showTime(clock());
  const progress = new Progress();
  const checkFile = (chosen: File): void => {
    showHeadline({ state: 'checking', headline: 'Checking your file', sentence: `${chosen.name} is being read.` });
    void progress
      .during(chosen, async ({ onRead, cancellation }) => {
        const own = await artifactOf(chosen, bundle, roots, onRead, cancellation);
        const isSame = artifact.digests.every((digest) =>
          own.digests.some((one) => equalDigests(one, digest) || one.algorithm !== digest.algorithm),
        );
        const found = await check(bundle, own, roots, clock());
        if (cancellation.aborted) return;
        // Of another file, the facts about the file that was signed stay.
        if (isSame) show(receipt, found, ofFile(receipt, chosen, found));
        else show(receipt, { ...examination, criteria: found.criteria }, otherFile(chosen.name, file));
        showTime(clock());
      })
      .catch((error: unknown) => {
        if (!(error instanceof CountersignError)) throw error;
        showHeadline(failed(error, chosen.name));
      });
  };
  onChosen('file', checkFile);
  onDropped(([first]) => first !== undefined && checkFile(first));
}

function show(
  { bundle, file }: Receipt,
  { verdict, criteria }: Pick<Examination, 'verdict' | 'criteria'>,
  headline: Headline,
): void {
  showHeadline(headline);
  if (verdict === undefined) showFacts('What the receipt claims', 'None of this was confirmed.', claimedFacts(bundle));
  else showFacts('Who signed what, when, and where it was logged', '', factsOf(verdict, file));
  showSteps(criteria);
  showClaims(verdict);
}

/** Returns the headline of a receipt that was opened. */
function opened({ file, roots }: Receipt, { verdict, failure }: Examination): Headline {
  if (verdict === undefined) return failed(failure, undefined);
  if (!roots.every(({ policy }) => namesSigner(policy))) return withoutSigner();
  return {
    state: 'genuine',
    headline: 'The signature is valid. Your file was not checked yet',
    sentence: `${capital(signedByWords(verdict.signer))} signed a file with the name ${file}. Choose your copy below, to learn whether it is that file.`,
  };
}

/** Returns the headline for a file with the digests that were signed. */
function ofFile({ file, roots }: Receipt, chosen: File, { verdict, failure }: Examination): Headline {
  if (verdict === undefined) return failed(failure, chosen.name);
  if (!roots.every(({ policy }) => namesSigner(policy))) return withoutSigner();
  const name = chosen.name === file ? file : `${chosen.name}, which the receipt calls ${file},`;
  return {
    state: 'verified',
    headline: 'This is the file that was signed',
    sentence: `${name} (${sizeWords(chosen.size)}) is exactly the file that was signed by ${signedByWords(verdict.signer)}.`,
  };
}

function withoutSigner(): Headline {
  return {
    state: 'unknown-signer',
    headline: 'The signature is valid, but anyone may have made it',
    sentence:
      'The signer was not compared with an expected signer. See below who it is, and decide whether it is the right one.',
  };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
