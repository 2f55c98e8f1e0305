import { formatDigest } from '../core/crypto/index.ts';
import type { ReportedSubject } from './signing-report.ts';

/** Returns each subject once: a report has a subject for each of its attestations. */
export function distinctSubjects(signed: readonly ReportedSubject[]): readonly ReportedSubject[] {
  const byKey = new Map<string, ReportedSubject>();
  for (const subject of signed) {
    const key = JSON.stringify([subject.name, formatDigest(subject.digest), subject.platform ?? null]);
    if (!byKey.has(key)) byKey.set(key, subject);
  }
  return [...byKey.values()];
}
