import { z } from 'zod';
import { findPersonalData } from '../../domain/personal-data/index.js';
import type { Import, ImportCard } from '../../records.js';
import {
  type Actor,
  action,
  type Card,
  type DrawMessage,
  type Feature,
  Refusal,
  type Services,
  TryAgain,
} from '../feature.js';
import { boundedText } from '../shared/bounded-text.js';
import type { DroppedFile } from '../shared/files.js';
import { ulid } from '../shared/form.js';
import { pageNumber } from '../shared/list.js';
import { addNext, beginAdding, redrawCards } from './add.js';
import { confirmCard, droppedCard, fileCard, fileCardFor, readingCard } from './cards.js';
import { checkFile } from './check-file.js';
import { importJob, takeBack } from './job.js';
import { keepChecked } from './keep.js';
import { maxFileBytes, maxInTurnBytes } from './limits.js';
import { openCard } from './open-card.js';
import { makeFindings, makeTemplateTable, makeTemplateWorkbook } from './template.js';

/** Parts that are written at once when somebody asks for it: a few hundred engagements; a job does the others. */
const partsInTurn = 3;

const idInput = z.looseObject({ id: ulid });

/** @throws Refusal for a file that is no longer kept */
async function readImport(id: string, { store }: Services): Promise<Import> {
  const found = await store.read((reader) => reader.get('imports', id));
  if (!found || found.state === 'receiving') throw new Refusal('refusal.importGone');
  return found;
}

const show = (actor: Actor, found: Import, page: number, services: Services): Promise<Card> =>
  services.store.transact(async (tx) =>
    fileCardFor(tx, actor, (await tx.get('imports', found.id)) ?? found, page, services),
  );

/** Checks a file and keeps what it would add until somebody decides. */
async function take(actor: Actor, { id, name, bytes }: DroppedFile, services: Services): Promise<Card> {
  if (findPersonalData(name)) throw new Refusal('refusal.fileName');
  const checked = await checkFile(bytes, services);
  const file = { id: services.ids.derive(`file|${id}`), name, by: actor.id };
  return show(actor, await keepChecked(file, checked, services), 0, services);
}

/** The card that was clicked, which follows the import. */
const cardOf = ({ activityId, lang, place }: Actor): ImportCard[] =>
  activityId ? [{ conversationId: place.conversationId, activityId, lang }] : [];

/** Begins to add a file; a small one is added when the answer comes. */
async function add(actor: Actor, id: string, services: Services): Promise<Card> {
  let at = await beginAdding(id, services, actor.id, cardOf(actor));
  if (at === 'busy') throw new TryAgain('refusal.importBusy');
  for (let n = 0; n <= partsInTurn && at?.state === 'adding'; n++) {
    // With the last part it becomes one that exists; a longer one is the job's.
    if (n === partsInTurn && at.written < at.parts) break;
    at = await addNext(at, services, { tells: false });
  }
  return show(actor, await readImport(id, services), 0, services);
}

/** Leaves a file out, also while it is being added. One that was added stays. */
async function drop(actor: Actor, id: string, services: Services): Promise<Card> {
  const found = await services.store.transact(async (tx) => {
    const one = await tx.get('imports', id);
    if (!one || one.state === 'added' || one.state === 'receiving') return one;
    const cards = [...(one.cards ?? []), ...cardOf(actor)];
    const dropped: Import = {
      ...one,
      state: 'dropped',
      by: actor.id,
      endedAt: services.clock.now(),
      cards,
    };
    await tx.put('imports', dropped);
    await redrawCards(tx, dropped, services);
    return dropped;
  });
  if (!found || found.state === 'receiving') throw new Refusal('refusal.importGone');
  if (found.state === 'added') return show(actor, found, 0, services);
  // What was written takes longer to remove, which a job does.
  if (found.written === 0) await takeBack(id, services);
  return droppedCard(found, actor.lang, services);
}

const messageData = z.object({ id: ulid, fileName: boundedText(500) });

/** An import as it is now; one that was stopped may be gone. */
const drawImport: DrawMessage = async (message, reader, services) => {
  const { id, fileName } = messageData.parse(message.data);
  const found = await reader.get('imports', id);
  return found
    ? fileCard(reader, found, { lang: message.lang }, services)
    : droppedCard({ id, fileName }, message.lang, services);
};

/** Past engagements from a file that a coordinator drops in their chat, or that an administrator names at the console. */
export const imports: Feature = {
  name: 'imports',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: ['importer'], en: ['import'] },
  open: (actor, services) => openCard(actor, services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => openCard(actor, services),
    }),
    show: action({
      who: 'coordinator',
      reads: true,
      input: idInput.extend({ page: pageNumber.default(0) }),
      run: async (actor, { id, page }, services) =>
        show(actor, await readImport(id, services), page, services),
    }),
    ask: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: async (actor, { id }, services) => {
        const found = await readImport(id, services);
        return found.state === 'ready' && found.engagements > 0
          ? services.store.read((reader) => confirmCard(reader, found, actor.lang, services))
          : show(actor, found, 0, services);
      },
    }),
    add: action({
      who: 'coordinator',
      input: idInput,
      run: (actor, { id }, services) => add(actor, id, services),
    }),
    drop: action({
      who: 'coordinator',
      input: idInput,
      run: (actor, { id }, services) => drop(actor, id, services),
    }),
  },
  // The card that was clicked follows the import; whoever began a long one is told when it is done.
  messages: { state: drawImport, done: drawImport },
  jobs: { imports: importJob },
  files: { workbook: makeTemplateWorkbook, table: makeTemplateTable, findings: makeFindings },
  takesFile: {
    maxBytes: maxFileBytes,
    isLong: ({ bytes }) => bytes.length > maxInTurnBytes,
    waiting: ({ lang }, { name }, services) => readingCard(name, lang, services),
    take,
  },
};
