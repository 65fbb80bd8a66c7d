// Bundles what is deployed: `node scripts/build.mjs [entry] [outfile]`. cards/, data/ and convention.json are read
// from the working directory, so the bundle and these are all there is to run.
import { build } from 'esbuild';

const [entry = 'src/main.ts', outfile = 'dist/main.js'] = process.argv.slice(2);

const { metafile, warnings } = await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['dtrace-provider'],
  // What is CommonJS inside calls `require` for what Node brings, and reads where it is.
  banner: {
    js: [
      "import { createRequire } from 'node:module';",
      "import { dirname as folderOf } from 'node:path';",
      "import { fileURLToPath as pathOf } from 'node:url';",
      'const require = createRequire(import.meta.url);',
      'const __filename = pathOf(import.meta.url);',
      'const __dirname = folderOf(__filename);',
    ].join('\n'),
  },
  metafile: true,
  legalComments: 'linked',
});
const bytes = metafile.outputs[outfile]?.bytes ?? 0;
process.stdout.write(`${outfile}: ${(bytes / 1e6).toFixed(1)} MB, ${warnings.length} warnings\n`);
