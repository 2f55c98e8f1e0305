import { CountersignError } from "./core-errors-codes.mjs";
import { lookup as systemLookup } from "node:dns";
import { BlockList, isIP } from "node:net";
var special = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20]
];
var specialNetworks = listOf(special);
var globalUnicast = listOf([["2000::", 3]]);
var embedding = listOf([
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96]
]);
var loopback = listOf([
  ["127.0.0.0", 8],
  ["::1", 128]
]);
function listOf(networks) {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, isIP(network) === 6 ? "ipv6" : "ipv4");
  return list;
}
function isPublicAddress(address) {
  if (isIP(address) === 4) return !specialNetworks.check(address);
  if (isIP(address) !== 6 || address.includes("%")) return false;
  if (embedding.check(address, "ipv6")) return isPublicAddress(embeddedAddress(address));
  return globalUnicast.check(address, "ipv6") && !specialNetworks.check(address, "ipv6");
}
function embeddedAddress(address) {
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(":");
  return groups.slice(-2).map((group) => Number.parseInt(group === "" ? "0" : group, 16)).flatMap((group) => [group >> 8, group & 255]).join(".");
}
function isLoopbackHost({ hostname }) {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) === 0) return host === "localhost";
  return loopback.check(host, isIP(host) === 6 ? "ipv6" : "ipv4");
}
function demandPublicHost(url, service) {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(service, url.host, host);
}
function notPublic(service, name, address) {
  const remedy = "Use a host with a public address.";
  return new CountersignError("USAGE", `${service} (${name}) is at ${address}, which is not a public address`, {
    remedy
  });
}
function publicLookup(service, resolve = systemLookup) {
  return (name, options, callback) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [], 0);
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (refused !== void 0) return callback(notPublic(service, name, refused.address), [], 0);
      if (options.all === true) return callback(null, addresses);
      return first === void 0 ? callback(new Error(`no address of ${name}`), [], 0) : callback(null, first.address, first.family);
    });
  };
}
export {
  demandPublicHost,
  isLoopbackHost,
  publicLookup
};
