import type { Link } from '../../records.js';
import { readInForce } from '../convention/in-force.js';
import type { Services } from '../feature.js';
import type { MadeFile } from '../shared/files.js';

const findMaker = (file: string, { features }: Pick<Services, 'features'>) => {
  const [feature = '', name = ''] = file.split('.');
  return features.find((f) => f.name === feature)?.files?.[name];
};

/** Whether a feature makes this file, `<feature>.<file>`. */
export const isMade = (file: string, services: Pick<Services, 'features'>): boolean =>
  findMaker(file, services) !== undefined;

/** The file of a link, from the records as they are; nothing if the person may not have it, or no longer. */
export async function makeFile(link: Link, services: Services): Promise<MadeFile | undefined> {
  const make = findMaker(link.file, services);
  return make?.(link, await services.store.read((reader) => readInForce(reader, services)));
}

/** Where the texts about a file stand: "report.files.workbook". */
export const fileTexts = (file: string): string => file.replace('.', '.files.');
