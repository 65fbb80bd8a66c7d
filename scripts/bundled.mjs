import { readdirSync, readFileSync } from 'node:fs';

/** A file of a package: what stands before its last folder of packages, that folder's package, and the rest. */
const ofPackage = /^(?<above>.*?)(?<path>node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//;
/** Licences that the package's own description does not name. */
const { unnamed } = JSON.parse(readFileSync('scripts/licences.json', 'utf8'));

/**
 * Lists the packages of which something is in what esbuild has written, with how much: what was left out because
 * nothing needs it does not count. Takes the metafile; gives a row and a notice a package, in the order of their places.
 */
export function listBundled({ outputs }) {
  const bytes = new Map();
  for (const { inputs } of Object.values(outputs))
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const { above, path } = ofPackage.exec(file)?.groups ?? {};
      if (!path || !bytesInOutput) continue;
      const known = bytes.get(path) ?? { folder: above + path, bytes: 0 };
      bytes.set(path, { ...known, bytes: known.bytes + bytesInOutput });
    }
  return [...bytes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, one]) => {
      const { name, version, license } = JSON.parse(readFileSync(`${one.folder}/package.json`, 'utf8'));
      const row = { path, name, version, license: license ?? unnamed[name], bytes: one.bytes };
      return { row, notice: noticeOf(row, one.folder) };
    });
}

/** What a licence asks to be kept with copies: its text, and whom it names. A few packages have no file of it. */
function noticeOf({ name, version, license }, folder) {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (file) => file.isFile() && /^(licen[cs]e|copying|notice)\b/i.test(file.name),
  );
  const texts = files.map((file) => readFileSync(`${folder}/${file.name}`, 'utf8').trim());
  return [`${name} ${version}: ${license}`, ...texts].join('\n\n');
}
