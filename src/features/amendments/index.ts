import { z } from 'zod';
import type { Amendment, AmendmentMove } from '../../domain/convention/amendments.js';
import { readInForce } from '../convention/in-force.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { readWhole } from '../shared/client-values.js';
import { formIds, ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { amendmentCard, amendmentsCard } from './card.js';
import { drawForm, save, toValues } from './form.js';
import { requireAmendment } from './read.js';
import { drawSignature, sign } from './signature.js';
import { moveAmendment } from './write.js';

/** How many moves an amendment had when a card was drawn; some clients send numbers as text. */
const seen = z.preprocess(readWhole, z.int().max(1_000_000));
const idInput = z.looseObject({ id: ulid });
const formInput = formIds.extend({ seen });

/** A move by a button: from one state only, and only if nobody has moved the amendment since. */
const createMove = (move: Extract<AmendmentMove, 'reopen' | 'drop' | 'resume'>) =>
  action({
    who: 'keeper',
    input: idInput.extend({ seen }),
    run: (actor: Actor, { id, seen: revision }, services: Services): Promise<Card> =>
      services.store.transact(async (tx) => {
        const rowId = services.ids.next();
        const unsign = ({ signature: _, ...rest }: Amendment): Amendment => rest;
        const moved = await moveAmendment(tx, id, { move, seen: revision, rowId }, unsign, actor, services);
        return amendmentCard(tx, actor, moved, await readInForce(tx, services));
      }),
  });

/** A form of an amendment that is not signed yet. */
const openForm = (draw: (actor: Actor, id: string, services: Services) => Promise<Card>) =>
  action({
    who: 'keeper',
    reads: true,
    input: idInput,
    run: (actor, { id }, services) => draw(actor, id, services),
  });

async function requireDraft(id: string, { store }: Services) {
  const amendment = await store.read((reader) => requireAmendment(reader, id));
  if (amendment.state !== 'drafted') throw new Refusal('refusal.outdated');
  return amendment;
}

/**
 * The register of amendments (article 8): drafted, signed by both parties, in force from a day on. What a signed one
 * changes, a target or the kinds that count, counts from its day on.
 */
export const amendments: Feature = {
  name: 'amendments',
  audience: 'keeper',
  scopes: [],
  commands: { fr: ['avenants'], en: ['amendments'] },
  readers: 'coordinators',
  open: (actor, services) => amendmentsCard(actor, 0, services),
  actions: {
    open: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => amendmentsCard(actor, 0, services),
    }),
    page: action({
      who: 'keeper',
      reads: true,
      input: pageInput,
      run: (actor, { page }, services) => amendmentsCard(actor, page, services),
    }),
    view: openForm((actor, id, services) =>
      services.store.read(async (reader) =>
        amendmentCard(reader, actor, await requireAmendment(reader, id), services),
      ),
    ),
    draft: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({}),
      run: async (actor, _, services) => {
        const { ids } = services;
        const form = { id: ids.unguessable(), formKey: ids.unguessable(), seen: 0 };
        return drawForm(actor, form, services, { values: {} });
      },
    }),
    edit: openForm(async (actor, id, services) => {
      const amendment = await requireDraft(id, services);
      const form = { id, formKey: services.ids.unguessable(), seen: amendment.revision };
      return drawForm(actor, form, services, { values: toValues(amendment) });
    }),
    save: action({ who: 'keeper', input: formInput, run: save }),
    signature: openForm(async (actor, id, services) =>
      drawSignature(actor, await requireDraft(id, services), services.ids.unguessable(), services),
    ),
    sign: action({ who: 'keeper', input: formInput, run: sign }),
    reopen: createMove('reopen'),
    drop: createMove('drop'),
    resume: createMove('resume'),
  },
};
