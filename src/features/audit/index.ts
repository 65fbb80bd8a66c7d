import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { readWhole } from '../shared/client-values.js';
import { auditCard, toKind } from './card.js';

/** The number of a row, of which there are more than pages of any list; some clients send numbers as text. */
const rowNumber = z.preprocess(readWhole, z.int().max(999_999_999));

/** Who decided, corrected, set, imported, exported or erased what, and when: the audit trail, the latest first. */
export const audit: Feature = {
  name: 'audit',
  audience: 'keeper',
  scopes: [],
  commands: { fr: ['historique'], en: ['history'] },
  readers: 'coordinators',
  open: (actor, services) => auditCard(actor, {}, services),
  actions: {
    open: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => auditCard(actor, {}, services),
    }),
    show: action({
      who: 'keeper',
      reads: true,
      // What was chosen, or what the pages before showed.
      input: z.looseObject({
        chosen: z.unknown().optional(),
        kind: z.unknown().optional(),
        before: rowNumber.optional(),
      }),
      run: (actor, { chosen, kind, before }, services) =>
        auditCard(actor, { kind: toKind(chosen ?? kind), before }, services),
    }),
  },
};
