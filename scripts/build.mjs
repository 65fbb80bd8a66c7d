// Bundles what is deployed: `node scripts/build.mjs [entry] [outfile]`. What is loaded later goes into files of their
// own beside it, in parts/, which a start need not read. cards/, data/ and convention.json are read from the working
// directory, so the bundle and these are all there is to run. bundled.json beside it lists what packages are in it, licences.txt
// has their licences.
import { rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { build } from 'esbuild';
import { listBundled } from './bundled.mjs';

const [entry = 'src/main.ts', outfile = 'dist/main.js'] = process.argv.slice(2);
rmSync(`${dirname(outfile)}/parts`, { recursive: true, force: true });

/** What is CommonJS inside calls `require` for what Node brings, and asks where it is. */
const commonJs = [
  "import { createRequire as requireOf } from 'node:module';",
  'const require = requireOf(import.meta.url);',
  "const __filename = require('node:url').fileURLToPath(import.meta.url);",
  "const __dirname = require('node:path').dirname(__filename);",
].join('\n');

/** `debug` colours what it prints where a tool of development happens to have installed this: it is not deployed. */
const withoutColours = {
  name: 'without-colours',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^supports-color$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]debug[\\/]/.test(importer) ? { external: true } : undefined,
    ),
};

const { metafile } = await build({
  entryPoints: [{ in: entry, out: basename(outfile, extname(outfile)) }],
  outdir: dirname(outfile),
  outExtension: { '.js': extname(outfile) },
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // An optional native module of restify's; without it restify traces nothing.
  external: ['dtrace-provider'],
  plugins: [withoutColours],
  banner: { js: commonJs },
  legalComments: 'linked',
  // Names stay: the SDK tells errors and claims by the names of their classes.
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
});
const bundled = listBundled(metafile);
const rows = bundled.map(({ row }) => `  ${JSON.stringify(row)}`);
writeFileSync(`${dirname(outfile)}/bundled.json`, `[\n${rows.join(',\n')}\n]\n`);
const notices = bundled.map(({ notice }) => notice).join(`\n\n${'-'.repeat(80)}\n\n`);
writeFileSync(`${dirname(outfile)}/licences.txt`, `${notices}\n`);
const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
const own = metafile.outputs[outfile].bytes;
process.stdout.write(
  `${outfile}: ${(own / 1e6).toFixed(1)} MB, with its parts ${(bytes / 1e6).toFixed(1)} MB\n`,
);
