/** Shows headlines, facts and criteria on the page. */

import type { Criterion, Verdict } from '../core/verify/index.ts';
import { certifiedClaims, certifiedTitle, statedClaims, statedTitle } from '../report/index.ts';
import { byId, element, setHidden, setText } from './dom.ts';
import { criterionWords, dateWords, type Fact, type Headline, outcomeWords, sizeWords, states } from './words.ts';

/** The paths of the marks: three dots, a tick, an exclamation mark, a cross. */
const marks = {
  busy: 'M8 12h.01M12 12h.01M16 12h.01',
  good: 'M7.5 12.5l3 3 6-6.5',
  open: 'M12 7v6M12 16.5v.01',
  bad: 'M8.5 8.5l7 7M15.5 8.5l-7 7',
} as const;

/** Shows the result. A screen reader reads it out. */
export function showHeadline({ state, headline, sentence }: Headline): void {
  const tone = states[state];
  const result = byId('result', HTMLElement);
  document.body.dataset.state = state;
  result.className = `verdict ${tone}`;
  byId('mark', SVGPathElement).setAttribute('d', marks[tone]);
  result.removeAttribute('hidden');
  setText('headline', headline);
  setText('sentence', sentence);
}

/** Shows facts, or hides the section where there are none. */
export function showFacts(title: string, note: string, facts: readonly Fact[]): void {
  setHidden('facts', facts.length === 0);
  setText('facts-title', title);
  setText('facts-note', note);
  byId('facts-list', HTMLElement).replaceChildren(
    ...facts.map(({ title: name, value, exact, explanation }) =>
      element(
        'div',
        '',
        element('dt', '', name),
        element('dd', 'main', value),
        ...(exact === undefined || exact === value ? [] : [element('dd', 'mono', exact)]),
        element('dd', 'soft', explanation),
      ),
    ),
  );
}

/** Shows every criterion, or hides the section where nothing was checked. */
export function showSteps(criteria: readonly Criterion[]): void {
  setHidden('how', criteria.length === 0);
  byId('steps', HTMLElement).replaceChildren(
    ...criteria.map((criterion) => {
      const { outcome, found, expected } = criterion;
      const [title, explanation] = criterionWords(criterion);
      const same = found === expected || outcome === 'fail';
      return element(
        'li',
        '',
        element('p', '', element('span', `badge ${outcome}`, outcomeWords[outcome])),
        element(
          'div',
          '',
          element('p', 'title', title),
          ...(explanation === undefined ? [] : [element('p', 'soft', explanation)]),
          element('p', 'mono', same ? found : `${found} (expected: ${expected})`),
        ),
      );
    }),
  );
}

/** Shows all claims of a verdict, or hides the section. */
export function showClaims(verdict: Verdict | undefined): void {
  setHidden('all', verdict === undefined);
  if (verdict === undefined) return;
  const stated = statedClaims(verdict);
  const list = (claims: typeof stated): HTMLElement =>
    element(
      'dl',
      'claims',
      ...claims.flatMap(([name, value]) => [element('dt', '', name), element('dd', 'mono', value)]),
    );
  byId('claims', HTMLElement).replaceChildren(
    element('h3', '', certifiedTitle(verdict)),
    list(certifiedClaims(verdict)),
    ...(stated.length === 0 ? [] : [element('h3', '', statedTitle), list(stated)]),
  );
}

/** Shows when the page checked what it shows. */
export function showTime(now: Date): void {
  setText('checked', `Checked by this browser on ${dateWords(now)}, by the clock of this computer.`);
}

/** The work that a person can watch and cancel. */
export interface Work {
  readonly onRead: (bytes: number) => void;
  readonly cancellation: AbortSignal;
}

/** Shows how much of a file was read while work is done on it. Starting again cancels what was started before. */
export class Progress {
  #controller: AbortController | undefined;

  /** Returns the result of the work. */
  async during<Result>(file: File, work: (work: Work) => Promise<Result>): Promise<Result> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    const cancel = byId('cancel', HTMLButtonElement);
    const bar = byId('progress', HTMLProgressElement);
    cancel.onclick = () => controller.abort();
    const onRead = (bytes: number): void => {
      if (controller !== this.#controller) return;
      bar.value = file.size === 0 ? 100 : (bytes / file.size) * 100;
      setText('read', `Read ${sizeWords(bytes)} of ${sizeWords(file.size)}`);
    };
    onRead(0);
    setHidden('working', false);
    try {
      return await work({ onRead, cancellation: controller.signal });
    } finally {
      if (controller === this.#controller) setHidden('working', true);
    }
  }
}
