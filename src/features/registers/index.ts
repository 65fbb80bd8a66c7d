import { z } from 'zod';
import { entryKinds, registers as registerNames } from '../../domain/registers/kinds.js';
import { checkEntryMove } from '../../domain/registers/moves.js';
import { formMoves } from '../../domain/registers/table.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { formIds, ulid } from '../shared/form.js';
import { pageNumber } from '../shared/list.js';
import { createFormIds } from '../shared/offer-form.js';
import { clockCard, clockTask } from './clock.js';
import { entryCard } from './entry-card.js';
import { drawForm, initialValues, submitEntry, valuesOf } from './form.js';
import { listCard, menuCard } from './list.js';
import { openMove, submitMove } from './move-form.js';
import { describeMoveRefusal } from './refusals.js';
import { requireEntry, revisionOf } from './write.js';

const page = pageNumber.default(0);
const kind = z.enum(entryKinds);
const move = z.enum(formMoves);
const formInput = formIds.extend({ seen: pageNumber });

/** Opens the form of a stored entry; if it cannot be changed any more, shows it with the rule that says so. */
async function openEdit(actor: Actor, id: string, services: Services): Promise<Card> {
  return services.store.read(async (reader) => {
    const entry = await requireEntry(reader, id);
    const verdict = checkEntryMove('edit', entry.kind, entry, dayAt(services.clock.now()));
    if (!verdict.ok) {
      const t = services.textIn(actor.lang);
      const fault = await describeMoveRefusal(reader, entry, verdict.because, verdict.day, t);
      return entryCard(reader, entry, actor, services, { fault });
    }
    const ids = { ...createFormIds(services, id), seen: revisionOf(entry) };
    return drawForm(actor, ids, entry.kind, valuesOf(entry), {}, services);
  });
}

/**
 * The registers of the convention: its committee (article 5), communications, logos and formal notices (article 6),
 * digital tools (article 7), termination and conciliation (article 9).
 */
export const registers: Feature = {
  name: 'registers',
  audience: 'keeper',
  scopes: ['team'],
  commands: {
    fr: ['registres', 'communication', 'outils', 'logos', 'comité', 'dénonciation'],
    en: ['registers', 'communications', 'tools', 'logos', 'committee', 'termination'],
  },
  readers: 'coordinators',
  open: menuCard,
  actions: {
    open: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => menuCard(actor, services),
    }),
    list: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({ id: z.enum(registerNames), page }),
      run: (actor, { id, page }, services) => listCard(actor, id, page, services),
    }),
    view: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({ id: ulid, page }),
      run: (actor, { id, page }, services) =>
        services.store.read(async (r) => entryCard(r, await requireEntry(r, id), actor, services, { page })),
    }),
    create: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({ kind }),
      run: async (actor, { kind }, services) => {
        const ids = { ...createFormIds(services), seen: 0 };
        return drawForm(
          actor,
          ids,
          kind,
          initialValues(kind, dayAt(services.clock.now()), services.convention.committee),
          {},
          services,
        );
      },
    }),
    edit: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({ id: ulid }),
      run: (actor, { id }, services) => openEdit(actor, id, services),
    }),
    save: action({ who: 'keeper', input: formInput.extend({ kind }), run: submitEntry }),
    ask: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({ id: ulid, move }),
      run: (actor, { id, move }, services) => openMove(actor, id, move, services),
    }),
    note: action({ who: 'keeper', input: formInput.extend({ move }), run: submitMove }),
  },
  messages: { clock: clockCard },
  tasks: { clock: clockTask },
};
