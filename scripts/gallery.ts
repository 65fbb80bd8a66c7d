/**
 * Draws every card in each of its states, both languages, three themes and two widths, and fails on what a person
 * would stumble over. Look at the result: `test-results/gallery/index.html`.
 *
 * `GALLERY_ONLY=approval` draws the cards whose name has "approval"; `GALLERY_SAMPLES=file.ts` takes other cards.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drawSheets } from './gallery/browser.js';
import { planSheets, type Sample, sampleFaults } from './gallery/plan.js';
import { faultLines, galleryPage, noteLines } from './gallery/report.js';

interface SampleModule {
  sampleCards(): Promise<Sample[]>;
}

const FOLDER = 'test-results/gallery';

async function main(): Promise<boolean> {
  const started = performance.now();
  const file = resolve(process.env.GALLERY_SAMPLES ?? 'test/support/samples.ts');
  const { sampleCards }: SampleModule = await import(pathToFileURL(file).href);
  const only = process.env.GALLERY_ONLY ?? '';
  const samples = (await sampleCards()).filter(({ name }) => name.includes(only));
  if (samples.length === 0) throw new Error(`No sample card has "${only}" in its name: check GALLERY_ONLY`);

  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const looks = await drawSheets(planSheets(samples), FOLDER);
  const faults = [...sampleFaults(samples), ...faultLines(looks)];
  const notes = noteLines(looks);
  await writeFile(join(FOLDER, 'index.html'), galleryPage(looks, faults, notes));

  for (const note of notes) console.log(`note  ${note}`);
  for (const fault of faults) console.log(`fault ${fault}`);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${looks.length} pictures, ${faults.length} faults, ${seconds} s: ${FOLDER}/index.html`);
  return faults.length === 0;
}

process.exitCode = (await main()) ? 0 : 1;
