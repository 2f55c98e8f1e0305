// Publishes a tarball as npm does, with a verifier that has another trusted root: LIBNPMPUBLISH TRUSTED_ROOT REGISTRY TARBALL MANIFEST BUNDLE
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const [library, root, registry, tarball, manifest, provenanceFile] = process.argv.slice(2);
const load = createRequire(library);
const loadSigstore = createRequire(load.resolve('sigstore'));
const { TrustedRoot } = loadSigstore('@sigstore/protobuf-specs');
const { bundleFromJSON } = loadSigstore('@sigstore/bundle');
const { toSignedEntity, toTrustMaterial, Verifier } = loadSigstore('@sigstore/verify');

const trust = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(readFileSync(root, 'utf8'))));
const sigstore = load('sigstore');
const verify = async (bundle) => new Verifier(trust).verify(toSignedEntity(bundleFromJSON(bundle)));
require.cache[load.resolve('sigstore')].exports = { ...sigstore, verify };

const { publish } = load(library);
const token = { [`${registry.replace(/^http:/, '')}:_authToken`]: 'none' };
publish(JSON.parse(manifest), readFileSync(tarball), { registry, provenanceFile, ...token }).then(
  () => process.stdout.write('published\n'),
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
