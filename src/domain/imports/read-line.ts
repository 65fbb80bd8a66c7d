import { isPlacement, type Kind, type Level, levelOfPlacement } from '../action.js';
import { readDates } from './dates.js';
import { type Finding, requiredColumns } from './finding.js';
import type { PastLine } from './imported-action.js';
import { type Cells, type ImportContext, LineReader } from './line-reader.js';
import { type ImportPlace, readPlace } from './place.js';

/**
 * Reads a line of past engagements by the rules of the forms, as far as they hold for what is past: articles 2 and 3, the
 * convention's limits, and no personal data of pupils or teachers anywhere (article 7).
 * @returns every fault and notice, and the line if it has no fault
 */
export function readLine(
  line: number,
  cells: Cells,
  context: ImportContext,
): { readonly read?: PastLine; readonly findings: readonly Finding[] } {
  const reader = new LineReader(line, cells, context);
  for (const column of requiredColumns) if (reader.cell(column) === '') reader.fail(column, 'missing');
  const employee = readEmployee(reader);
  const { words } = context;
  const kind = reader.meaning('kind', 'kindUnknown', words.kind);
  const level = readLevel(reader, kind);
  const place = readPlace(reader, kind);
  const dates = kind && place && readDates(reader, kind, place);
  const pupils = reader.number('pupils', 'pupilsRange', 0, context.maxPupils);
  const filled = kind && readPlaces(reader, kind, place, pupils);
  const event = reader.meaning('event', 'eventUnknown', words.event);
  const remark = reader.text('remark');
  const reference = reader.text('reference');
  if (reader.cell('state') !== '')
    reader.meaning('state', 'notHeld', (text) => words.isHeld(text) || undefined);
  const { findings } = reader;
  if (findings.some(({ blocks }) => blocks)) return { findings };
  if (!employee || !kind || !dates || !place || pupils === undefined || !filled) return { findings };
  const { academies, schools, school } = place;
  return {
    findings,
    read: {
      line,
      employee,
      kind,
      ...dates,
      academies,
      pupils,
      ...(level ? { level } : {}),
      ...(schools.length > 0 ? { schools } : {}),
      ...(school ? { school } : {}),
      ...filled,
      ...(event ? { event } : {}),
      ...(remark ? { remark } : {}),
      ...(reference ? { reference } : {}),
    },
  };
}

/** A formula, also behind the apostrophe with which a spreadsheet makes it a text. */
const formulaStart = /^['’]?[=+\-−@]/;
/** What stands between people, and in nobody's name; a comma may part one person's names. */
const betweenPeople = /[;/|&+]|(?<!\S)(?:et|and)(?!\S)/i;

/** The one person of a line, by name or AAD object id: two in one cell would count as one (article 2). */
function readEmployee(reader: LineReader): string | undefined {
  const employee = reader.text('employee');
  if (!employee) return undefined;
  // Signs of full width are the same signs.
  const plain = employee.normalize('NFKC');
  if (!/\p{L}/u.test(plain) || formulaStart.test(plain)) reader.fail('employee', 'employeeName');
  else if (betweenPeople.test(plain)) reader.fail('employee', 'onePerson');
  return employee;
}

/** The level of the pupils; that of a placement follows from its kind. */
function readLevel(reader: LineReader, kind: Kind | undefined): Level | undefined {
  const level = reader.meaning('level', 'levelUnknown', reader.context.words.level);
  const fixed = kind && isPlacement(kind) ? levelOfPlacement[kind] : undefined;
  if (level && fixed && level !== fixed) reader.fail('level', 'levelOfKind', { level: fixed });
  return fixed ?? level;
}

/** The places of a placement, offered and filled (article 3). */
function readPlaces(
  reader: LineReader,
  kind: Kind,
  place: ImportPlace | undefined,
  pupils: number | undefined,
): Pick<PastLine, 'places' | 'filled'> | undefined {
  const { maxPlaces } = reader.context;
  if (!isPlacement(kind)) {
    for (const column of ['places', 'filled'] as const)
      if (reader.cell(column) !== '' && reader.cell(column) !== '0') reader.fail(column, 'placesOfMeeting');
    return {};
  }
  if (reader.cell('places') === '') reader.fail('places', 'missing');
  const places = reader.number('places', 'placesRange', 1, maxPlaces);
  const filled = reader.number('filled', 'placesRange', 0, maxPlaces);
  if (places === undefined) return undefined;
  if (filled !== undefined && filled > places) reader.fail('filled', 'filledMore', { places });
  if (pupils !== undefined && pupils > (filled || places))
    reader.note('pupils', 'pupilsMore', { places: filled || places });
  if (!filled || !place) return { places };
  const [only, more] = [...place.schools, ...(place.school ? [place.school] : [])];
  if (!only || more) reader.fail('filled', 'filledSchool');
  return only ? { places, filled: [{ school: only, places: filled }] } : undefined;
}
