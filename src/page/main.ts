/** The script of receipts. The build puts it into one file, and the page has it inline. */

import { CountersignError } from '../core/errors/index.ts';
import { type PageTexts, readPageTexts } from '../report/index.ts';
import { byId, optional } from './dom.ts';
import { showReceipt } from './receipt.ts';
import { showHeadline } from './show.ts';
import { showVerifier } from './verifier.ts';
import { failed } from './words.ts';

export { judge } from './judge.ts';

async function start(): Promise<void> {
  showHeadline({ state: 'checking', headline: 'Checking the signature', sentence: 'This takes a moment.' });
  try {
    const texts = pageTexts();
    const data = readPageTexts(texts);
    const clock = (): Date => new Date();
    if (data.kind === 'verifier') showVerifier(data, clock);
    else await showReceipt(data, texts, clock);
  } catch (error) {
    // Whatever happens, the page must not look as if it were still checking.
    showHeadline(failed(error instanceof CountersignError ? error : unexpected(error), undefined));
  }
}

function unexpected(cause: unknown): CountersignError {
  return new CountersignError('JSON_INVALID', `the page cannot be used: ${String(cause)}`, { cause });
}

function pageTexts(): PageTexts {
  const roots: string[] = [];
  for (
    let root = optional('trusted-root-0', HTMLElement);
    root;
    root = optional(`trusted-root-${roots.length}`, HTMLElement)
  )
    roots.push(root.textContent ?? '');
  return {
    data: byId('data', HTMLElement).textContent ?? '',
    bundle: optional('bundle', HTMLElement)?.textContent ?? undefined,
    trustedRoots: roots,
  };
}

void start();
