/** Policies as JSON: everything as the verifier has it, and keys as their usual texts. */

import { type PublicKey, readPublicKeyPem } from '../../core/crypto/index.ts';
import {
  asList,
  asObject,
  asText,
  concatBytes,
  encodeBase64,
  encodeHex,
  encodePem,
  type JsonObject,
} from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { readWitnessKey, type WitnessKey } from '../../core/log/index.ts';
import { checkPolicy, type Policy } from '../../core/policy/index.ts';

/** Returns a policy as a value that `JSON.stringify` writes and {@link readPolicyData} reads. */
export function policyData({ signer, witnesses, ...policy }: Policy): object {
  return {
    ...policy,
    signer: signer.kind === 'key' ? { ...signer, publicKey: pemOf(signer.publicKey) } : signer,
    witnesses: { ...witnesses, keys: witnesses.keys.map(witnessText) },
  };
}

/**
 * Reads a policy. A member that no verifier would enforce is refused.
 *
 * @throws CountersignError `POLICY_INVALID`, `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export function readPolicyData(data: JsonObject): Policy {
  const signer = asObject(data.signer) ?? refuse('signer');
  const witnesses = asObject(data.witnesses) ?? refuse('witnesses');
  const keys = (asList(witnesses.keys) ?? refuse('witnesses.keys')).map((key) => readWitnessKey(asText(key) ?? ''));
  if (signer.kind !== 'key' && signer.kind !== 'identity') refuse('signer.kind');
  const read: object = {
    ...data,
    signer: signer.kind === 'key' ? { ...signer, publicKey: readKey(signer) } : signer,
    witnesses: { ...witnesses, keys },
  };
  demandPolicy(read);
  return read;
}

/** Demands a policy, as the verifier does of callers without types. */
function demandPolicy(value: object): asserts value is Policy {
  checkPolicy(value as Policy);
}

function readKey({ publicKey }: JsonObject): PublicKey {
  return readPublicKeyPem(asText(publicKey) ?? refuse('signer.publicKey'));
}

function pemOf({ spki }: PublicKey): string {
  return encodePem('PUBLIC KEY', spki);
}

/** Returns a key of a witness as it is published (C2SP signed-note, "Verifier keys"). */
function witnessText(key: WitnessKey): string {
  const bytes =
    key.type === 'ml-dsa-44'
      ? concatBytes(new Uint8Array([6]), key.raw)
      : concatBytes(new Uint8Array([4]), key.publicKey.raw);
  return `${key.name}+${encodeHex(key.keyHint)}+${encodeBase64(bytes)}`;
}

function refuse(member: string): never {
  return fail('POLICY_INVALID', `the policy of the page has no valid ${member}`, {
    remedy: 'Use the page as it was written.',
  });
}
