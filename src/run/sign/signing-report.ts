/** A signing run as its reports see it. */

import type { SigningReport } from '../../report/index.ts';
import { subjectName } from '../../subject/index.ts';
import type { Deliveries } from './deliver-run.ts';
import { delivered } from './deliver-run.ts';
import type { Receipt } from './sign-run.ts';
import { signedBy } from './signed-by.ts';

export function signingReport(receipt: Receipt, deliveries: Deliveries, workspace: string): SigningReport {
  const { instance } = receipt;
  const first = receipt.signed[0]?.verdict;
  const { artifact, collection, attached, failures } = deliveries;
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: receipt.format,
    certificateLogged: first === undefined || first.signedCertificateTimestamps.length > 0,
    predicateType: first?.content.kind === 'dsse-envelope' ? first.content.statement.predicateType : undefined,
    signed: receipt.signed.map((signed) => ({
      ...delivered(signed),
      kind: signed.subject.kind,
      platform: signed.subject.kind === 'image' ? signed.subject.platform : undefined,
      certificateValidity: signedBy(signed.verdict).certificateValidity,
      attachedAs: attached.get(signed),
      inRegistry: signed.subject.kind === 'image' && signed.subject.stored !== undefined,
      resumed: signed.resumed,
    })),
    unsigned: receipt.unsigned.map(({ subject, error }) => ({
      name: subjectName(subject),
      code: error.code,
      message: error.message,
      remedy: error.remedy,
    })),
    artifact,
    trustedRoot: instance.trustedRootPath,
    manifestPath: collection?.manifestPath,
    warnings: [
      ...instance.warnings,
      ...failures.map(({ message, remedy }) => (remedy === undefined ? message : `${message}. ${remedy}`)),
      ...(artifact?.leftOut ?? []).map(
        (path) => `${path} has a character in its name that GitHub's artifacts do not take`,
      ),
    ],
    workspace,
  };
}
