import type { Entry, EntryRow } from '../../src/domain/registers/entry.js';
import type { EntryState } from '../../src/domain/registers/kinds.js';
import type { Lang } from '../../src/records.js';
import { coordination, formData } from './bot.js';
import { anEntry } from './builders.js';
import { lastPostIn, startFast } from './flows.js';
import type { Cast, Keep } from './samples.js';

const idOf = (n: number) => `01REG${String(n).padStart(21, '0')}`;
const at = '2026-11-20T09:05:00.000Z';

/** The registers of a convention in which much has happened, in every state. */
export async function registerSamples(lang: Lang, { hugo, louis }: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z' });
  const row = (
    move: EntryRow['move'],
    from: EntryRow['from'],
    to: EntryState,
    more: Partial<EntryRow> = {},
  ) => ({
    id: `${move}-${from}`,
    move,
    from,
    to,
    by: hugo.aadObjectId,
    at,
    ...more,
  });
  const click = async (verb: string, data: object) =>
    (await bot.click(hugo, `registers.${verb}`, data)).value;
  try {
    await bot.setUp([hugo, louis]);
    await bot.say(louis, 'aide');
    const { store } = bot.app.services;
    await store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      if (channel) await tx.put('channels', { ...channel, lang });
    });
    const command = lang === 'fr' ? 'registres' : 'registers';
    keep('registers-new', (await bot.say(hugo, command))[0]);
    keep('registers-list-tools-new', await click('list', { id: 'tools' }));
    const put = (entries: readonly Entry[]) =>
      store.transact(async (tx) => {
        for (const entry of entries) await tx.put('entries', entry);
      });
    const fr = lang === 'fr';
    const publications = Array.from({ length: 6 }, (_, i) =>
      anEntry({
        id: idOf(i),
        title: fr
          ? `Affiche du forum des métiers de Lyon, édition ${i + 1}`
          : `Poster of the Lyon careers fair, edition ${i + 1}`,
        kind: i % 2 ? 'logo' : 'communication',
        party: i % 2 ? 'ministry' : 'company',
        day: '2026-11-12',
        due: `2026-12-${10 + i}`,
        state: i < 4 ? 'requested' : 'agreed',
        history: [
          row('enter', 'none', 'requested'),
          ...(i < 4
            ? []
            : [
                row('agree', 'requested', 'agreed', {
                  day: '2026-11-19',
                  office: 'Ministère, DGESCO',
                } as const),
              ]),
        ],
      }),
    );
    const long = anEntry({
      id: idOf(20),
      title:
        'Communiqué de presse commun sur les métiers du numérique, avec les cinq régions académiques et les écoles',
      text: 'Incompréhensiblementanticonstitutionnellementlong '.repeat(10).trim(),
      kind: 'communication',
      party: 'company',
      day: '2026-11-02',
      state: 'published',
      since: '2026-11-21T09:05:00.000Z',
      history: [
        row('enter', 'none', 'requested'),
        row('edit', 'requested', 'requested', { changed: ['title', 'due', 'text'], by: louis.aadObjectId }),
        row('agree', 'requested', 'agreed', {
          day: '2026-11-05',
          office: 'Ministère, DGESCO, bureau des partenariats',
        }),
        row('publish', 'agreed', 'published', { day: '2026-11-21', text: 'Paru dans la presse régionale.' }),
        row('edit', 'published', 'published', { changed: ['text'] }),
      ],
    });
    const tool = anEntry({
      id: idOf(21),
      title: fr ? 'Plateforme de tutorat' : 'Mentoring platform',
      kind: 'tool',
      collects: true,
      due: '2027-02-01',
      state: 'cleared',
      history: [
        row('enter', 'none', 'listed'),
        row('askClearance', 'listed', 'asked', { day: '2026-10-05' }),
        row('denyClearance', 'asked', 'not-cleared', { day: '2026-10-15', office: 'DNE' }),
        row('askClearance', 'not-cleared', 'asked', { day: '2026-11-02' }),
        row('clear', 'asked', 'cleared', { day: '2026-11-19', office: 'DNE' }),
      ],
    });
    const committee = anEntry({
      id: idOf(22),
      title: fr ? 'Visioconférence' : 'Online',
      kind: 'committee',
      due: '2026-07-06',
      state: 'held',
      history: [
        row('enter', 'none', 'planned'),
        row('hold', 'planned', 'held', {
          day: '2026-07-06',
          office: fr ? 'Coordination et DGESCO' : 'Coordinators, DGESCO',
        }),
      ],
    });
    const termination = anEntry({
      id: idOf(23),
      title: '',
      kind: 'termination',
      party: 'ministry',
      day: '2026-08-31',
      state: 'notified',
      history: [row('enter', 'none', 'notified')],
    });
    const conciliation = anEntry({
      id: idOf(24),
      title: fr ? 'Lecture de l’article 2' : 'Reading of article 2',
      kind: 'conciliation',
      party: 'company',
      day: '2026-09-14',
      state: 'failed',
      history: [
        row('enter', 'none', 'opened'),
        row('fail', 'opened', 'failed', {
          day: '2026-11-20',
          text: fr ? 'Le compte des forums.' : 'How fairs count.',
        }),
      ],
    });
    const done = Array.from({ length: 4 }, (_, i) => ({ ...long, id: idOf(30 + i) }));
    await put([...publications, long, tool, committee, termination, conciliation, ...done]);
    keep('registers-list', await click('list', { id: 'communications' }));
    keep('registers-list-done', await click('list', { id: 'communications', page: 1 }));
    keep('registers-entry-published', await click('view', { id: long.id }));
    keep('registers-entry-published-older', await click('view', { id: long.id, page: 1 }));
    keep('registers-entry-tool', await click('view', { id: tool.id }));
    keep('registers-entry-committee', await click('view', { id: committee.id }));
    keep('registers-entry-termination', await click('view', { id: termination.id }));
    keep('registers-entry-conciliation', await click('view', { id: conciliation.id }));
    keep('registers-refused-publish', await click('ask', { id: publications[0]?.id, move: 'publish' }));
    keep('registers-refused-amendment', await click('ask', { id: tool.id, move: 'use' }));
    for (const kind of ['communication', 'tool', 'termination', 'committee'])
      keep(`registers-form-${kind}`, await click('create', { kind }));
    const form = await click('create', { kind: 'termination' });
    const early = { party: 'company', day: '2026-11-20', due: '2027-03-01', text: 'Léa, 06 12 34 56 78' };
    keep('registers-form-mend', await click('save', formData(form, 'registers.save', early)));
    const agree = await click('ask', { id: publications[0]?.id, move: 'agree' });
    keep('registers-move-agree', agree);
    const named = { day: '2026-11-01', office: 'Camille Exemple', text: '' };
    keep('registers-move-named', await click('note', formData(agree, 'registers.note', named)));
    keep('registers-move-abandon', await click('ask', { id: tool.id, move: 'abandon' }));
    const good = { day: '2026-11-20', office: 'Ministère, DGESCO', text: '' };
    await bot.click(louis, 'registers.note', formData(agree, 'registers.note', good));
    keep('registers-move-late', await click('note', formData(await agreeAgain(), 'registers.note', good)));
    async function agreeAgain() {
      // The form that was drawn before somebody else had noted it.
      const { formKey: _, ...rest } = (agree.actions as { data: Record<string, unknown> }[])[0]?.data ?? {};
      const data = { ...rest, formKey: '01NEWF0RM00000000000000000' };
      return { ...agree, actions: [{ type: 'Action.Execute', verb: 'registers.note', data }] };
    }
    const notice = await click('create', { kind: 'formal-notice' });
    const received = {
      title: fr
        ? 'Logo du ministère sur une affiche sans accord'
        : 'The ministry’s logo on a poster without consent',
      party: 'ministry',
      day: '2026-11-20',
      text: '',
    };
    const entered = await click('save', formData(notice, 'registers.save', received));
    keep('registers-entry-notice', entered);
    keep('registers-menu', (await bot.say(hugo, command))[0]);
    bot.setNow('2026-11-25T08:05:00.000Z');
    await bot.app.runJob('reminders', { dryRun: false });
    keep('registers-clock', await lastPostIn(bot, coordination));
    bot.setNow('2026-11-30T09:05:00.000Z');
    const { id } = formData(entered, 'registers.edit');
    keep('registers-entry-notice-over', await click('view', { id }));
    const remedy = await click('ask', { id, move: 'remedy' });
    const late = { day: '2026-11-29', text: fr ? 'L’affiche est retirée.' : 'The poster is gone.' };
    keep('registers-move-over', await click('note', formData(remedy, 'registers.note', late)));
  } finally {
    await bot.close();
  }
}
