import { createApp } from '../src/app.js';
import type { Config } from '../src/config.js';
import type { AuditFault, KnownRow } from '../src/domain/audit/chain.js';
import { verifyAudit } from '../src/storage/verify-audit.js';

const faults: Record<AuditFault['because'], string> = {
  missing: 'it is missing',
  twice: 'it is there twice',
  altered: 'it was altered',
  unlinked: 'it does not follow the row before, which was replaced or moved',
  author: 'it names somebody else than who did it',
  end: 'it is not the end that was kept beside the trail',
  unlisted: 'the store does not list it where it belongs, so that people do not see it',
  record: 'the history that tells more of it is gone, or says otherwise',
};

/**
 * Reads a row as it was noted: its number and its hash.
 * @throws Error if it is none
 */
export function readKnownRow(text: string | undefined): KnownRow {
  const [, number, hash] = /^([1-9]\d{0,11}):([\w-]{43})$/.exec(text ?? '') ?? [];
  if (number === undefined || hash === undefined)
    throw new Error('--known needs a row as an earlier run said it: NUMBER:HASH.');
  return { number: Number(number), hash };
}

/**
 * Verifies the audit trail; gives what to tell about it.
 * @throws Error that names the first row that is wrong
 */
export async function tellAudit(config: Config, known?: KnownRow): Promise<string> {
  const app = await createApp(config);
  try {
    const { rows, last, fault } = await verifyAudit(app.services.store, known);
    const named = last && `${last.number}:${last.hash}`;
    if (fault)
      throw new Error(
        `verify-audit: row ${fault.number} is wrong: ${faults[fault.because]}. ` +
          (named ? `The rows before are right; the last of them is ${named}.` : 'No row before it is left.'),
      );
    if (!named) return 'verify-audit: ok, no row yet\n';
    return (
      `verify-audit: ok, ${rows} ${rows === 1 ? 'row' : 'rows'}; the last is ${named}\n` +
      `Keep that where nobody who can write records can: "--known ${named}" then finds a trail that was written anew.\n`
    );
  } finally {
    await app.close();
  }
}
