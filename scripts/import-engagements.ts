import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type App, createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { passerelle } from '../src/domain/engagements/moves.js';
import { findPersonalData } from '../src/domain/personal-data/index.js';
import { readInForce } from '../src/features/convention/in-force.js';
import { Refusal } from '../src/features/feature.js';
import { beginAdding } from '../src/features/imports/add.js';
import { type CheckedFile, checkFile } from '../src/features/imports/check-file.js';
import { tellFinding } from '../src/features/imports/finding-text.js';
import { addAll } from '../src/features/imports/job.js';
import { keepChecked } from '../src/features/imports/keep.js';
import { maxFileBytes } from '../src/features/imports/limits.js';
import { tellClosedYears } from '../src/features/imports/years.js';
import { type Text, textIn } from '../src/text/text.js';

/** Findings that are written out; a spreadsheet with more is wrong throughout. */
const maxTold = 500;

interface Options {
  readonly dryRun: boolean;
  /** The AAD object id of whoever imports. */
  readonly by: string | undefined;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Checks a file of past engagements and, unless it is a dry run or has a fault, adds all of it.
 * @returns what was found and done, and whether something keeps it from being added
 */
export async function importEngagements(
  file: string,
  options: Options,
): Promise<{ readonly report: string; readonly isFaulty: boolean }> {
  const t = textIn('en');
  if (statSync(file).size > maxFileBytes)
    throw new Error(`${file} has more than ${maxFileBytes / 1_000_000} MB: cut it into several files.`);
  const bytes = readFileSync(file);
  const app = await createApp(readConfig(process.env));
  try {
    return await checkAndAdd(app, { file, bytes }, options, t);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Error(`${file}: ${t.at(`${error.key}.heading`)}. ${t.at(`${error.key}.why`, error.params)}`);
  } finally {
    await app.close();
  }
}

async function checkAndAdd(
  app: App,
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
  { dryRun, by = passerelle.id, onProgress }: Options,
  t: Text,
): Promise<{ readonly report: string; readonly isFaulty: boolean }> {
  const services = await app.services.store.read((reader) => readInForce(reader, app.services));
  const name = basename(file);
  if (findPersonalData(name)) throw new Refusal('refusal.fileName');
  const checked = await checkFile(bytes, services);
  const closed = await services.store.read((reader) => tellClosedYears(reader, checked, t));
  const found = [describeChecked(file, checked, t), ...closed].join('\n');
  if (checked.faults > 0) return { report: `${found}\nNothing is added.`, isFaulty: true };
  if (dryRun || checked.actions.length === 0)
    return { report: dryRun ? `${found}\nDry run: nothing is added.` : found, isFaulty: false };
  const kept = await keepChecked({ id: services.ids.unguessable(), name, by }, checked, services);
  const begun = await beginAdding(kept.id, services, by);
  if (!begun || begun === 'busy')
    throw new Error('Another import is being added. Try again when it is done; nothing of this one is.');
  const added = await addAll(begun, services, onProgress);
  if (added?.state !== 'added') throw new Error('The import was stopped: nothing is added.');
  return {
    report: `${found}\nAdded ${added.engagements} engagements in ${added.actions} actions.`,
    isFaulty: false,
  };
}

function describeChecked(
  file: string,
  { lines, actions, known, findings, faults, notices, years }: CheckedFile,
  t: Text,
): string {
  const told = findings.slice(0, maxTold).map((finding) => {
    const { where, what } = tellFinding(finding, t);
    return `  ${finding.blocks ? 'fault ' : 'notice'}  ${where}: ${what}`;
  });
  const rest = faults + notices - told.length;
  const engagements = actions.reduce((sum, { people }) => sum + people.length, 0);
  const byYear = Object.entries(years).map(([year, count]) => `${year}: ${count}`);
  return [
    `${file}: ${lines} lines, ${engagements} engagements to add in ${actions.length} actions${byYear.length > 0 ? ` (${byYear.join(', ')})` : ''}, ${known} lines there already, ${faults} faults, ${notices} notices`,
    ...told,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}
