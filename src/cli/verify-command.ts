/** `countersign verify` */

import { parseDigest } from '../core/crypto/index.ts';
import { exactIdentity, type Verdict } from '../core/verify/index.ts';
import { plainLine, plainLines } from '../report/index.ts';
import { loadInstance, systemWorld, verifyDigest, verifyFile } from '../run/index.ts';
import { type InstanceOptions, instanceRequest } from './options.ts';

export interface VerifyOptions extends InstanceOptions {
  readonly bundle?: string;
  readonly certificateIdentity: string;
  readonly certificateOidcIssuer: string;
  readonly json?: boolean;
}

export async function verifyCommand(artifact: string, options: VerifyOptions): Promise<void> {
  using world = systemWorld();
  const { trust, thresholds, sandbox, warnings } = await loadInstance(instanceRequest(options, 'verify'), world);
  for (const warning of warnings) process.stderr.write(`${plainLine(`Warning: ${warning}`)}\n`);
  const policy = exactIdentity(options.certificateIdentity, options.certificateOidcIssuer, { thresholds, sandbox });
  const bundle = options.bundle ?? `${artifact}.sigstore.json`;
  const verdict = /^sha(?:256|384|512):/.test(artifact)
    ? await verifyDigest(parseDigest(artifact), bundle, trust, policy, world)
    : await verifyFile(artifact, bundle, trust, policy, world);
  process.stdout.write(
    options.json ? `${JSON.stringify(verdictJson(artifact, verdict))}\n` : plainLines(describe(artifact, verdict)),
  );
}

function describe(artifact: string, { signer, times, logEntries }: Verdict): string {
  const identity = signer.kind === 'identity' ? signer.identity : undefined;
  const when = times.map(({ time }) => time.toISOString()).join(', ');
  const where = logEntries.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(', ');
  return [
    `Verified ${artifact}`,
    `  signed by  ${identity?.subjectAlternativeName ?? 'the key that was given'}`,
    `  issuer     ${identity?.issuer ?? '-'}`,
    `  at         ${when}`,
    `  logged     ${where === '' ? 'in no public log' : where}`,
    '',
  ].join('\n');
}

function verdictJson(artifact: string, { signer, times, logEntries, content }: Verdict): object {
  const identity = signer.kind === 'identity' ? signer.identity : undefined;
  return {
    verified: true,
    artifact,
    identity: identity?.subjectAlternativeName,
    issuer: identity?.issuer,
    claims: identity?.claims,
    times: times.map(({ time, kind }) => ({ time, kind })),
    logs: logEntries.map(({ log, logIndex }) => ({ url: log.baseUrl, index: logIndex.toString() })),
    content: content.kind,
  };
}
