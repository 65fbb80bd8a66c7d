import type { Lang } from '../../src/records.js';
import { auditSamples } from './audit-samples.js';
import {
  announcements,
  type CardJson,
  coordination,
  formData,
  person,
  type TestBot,
  type TestPerson,
} from './bot.js';
import { conventionSamples } from './convention-samples.js';
import { dataSamples } from './data-samples.js';
import { deskSamples } from './desk-samples.js';
import { eventSamples } from './event-samples.js';
import { activityFrom, startFast } from './flows.js';
import { importSamples } from './import-samples.js';
import { matchSamples } from './match-samples.js';
import { regionalSamples } from './regional-samples.js';
import { registerSamples } from './register-samples.js';
import { reportSamples } from './report-samples.js';
import { retentionSamples } from './retention-samples.js';
import { differentAnswers, preparedPlacement } from './samples-after.js';
import { publicUrl, sampleReminders } from './samples-reminders.js';
import { sentenceSamples, suggestionSamples } from './sentence-samples.js';
import { sessionSamples } from './session-samples.js';

export interface SampleCard {
  readonly name: string;
  readonly lang: Lang;
  readonly card: object;
}

const locales: Record<Lang, string> = { fr: 'fr-FR', en: 'en-GB' };

/**
 * Every card of the bot in each of its states and languages, as the bot itself answers or posts it.
 * @param rename what Teams calls people, instead of their names here
 */
export async function sampleCards(
  rename: (name: string) => string = (name) => name,
  languages: readonly Lang[] = ['fr', 'en'],
): Promise<SampleCard[]> {
  const cards: SampleCard[] = [];
  for (const lang of languages) {
    const keep = (name: string, card: CardJson | undefined) => {
      if (!card) throw new Error(`there is no card "${name}"`);
      cards.push({ name, lang, card });
    };
    const people = cast(lang, rename);
    await everyday(lang, people, keep);
    await rechecked(lang, people, keep);
    await lost(lang, people, keep);
    await sampleReminders(lang, people, keep);
    await preparedPlacement(lang, people, keep);
    await differentAnswers(lang, people, keep);
    await extremes(lang, people, keep);
    await sessionSamples(lang, people, keep);
    await deskSamples(people, keep);
    await matchSamples(lang, people, keep);
    await reportSamples(lang, people, keep);
    await regionalSamples(lang, people, keep);
    await importSamples(lang, people, keep);
    await registerSamples(lang, people, keep);
    await eventSamples(lang, people, keep);
    await conventionSamples(lang, people, keep);
    await auditSamples(lang, people, keep);
    await dataSamples(people, keep);
    await retentionSamples(lang, people, keep);
  }
  return cards;
}

export type Keep = (name: string, card: CardJson | undefined) => void;

const cast = (lang: Lang, rename: (name: string) => string) => {
  const called = (name: string): TestPerson => ({ ...person(name, locales[lang]), name: rename(name) });
  return {
    ines: called('Inès Exemple'),
    hugo: called('Hugo Témoin'),
    zoe: called('Zoé Spécimen'),
    louis: called('Louis Fictif'),
    nour: called('Nour Modèle'),
    long: called('Marie-Antoinette-Éléonore de La Rochefoucauld-Spécimen'),
  };
};
export type Cast = ReturnType<typeof cast>;

const inChannel = { where: coordination };

/** Channels speak the convention's language: for samples in English they are told to. */
async function channelIn(bot: TestBot, lang: Lang): Promise<void> {
  await bot.app.services.store.transact(async (tx) => {
    const channel = await tx.get('channels', 'coordinators');
    if (channel) await tx.put('channels', { ...channel, lang });
  });
}

const placement = {
  kind: 'placement-3e',
  firstDay: '2027-01-18',
  lastDay: '2027-01-22',
  places: '2',
  hosting: 'individual',
  site: 'issy',
  academies: '25',
  remark: 'Découverte des métiers du support, un tuteur par élève.',
};
const talk = {
  kind: 'classroom-talk',
  level: '4e',
  firstDay: '2026-12-08',
  from: '10:00',
  until: '11:00',
  school: 'Collège Jean-Fictif, Lyon',
  remark: '',
};

/** Fills the form that a command opens, and sends it. */
async function send(bot: TestBot, who: TestPerson, command: string, verb: string, inputs: object) {
  const [form] = await bot.say(who, command);
  return bot.click(who, verb, formData(form ?? {}, verb, inputs));
}

/** Sends an availability, for which the form is changed first; gives the author's card. */
async function sendAvailability(bot: TestBot, who: TestPerson, inputs: object): Promise<CardJson> {
  const [form = {}] = await bot.say(who, 'proposer');
  const other = (await bot.click(who, 'volunteer.timing', formData(form, 'volunteer.timing'))).value;
  return (await bot.click(who, 'volunteer.submit', formData(other, 'volunteer.submit', inputs))).value;
}

/** The record's id that a button carries. */
const idOf = (card: CardJson | undefined, verb: string): unknown => formData(card ?? {}, verb).id;

async function lastPost(bot: TestBot, to = coordination): Promise<CardJson> {
  await bot.app.drain();
  return bot.connector.personal(to).at(-1)?.card as CardJson;
}

async function everyday(lang: Lang, people: Cast, keep: Keep): Promise<void> {
  const { ines, hugo, zoe, louis } = people;
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z', env: publicUrl });
  try {
    keep('help-welcome', (await bot.say(ines, 'bonjour'))[0]);
    keep('help-unknown', (await bot.say(ines, 'météo'))[0]);
    await bot.raw(activityFrom(bot, hugo, { type: 'installationUpdate', action: 'add' }, announcements));
    keep('help-welcome-channel', await lastPost(bot, announcements));
    keep('setup', (await bot.say(hugo, 'configurer', coordination))[0]);
    await bot.setUp([hugo]);
    await channelIn(bot, lang);
    await bot.raw(activityFrom(bot, hugo, { text: 'à valider' }, announcements));
    keep('refusal-in-chat', await lastPost(bot, announcements));
    keep('setup-chosen', (await bot.say(hugo, 'configurer', coordination))[0]);
    keep('opening', (await bot.say(hugo, 'publier', coordination))[0]);
    keep('help-coordinator', (await bot.say(hugo, 'aide'))[0]);
    await sentenceSamples(bot, people, keep);
    await suggestionSamples(people.ines, keep);
    keep('progress-empty', (await bot.say(ines, 'progression'))[0]);
    keep('mine-empty', (await bot.say(ines, 'mes engagements'))[0]);
    keep('sessions-empty', (await bot.say(ines, 'séances'))[0]);
    keep('pending-empty', (await bot.say(hugo, 'à valider'))[0]);
    keep('preferences', (await bot.say(ines, 'préférences'))[0]);
    keep('preferences-saved', (await bot.click(ines, 'preferences.save', { language: lang })).value);
    await offers(bot, people, keep);
    const session = await seats(bot, people, keep);
    bot.setNow('2026-12-09T09:05:00.000Z');
    await outcomes(bot, people, keep, session);
    keep('progress', (await bot.say(zoe, 'progression'))[0]);
    bot.setNow('2026-12-14T08:00:10.000Z');
    await send(bot, louis, 'proposer', 'volunteer.submit', { ...talk, firstDay: '2026-12-17' });
    bot.setNow('2026-12-21T08:00:10.000Z');
    await bot.app.runJob('weekly', { dryRun: false });
    keep('weekly', await lastPost(bot));
    keep('refusal-outdated', (await bot.click(ines, 'gone.away', {})).value);
    keep('refusal-coordinator', (await bot.click(ines, 'pending.open', {})).value);
  } finally {
    await bot.close();
  }
}

async function offers(bot: TestBot, { ines, hugo, zoe }: Cast, keep: Keep): Promise<void> {
  const [hostForm] = await bot.say(ines, 'accueillir');
  keep('host-form', hostForm);
  const host = (inputs: object) =>
    bot.click(ines, 'host.submit', formData(hostForm ?? {}, 'host.submit', inputs));
  const holidays = { ...placement, firstDay: '2027-02-15', lastDay: '2027-02-19', academies: '10' };
  keep('host-refused-dates', (await host(holidays)).value);
  keep('host-refused-some', (await host({ ...holidays, academies: '10,09' })).value);
  keep('host-refused-each', (await host({ ...holidays, academies: '10,01,09,27' })).value);
  const long = {
    ...placement,
    weekdays: '1,3,5',
    from: '09:00',
    until: '18:00',
    breakMinutes: '60',
    paid: 'true',
  };
  keep('host-refused-hours', (await host(long)).value);
  const several = { ...holidays, places: '31', hosting: '', remark: 'Léa, 06 12 34 56 78', academies: '' };
  keep('host-refused-several', (await host({ ...several, school: '0932030C' })).value);
  keep(
    'host-cancelled',
    (await bot.click(ines, 'host.cancel', formData(hostForm ?? {}, 'host.cancel'))).value,
  );
  keep('host-sent', (await host(placement)).value);
  const request = await lastPost(bot);
  keep('approval-channel', request);
  const { id } = formData(request, 'approval.view') as { id: string };
  keep('approval-author', (await bot.click(ines, 'approval.view', { id }, inChannel)).value);
  keep('approval-other', (await bot.click(zoe, 'approval.view', { id }, inChannel)).value);
  keep('approval-coordinator', (await bot.click(hugo, 'approval.view', { id }, inChannel)).value);
  const leak = { id, reason: 'Tom (14 ans) vient déjà.' };
  keep('approval-text-refused', (await bot.click(hugo, 'approval.decline', leak, inChannel)).value);
  keep('pending', (await bot.say(hugo, 'à valider'))[0]);
  const changes = { id, changes: 'La semaine du 25 janvier conviendrait mieux.' };
  keep('approval-sent-back', (await bot.click(hugo, 'approval.askChanges', changes, inChannel)).value);
  keep('told-changes', await lastPost(bot, `a:${ines.id}`));
  keep('mine-sent-back', (await bot.click(ines, 'mine.show', { id })).value);
  const edit = (await bot.click(ines, 'host.edit', { id })).value;
  keep('host-edit', edit);
  const corrected = { ...placement, firstDay: '2027-01-25', lastDay: '2027-01-29' };
  await bot.click(ines, 'host.submit', formData(edit, 'host.submit', corrected));
  keep('approval-approved', (await bot.click(hugo, 'approval.approve', { id }, inChannel)).value);
  keep('told-approved', await lastPost(bot, `a:${ines.id}`));
  keep('refusal-decided', (await bot.click(hugo, 'approval.approve', { id }, inChannel)).value);
  keep('mine-approved', (await bot.click(ines, 'mine.show', { id })).value);

  const [exact] = await bot.say(zoe, 'proposer');
  keep('volunteer-form', exact);
  const availability = await bot.click(zoe, 'volunteer.timing', formData(exact ?? {}, 'volunteer.timing'));
  keep('volunteer-availability', availability.value);
  const wrong = { ...talk, firstDay: '2026-11-20', until: '09:00', school: '' };
  const refused = await bot.click(zoe, 'volunteer.submit', formData(exact ?? {}, 'volunteer.submit', wrong));
  keep('volunteer-refused', refused.value);
  const period = {
    level: '3e',
    kind: 'classroom-talk',
    academies: '',
    firstDay: '2027-01-04',
    lastDay: '2027-03-26',
    halfDays: 'am',
  };
  const sendPeriod = (inputs: object) =>
    bot.click(zoe, 'volunteer.submit', formData(availability.value, 'volunteer.submit', inputs));
  keep('volunteer-availability-refused', (await sendPeriod({ ...period, halfDays: '' })).value);
  keep('volunteer-sent', (await sendPeriod({ ...period, academies: '25,24,01' })).value);
  const wide = formData(await lastPost(bot), 'approval.view') as { id: string };
  const decline = { id: wide.id, reason: 'L’équipe est déjà complète sur cette période.' };
  keep('approval-declined', (await bot.click(hugo, 'approval.decline', decline, inChannel)).value);
  keep('told-declined', await lastPost(bot, `a:${zoe.id}`));
  keep('mine-declined', (await bot.click(zoe, 'mine.show', { id: wide.id })).value);

  const sent = await send(bot, zoe, 'proposer', 'volunteer.submit', talk);
  const own = (formData(sent.value, 'mine.withdraw') as { id: string }).id;
  await bot.click(hugo, 'approval.approve', { id: own }, inChannel);
  keep('mine-confirm', (await bot.click(zoe, 'mine.withdraw', { id: own })).value);
  keep('mine-withdrawn', (await bot.click(zoe, 'mine.withdrawConfirmed', { id: own })).value);
  keep('withdrawn-channel', await lastPost(bot));
  const hugoSent = await send(bot, hugo, 'proposer', 'volunteer.submit', { ...talk, level: '3e' });
  const hugoId = (formData(hugoSent.value, 'mine.withdraw') as { id: string }).id;
  keep('approval-own', (await bot.click(hugo, 'approval.view', { id: hugoId }, inChannel)).value);
}

/** Gives the id of a session in which two people take part. */
async function seats(bot: TestBot, { ines, hugo, zoe, louis }: Cast, keep: Keep): Promise<string> {
  const [form] = await bot.say(hugo, 'publier');
  keep('publish-form', form);
  const publish = (inputs: object) =>
    bot.click(hugo, 'publish.submit', formData(form ?? {}, 'publish.submit', inputs));
  keep('publish-refused', (await publish({ ...talk, seats: '0' })).value);
  const published = await publish({ ...talk, seats: '2', remark: 'Une classe de 28 élèves.' });
  keep('publish-sent', published.value);
  const { id } = formData(published.value, 'sessions.view') as { id: string };
  keep('session-channel', await lastPost(bot));
  keep('session-open', (await bot.click(zoe, 'sessions.view', { id })).value);
  keep('session-joined', (await bot.click(zoe, 'sessions.join', { id })).value);
  keep('sessions', (await bot.say(zoe, 'séances'))[0]);
  await bot.app.drain();
  keep('session-channel-free', bot.connector.updates.at(-1)?.card as CardJson);
  await bot.click(louis, 'sessions.join', { id });
  keep('session-full', (await bot.click(ines, 'sessions.join', { id })).value);
  await bot.app.drain();
  keep('session-channel-full', bot.connector.updates.at(-1)?.card as CardJson);
  keep('session-full-other', (await bot.click(ines, 'sessions.view', { id })).value);
  keep('session-left', (await bot.click(louis, 'sessions.leave', { id })).value);
  await bot.click(louis, 'sessions.join', { id });
  keep('mine-withdrawn-seat', (await bot.click(louis, 'mine.withdrawConfirmed', { id })).value);
  keep('withdrawn-seat-channel', await lastPost(bot));
  await bot.click(louis, 'sessions.join', { id });
  return id;
}

async function outcomes(bot: TestBot, { ines, hugo, zoe }: Cast, keep: Keep, session: string): Promise<void> {
  keep('outcome-form-several', (await bot.click(hugo, 'outcome.open', { id: session })).value);
  const list = (await bot.say(zoe, 'mes engagements'))[0];
  keep('mine', list);
  const { id } = formData(list ?? {}, 'outcome.open') as { id: string };
  keep('session-begun', (await bot.click(ines, 'sessions.view', { id })).value);
  const form = (await bot.click(zoe, 'outcome.open', { id })).value;
  keep('outcome-form', form);
  const refused = await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '2001' }));
  keep('outcome-refused', refused.value);
  const held = await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
  keep('outcome-held', held.value);
  keep('refusal-late-outcome', (await bot.click(hugo, 'outcome.open', { id })).value);
}

/** A coordinators' channel that is not chosen yet, is lost, or whose members Teams does not name. */
async function lost(lang: Lang, { ines, hugo, zoe, louis }: Cast, keep: Keep): Promise<void> {
  const admin = { ADMINS: louis.aadObjectId, ...publicUrl };
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z', env: admin });
  try {
    await bot.say(louis, 'aide');
    keep('lost-none-sent', (await send(bot, zoe, 'proposer', 'volunteer.submit', talk)).value);
    await bot.setUp([hugo]);
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, inChannel);
    await channelIn(bot, lang);
    await bot.app.drain();
    const { id } = formData(await lastPost(bot), 'approval.view') as { id: string };
    bot.setNow('2026-11-23T10:35:00.000Z');
    bot.connector.fail({ match: (r) => r.path.includes('pagedmembers'), status: 500, times: 99 });
    keep('lost-role-unknown', (await bot.click(hugo, 'approval.view', { id }, inChannel)).value);
    keep('lost-role-refusal', (await bot.say(hugo, 'à valider'))[0]);
    bot.connector.heal();
    const gone = { status: 404, code: 'ConversationNotFound' };
    bot.connector.fail({ ...gone, match: (r) => r.body?.channelData?.channel !== undefined, times: 99 });
    await send(bot, zoe, 'proposer', 'volunteer.submit', { ...talk, level: '3e' });
    await bot.app.drain();
    keep('lost-told', await lastPost(bot, `a:${louis.id}`));
    keep('lost-sent', (await send(bot, ines, 'accueillir', 'host.submit', placement)).value);
    keep(
      'lost-published',
      (await send(bot, hugo, 'publier', 'publish.submit', { ...talk, seats: '2' })).value,
    );
    keep('lost-setup', (await bot.say(hugo, 'configurer', '19:autre@thread.tacv2'))[0]);
  } finally {
    await bot.close();
  }
}

/** Placements that a new calendar makes impossible, or sure. */
async function rechecked(lang: Lang, cast: Cast, keep: Keep): Promise<void> {
  const { ines, hugo, zoe, louis, nour } = cast;
  const people = [ines, hugo, zoe, louis, nour];
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z', env: publicUrl });
  try {
    await bot.setUp([hugo]);
    await channelIn(bot, lang);
    const ids: string[] = [];
    for (const who of people) {
      const sent = await send(bot, who, 'accueillir', 'host.submit', placement);
      ids.push((formData(sent.value, 'mine.withdraw') as { id: string }).id);
    }
    await bot.click(hugo, 'approval.approve', { id: ids[2] }, inChannel);
    const moved = { firstDay: '2027-02-15', lastDay: '2027-02-19' };
    await bot.app.services.store.transact(async (tx) => {
      for (const { id } of await tx.all('jobs')) await tx.remove('jobs', id);
      for (const action of await tx.all('actions')) {
        const certainty = action.id === ids[1] ? 'provisional' : 'fine';
        const dates = certainty === 'fine' ? { ...moved, academies: ['10'] } : {};
        const checked = { under: 'before', certainty, since: 'before' } as const;
        await tx.put('actions', { ...action, ...dates, checked });
      }
    });
    await bot.app.runJob('recheck', { dryRun: false });
    keep('recheck-list', await lastPost(bot));
    keep('approval-not-possible', (await bot.click(hugo, 'approval.view', { id: ids[0] }, inChannel)).value);
    const approved = await bot.click(hugo, 'approval.approve', { id: ids[0] }, inChannel);
    keep('refusal-not-possible', approved.value);
    keep('recheck-broken', await lastPost(bot, `a:${ines.id}`));
    keep('recheck-broken-approved', await lastPost(bot, `a:${zoe.id}`));
    keep('recheck-confirmed', await lastPost(bot, `a:${hugo.id}`));
    const signed = (await bot.click(zoe, 'agreements.open', { id: ids[2] })).value;
    keep('agreements-form', signed);
    const sign = (agreements: string) =>
      bot.click(zoe, 'agreements.save', formData(signed, 'agreements.save', { agreements }));
    keep('agreements-refused', (await sign('3')).value);
    keep('agreements-saved', (await sign('1')).value);
    keep('agreements-mine', (await bot.click(zoe, 'mine.show', { id: ids[2] })).value);
    bot.setNow('2027-02-03T09:00:00.000Z');
    await bot.app.runJob('reminders', { dryRun: false });
    keep('agreements-due', await lastPost(bot));
    keep('agreements-due-host', await lastPost(bot, `a:${zoe.id}`));
    const easter = { ...placement, firstDay: '2027-03-22', lastDay: '2027-03-26', academies: '12,15,27' };
    keep('host-sent-days-off', (await send(bot, zoe, 'accueillir', 'host.submit', easter)).value);
    const winter = { ...talk, firstDay: '2027-02-15', school: '', schools: '0699001J' };
    keep('volunteer-sent-no-classes', (await send(bot, zoe, 'proposer', 'volunteer.submit', winter)).value);
    const free = { kind: 'classroom-talk', level: '3e', halfDays: 'am,pm' };
    const christmas = { ...free, firstDay: '2027-12-18', lastDay: '2028-01-02', academies: '25' };
    keep('volunteer-sent-no-class-days', await sendAvailability(bot, zoe, christmas));
    const everywhere = bot.app.services.calendar.academies.map((a) => a.code).join(',');
    const few = { ...free, firstDay: '2028-02-04', lastDay: '2028-02-25', academies: everywhere };
    await sendAvailability(bot, zoe, few);
    keep('approval-few-class-days', await lastPost(bot));
    const visit = { ...winter, kind: 'company-visit', schools: '6209001P', seats: '2' };
    keep('publish-sent-to-check', (await send(bot, hugo, 'publier', 'publish.submit', visit)).value);
    keep('session-to-check', await lastPost(bot));
  } finally {
    await bot.close();
  }
}

/** The longest names and texts, the largest and the smallest figures. */
async function extremes(lang: Lang, { long, hugo }: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z', env: publicUrl });
  const word = 'Anticonstitutionnellementanticonstitutionnellementx';
  try {
    await bot.setUp([hugo]);
    await channelIn(bot, lang);
    bot.connector.fail({
      cut: 'before',
      match: (r) => r.method === 'POST' && r.path === '/v3/conversations',
    });
    await send(bot, long, 'proposer', 'volunteer.submit', talk);
    await bot.app.drain();
    keep('pending-unseen', (await bot.say(hugo, 'à valider'))[0]);
    const remark = `${word} ${'un texte très long '.repeat(40)}`.slice(0, 500);
    const all = bot.app.services.calendar.academies.map((a) => a.code).join(',');
    const offer = {
      ...placement,
      kind: 'placement-prepa-metiers',
      firstDay: '2027-03-01',
      lastDay: '2027-03-26',
    };
    const sent = await send(bot, long, 'accueillir', 'host.submit', {
      ...offer,
      places: '30',
      hosting: 'collective',
      academies: all,
      school: `Collège ${word} de l'*Exemple* _souligné_`,
      remark,
    });
    keep('extreme-sent', sent.value);
    const channel = await lastPost(bot);
    keep('extreme-channel', channel);
    const { id } = formData(channel, 'approval.view') as { id: string };
    const view = (await bot.click(hugo, 'approval.view', { id }, inChannel)).value;
    keep('extreme-coordinator', view);
    keep(
      'extreme-declined',
      (await bot.click(hugo, 'approval.decline', { id, reason: remark }, inChannel)).value,
    );
    keep('extreme-told', await lastPost(bot, `a:${long.id}`));
    for (let i = 0; i < 9; i++) {
      await send(bot, long, 'proposer', 'volunteer.submit', { ...talk, school: `Collège ${word}`, remark });
    }
    keep('extreme-pending', (await bot.say(hugo, 'à valider'))[0]);
    keep('extreme-pending-next', (await bot.click(hugo, 'pending.page', { page: 1 })).value);
    keep('extreme-mine', (await bot.say(long, 'mes engagements'))[0]);
    bot.connector.fail({ cut: 'before', match: ({ path }) => path.includes(`a:${long.id}/`) });
    const [waiting] = await bot.say(hugo, 'à valider');
    await bot.click(hugo, 'approval.approve', { id: idOf(waiting, 'approval.view') }, inChannel);
    await bot.app.drain();
    const undelivered = (await bot.click(hugo, 'pending.undelivered', {})).value;
    keep('pending-undelivered', undelivered);
    const message = { id: idOf(undelivered, 'pending.message') };
    keep('pending-undelivered-message', (await bot.click(hugo, 'pending.message', message)).value);
    bot.setNow('2026-12-14T08:00:10.000Z');
    await bot.app.services.store.transact(async (tx) => {
      const channelRow = await tx.get('channels', 'coordinators');
      if (channelRow) await tx.put('channels', { ...channelRow, at: '2026-11-01T00:00:00.000Z' });
    });
    await bot.app.runJob('weekly', { dryRun: false });
    keep('extreme-weekly', await lastPost(bot));
  } finally {
    await bot.close();
  }
}
