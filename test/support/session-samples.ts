import type { Lang } from '../../src/records.js';
import { type CardJson, coordination, formData, type TestBot, type TestPerson } from './bot.js';
import { startFast } from './flows.js';

interface Cast {
  readonly ines: TestPerson;
  readonly hugo: TestPerson;
  readonly zoe: TestPerson;
  readonly louis: TestPerson;
  readonly nour: TestPerson;
  readonly long: TestPerson;
}

const talk = {
  kind: 'classroom-talk',
  level: '4e',
  firstDay: '2026-12-08',
  from: '10:00',
  until: '11:00',
  schools: '',
  school: 'Collège Jean-Fictif, Lyon',
  seats: '2',
  remark: 'Une classe de 28 élèves.',
};
const options = {
  closesOn: '2026-12-04',
  event: 'semaine-industrie',
  expected: 'Parlez de votre parcours, puis répondez aux questions.',
};

/** A session from its publication to its cancellation, as everybody concerned sees it. */
export async function sessionSamples(
  lang: Lang,
  { ines, hugo, zoe, louis, nour, long }: Cast,
  keep: (name: string, card: CardJson | undefined) => void,
): Promise<void> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z' });
  const posted = async (to: string): Promise<CardJson> => {
    await bot.app.drain();
    return bot.connector.personal(to).at(-1)?.card as CardJson;
  };
  const chat = (who: TestPerson) => posted(`a:${who.id}`);
  const click = async (who: TestPerson, verb: string, data: object) =>
    (await bot.click(who, verb, data)).value;
  /** Whatever is being sent arrives first: a minute later it would count as abandoned. */
  const wait = async (minutes: number) => {
    await bot.app.drain();
    bot.setNow(new Date(Date.parse(bot.now()) + minutes * 60_000).toISOString());
  };
  try {
    await bot.setUp([hugo]);
    await bot.app.services.store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      if (channel) await tx.put('channels', { ...channel, lang });
    });
    for (const who of [ines, zoe, louis, nour, long]) await bot.say(who, 'aide');
    const [form = {}] = await bot.say(hugo, 'publier');
    const publish = (card: CardJson, inputs: object) =>
      click(hugo, 'publish.submit', formData(card, 'publish.submit', { ...talk, ...options, ...inputs }));
    keep(
      'session-options-refused',
      await publish(form, { starts: 'midi', closesOn: '2026-12-08', weeks: '21' }),
    );
    const { id } = formData(await publish(form, {}), 'sessions.view') as { id: string };
    const join = async (who: TestPerson) => {
      await wait(1);
      return click(who, 'sessions.join', { id });
    };
    await join(zoe);
    await join(louis);
    await join(ines);
    keep('session-waiting', await join(nour));
    keep('session-waiting-first', await click(ines, 'sessions.view', { id }));
    keep('session-waiting-channel', (await lastShown(bot)) ?? {});
    keep('session-waiting-list', (await bot.say(nour, 'séances'))[0]);
    keep('session-waiting-mine', (await bot.say(nour, 'mes engagements'))[0]);
    keep('session-waiting-confirm', await click(nour, 'mine.withdraw', { id }));
    const others = formData(
      await publish((await bot.say(hugo, 'publier'))[0] ?? {}, { firstDay: '2026-12-15' }),
      'sessions.view',
    );
    await publish((await bot.say(hugo, 'publier'))[0] ?? {}, {
      firstDay: '2026-12-17',
      level: '3e',
    });
    keep('session-left-others', await click(louis, 'sessions.leave', { id }));
    keep('session-freed', await posted(coordination));
    keep('session-seated', await chat(ines));
    await join(louis);
    await join(long);
    const edit = async (inputs: object) => {
      const card = await click(hugo, 'sessions.edit', { id });
      return {
        card,
        saved: await click(
          hugo,
          'sessions.save',
          formData(card, 'sessions.save', { ...talk, ...options, ...inputs }),
        ),
      };
    };
    const takeEntry = async (who: TestPerson) => {
      await click(who, 'reminders.calendar', { id });
      await bot.app.services.store.transact(async (tx) => {
        for (const link of await tx.all('links')) await tx.put('links', { ...link, usedAt: bot.now() });
      });
    };
    await takeEntry(zoe);
    const moved = { firstDay: '2026-12-10', from: '14:00', until: '15:30', expected: 'Venez avec un objet.' };
    const changed = await edit(moved);
    keep('session-edit', changed.card);
    keep('session-edited', changed.saved);
    await wait(3);
    keep('session-changed', await chat(zoe));
    keep('session-changed-waiting', await chat(long));
    keep('session-to-confirm', await click(zoe, 'sessions.view', { id }));
    keep('session-to-confirm-mine', (await bot.say(ines, 'mes engagements'))[0]);
    keep('session-to-confirm-own', await click(ines, 'mine.show', { id }));
    keep('session-confirmed', await click(zoe, 'sessions.confirm', { id }));
    keep('session-manage', await click(hugo, 'sessions.manage', { id }));
    bot.setNow('2026-11-26T08:05:00.000Z');
    await bot.app.runJob('reminders', { dryRun: false });
    keep('session-ask-again', await chat(ines));
    bot.setNow('2026-11-26T17:05:00.000Z');
    await bot.app.runJob('reminders', { dryRun: false });
    keep('session-lapsed', await chat(ines));
    keep('session-lapsed-channel', await posted(coordination));
    await edit({ ...moved, seats: '5' });
    keep('session-seats-added', await posted(coordination));
    await takeEntry(nour);
    const fewer = await edit({ ...moved, seats: '1' });
    keep('session-stay', fewer.saved);
    const stay = { stay: zoe.aadObjectId };
    await click(hugo, 'sessions.stay', formData(fewer.saved, 'sessions.stay', stay));
    await wait(3);
    keep('session-unseated', await chat(nour));
    keep('session-closed', await click(hugo, 'sessions.close', { id }));
    keep('session-closed-other', await click(ines, 'sessions.view', { id }));
    bot.setNow('2026-12-09T16:00:00.000Z');
    await click(zoe, 'sessions.leave', { id });
    keep('session-freed-urgent', await posted(coordination));
    keep('session-cancel-refused', await click(hugo, 'sessions.cancel', { id, reason: '06 12 34 56 78' }));
    const reason = 'Le collège doit reporter la rencontre, faute de salle.';
    keep('session-cancelled', await click(hugo, 'sessions.cancel', { id, reason }));
    keep('session-cancelled-told', await chat(nour));
    keep('session-cancelled-view', await click(zoe, 'sessions.view', { id }));
    keep('session-again', await click(hugo, 'publish.again', { id: others.id }));
    const series = await publish((await bot.say(hugo, 'publier'))[0] ?? {}, {
      firstDay: '2026-12-15',
      closesOn: '',
      weeks: '6',
      starts: '14 h',
    });
    keep('session-series-sent', series);
    keep('session-series', await posted(coordination));
    const second = (await bot.app.services.store.read((r) => r.all('actions'))).find(
      ({ firstDay, hours }) => firstDay === '2026-12-15' && hours?.from === '14:00',
    );
    const inSeries = await click(hugo, 'sessions.edit', { id: second?.id ?? '' });
    const elsewhere = {
      ...talk,
      firstDay: '2026-12-17',
      from: '14:00',
      until: '15:00',
      school: 'Lycée Ailleurs, Paris',
    };
    await click(hugo, 'sessions.save', formData(inSeries, 'sessions.save', elsewhere));
    keep('session-series-elsewhere', await lastShown(bot));
    const moveUp = async (inputs: object) => {
      const of = { firstDay: '2026-12-15', seats: '1', closesOn: '' };
      const sent = await publish((await bot.say(hugo, 'publier'))[0] ?? {}, of);
      const data = formData(sent, 'sessions.view') as { id: string };
      for (const who of [zoe, ines]) await click(who, 'sessions.join', data);
      const card = await click(hugo, 'sessions.edit', data);
      const changed = { ...talk, ...options, ...of, seats: '2', ...inputs };
      await click(hugo, 'sessions.save', formData(card, 'sessions.save', changed));
      await wait(3);
      return chat(ines);
    };
    keep('session-seated-asked', await moveUp({ firstDay: '2026-12-16' }));
    bot.setNow('2026-12-14T22:58:30.000Z');
    keep('session-seated-today', await moveUp({ school: 'Collège Autre, Paris' }));
  } finally {
    await bot.close();
  }
}

async function lastShown(bot: TestBot): Promise<CardJson | undefined> {
  await bot.app.drain();
  return bot.connector.updates.at(-1)?.card as CardJson | undefined;
}
