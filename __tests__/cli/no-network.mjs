// Loaded before the command: a socket that is opened, or a name that is looked up, is printed and ends the process.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { writeSync } from 'node:fs';
import net from 'node:net';

function trapped(what) {
  return () => {
    writeSync(2, `NETWORK ${what}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
}

net.Socket.prototype.connect = trapped('net.Socket.connect');
dgram.createSocket = trapped('dgram.createSocket');
for (const name of Object.keys(dns)) if (/^(lookup|resolve)/.test(name)) dns[name] = trapped(`dns.${name}`);
for (const name of Object.keys(dns.promises))
  if (/^(lookup|resolve)/.test(name)) dns.promises[name] = trapped(`dns.promises.${name}`);
globalThis.fetch = trapped('fetch');
