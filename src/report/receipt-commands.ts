/** Builds the commands with which a person checks a file without the page of its receipt. */

import type { Digest } from '../core/crypto/index.ts';
import type { VerifiedSigner } from '../core/verify/index.ts';
import { countersignCommand, type PinnedSource } from './countersign-command.ts';
import { pathArgument, shellQuoted } from './shell.ts';
import { cosign, countersign, gh, type VerifyCommand, withinLimit } from './verify-commands.ts';

/** A file with the names under which a person has saved what belongs to it, in one folder. */
export interface CheckedFile {
  readonly file: string;
  readonly digest: Digest;
  readonly saved: { readonly bundle: string; readonly trustedRoot: string | undefined };
  readonly instance: string;
  readonly signer: VerifiedSigner;
  /** `undefined` for a signature without a statement. */
  readonly predicateType: string | undefined;
  readonly isLogged: boolean;
  readonly certificateLogged: boolean;
  readonly source: PinnedSource | undefined;
}

/** Returns a command for each program that can check the file. */
export function receiptCommands(checked: CheckedFile): readonly VerifyCommand[] {
  const { file, digest, saved, instance, signer, predicateType, isLogged, certificateLogged, source } = checked;
  const program = source === undefined ? 'countersign' : countersignCommand(source);
  if (signer.kind === 'key') return withinLimit(keyCommands(checked, program));
  const { issuer } = signer.identity;
  if (issuer === undefined) return [];
  const identity = { ...signer.identity, issuer };
  const subject = {
    kind: 'file',
    name: file,
    digest,
    bundlePath: saved.bundle,
    predicateType,
    attachedAs: undefined,
    isLogged,
  } as const;
  const place = {
    format: predicateType === undefined ? 'per-file' : 'attestation',
    instance,
    certificateLogged,
    trustedRoot: saved.trustedRoot,
    workspace: '',
  } as const;
  return withinLimit([
    ...countersign(subject, identity, place, program),
    ...cosign(subject, identity, place),
    ...gh(subject, identity, place),
  ]);
}

function keyCommands({ file, saved, predicateType }: CheckedFile, program: string): readonly VerifyCommand[] {
  const bundle = `--bundle ${pathArgument(saved.bundle)}`;
  const [name, key] = [pathArgument(file), '--key PUBLIC_KEY.pem'];
  const type = predicateType === undefined ? [] : [`--type ${shellQuoted(predicateType)}`];
  return [
    { tool: 'Countersign', lines: [`${program} verify ${name}`, bundle, key] },
    {
      tool: 'cosign',
      lines: [`cosign verify-blob${predicateType === undefined ? '' : '-attestation'}`, bundle, key, ...type, name],
    },
  ];
}
