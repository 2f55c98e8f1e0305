/** Pages in headless Chromium, which scripts/interop/browser.mjs drives. */

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { judgePath } from './program.ts';

/** A page with the steps that are taken on it. The steps that report something are in the results. */
export interface BrowserJob {
  readonly page: string;
  readonly colours?: 'light' | 'dark';
  readonly width?: number;
  /** False to switch JavaScript off. */
  readonly script?: boolean;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly do: 'wait'; readonly state: string }
  | { readonly do: 'choose'; readonly id: string; readonly file: string }
  | { readonly do: 'drop'; readonly files: readonly string[] }
  | { readonly do: 'fill'; readonly id: string; readonly text: string }
  | { readonly do: 'click' | 'save'; readonly id: string }
  | { readonly do: 'press'; readonly key: string; readonly times?: number }
  | { readonly do: 'focus' | 'state' | 'axe' | 'print' }
  | { readonly do: 'memory'; readonly step: Step }
  | { readonly do: 'judge'; readonly cases: readonly object[]; readonly now: string };

export interface BrowserResult {
  readonly reports: readonly unknown[];
  /** The addresses that were requested, besides that of the page. */
  readonly requests: readonly string[];
  /** What the content security policy forbade. */
  readonly violations: readonly string[];
  /** What was written to the console, and errors of scripts. */
  readonly messages: readonly string[];
}

/** The state of a page. */
export interface PageState {
  readonly state: string;
  readonly headline: string;
  readonly sentence: string;
  readonly text: string;
  readonly elements: number;
  readonly title: string;
}

const driver = fileURLToPath(new URL('../../../scripts/interop/browser.mjs', import.meta.url));

/** Takes the steps of each job, and returns what was reported. */
export async function inBrowser(...jobs: readonly BrowserJob[]): Promise<readonly BrowserResult[]> {
  const child = spawn(process.execPath, [driver], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  child.stdin.end(
    JSON.stringify({
      chromium: judgePath('COUNTERSIGN_INTEROP_CHROMIUM'),
      playwright: judgePath('COUNTERSIGN_INTEROP_PLAYWRIGHT'),
      axe: judgePath('COUNTERSIGN_INTEROP_AXE'),
      jobs,
    }),
  );
  const [results, errors] = await output;
  if (results === '') throw new Error(`the browser reported nothing: ${errors}`);
  return JSON.parse(results);
}
