// Stores a bundle as GitHub's own action does, and prints its id: STORE_MODULE BUNDLE, with $GITHUB_TOKEN, $GITHUB_REPOSITORY and $GITHUB_API_URL
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [module, bundle] = process.argv.slice(2);
const { writeAttestation } = await import(pathToFileURL(module));
try {
  const id = await writeAttestation(JSON.parse(readFileSync(bundle, 'utf8')), process.env.GITHUB_TOKEN, { retry: 0 });
  process.stdout.write(`${id}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
