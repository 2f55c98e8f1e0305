// Reports the types of the libraries, with API Extractor: a change of what programs can use is a change of a report.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const introduction =
  'Written by `scripts/api.mjs` with API Extractor from the declarations of the package. Each change of what programs can use changes this file.';

const silent = { default: { logLevel: 'none' } };

/** Returns the reports by the names of their files. */
export async function apiReports({ root, scratch, libraries, tsconfig }) {
  const configs = libraries.map(({ file, entry }) =>
    ExtractorConfig.prepare({
      configObject: {
        projectFolder: scratch,
        mainEntryPointFilePath: entry,
        compiler: { tsconfigFilePath: tsconfig },
        newlineKind: 'lf',
        apiReport: {
          enabled: true,
          // The types that exported ones refer to.
          includeForgottenExports: true,
          reportFileName: file,
          reportFolder: scratch,
          reportTempFolder: join(scratch, 'temp'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: 'error' } },
          extractorMessageReporting: silent,
          tsdocMessageReporting: silent,
        },
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: join(root, 'package.json'),
    }),
  );
  const [first, ...others] = configs;
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  });
  const reports = new Map();
  for (const [at, config] of configs.entries()) {
    const { errorCount } = Extractor.invoke(config, { compilerState, localBuild: true, messageCallback: report });
    const { name, file } = libraries[at];
    if (errorCount > 0) throw new Error(`API Extractor cannot report the types of ${name}`);
    const text = await readFile(join(scratch, `${file}.api.md`), 'utf8');
    const types = text.slice(text.indexOf('```ts'));
    reports.set(`${file}.api.md`, `# API report of ${name}\n\n${introduction}\n\n${types}`);
  }
  return reports;
}

/** Prints errors alone. */
function report(message) {
  message.handled = true;
  if (message.logLevel === 'error') process.stderr.write(`${message.text}\n`);
}
