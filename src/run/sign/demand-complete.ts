import { fail } from '../../core/errors/index.ts';
import { subjectName } from '../../subject/index.ts';
import type { Receipt } from './sign-run.ts';

/**
 * Demands that every subject was signed.
 *
 * @throws CountersignError the first failure's code, saying how many subjects it left unsigned
 */
export function demandComplete({ signed, unsigned }: Receipt): void {
  const [first] = unsigned;
  if (first === undefined) return;
  const { error, subject } = first;
  const kept =
    signed.length === 0
      ? ''
      : ` The bundles of the other ${signed.length} are written; a second run signs only what is missing.`;
  const remedy = `${error.remedy ?? ''}${kept}`.trim();
  fail(
    error.code,
    `${unsigned.length} of ${signed.length + unsigned.length} subjects were not signed; ${subjectName(subject)}: ${error.message}`,
    { cause: error, ...(remedy !== '' && { remedy }) },
  );
}
