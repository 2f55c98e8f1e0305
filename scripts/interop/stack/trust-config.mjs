// Writes sigstore-python's ClientTrustConfig, which holds a trusted root and a signing config in one file.
// usage: trust-config.mjs TRUSTED_ROOT SIGNING_CONFIG OUTPUT
import fs from 'node:fs';

const [trustedRootFile, signingConfigFile, output] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const write = (file, value) => fs.writeFileSync(file, JSON.stringify(value, null, 1));

// Without a timestamp authority cosign writes `"tsaConfig":{}`, which sigstore-python refuses: it requires the selector.
const signingConfig = read(signingConfigFile);
if (Object.keys(signingConfig.tsaConfig ?? {}).length === 0) {
  signingConfig.tsaConfig = { selector: 'ANY' };
  write(signingConfigFile, signingConfig);
}
write(output, {
  mediaType: 'application/vnd.dev.sigstore.clienttrustconfig.v0.1+json',
  trustedRoot: read(trustedRootFile),
  signingConfig,
});
