import type { Finding } from '../../domain/imports/finding.js';
import type { Reader } from '../../ports.js';
import type { Import } from '../../records.js';
import { maxFindings } from './findings.js';
import { findingsPerPart, partId } from './keep.js';

/** How many findings of an import are kept; the others were only counted. */
export const countKept = ({ faults, notices, tidied }: Import): number =>
  tidied ? 0 : Math.min(maxFindings, faults + notices);

/** Some findings of an import, by their places in the list. */
export async function readFindings(
  reader: Reader,
  { id }: Pick<Import, 'id'>,
  from: number,
  count: number,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (let n = Math.floor(from / findingsPerPart); n * findingsPerPart < from + count; n++) {
    const part = await reader.get('importparts', partId(id, 'f', n));
    const start = n * findingsPerPart;
    found.push(...(part?.findings ?? []).slice(Math.max(0, from - start), from + count - start));
  }
  return found;
}
