// Prints the verifier key of a signer of notes (C2SP signed-note).
// usage: note-key.mjs NAME TYPE FILE
// TYPE is 1 for a log and 4 for a witness. FILE is an Ed25519 public key, in PEM or as OpenSSH writes it.
import { createHash, createPublicKey } from 'node:crypto';
import fs from 'node:fs';

const [name, type, file] = process.argv.slice(2);
const text = fs.readFileSync(file, 'utf8');
const raw = text.startsWith('ssh-ed25519 ')
  ? Buffer.from(text.split(' ')[1], 'base64').subarray(-32)
  : createPublicKey(text).export({ type: 'spki', format: 'der' }).subarray(-32);
const key = Buffer.concat([Buffer.from([Number(type)]), raw]);
const id = createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8);
console.log(`${name}+${id}+${key.toString('base64')}`);
