import { addDays, weekday } from '../../src/domain/days.js';
import { type CardJson, coordination, type TestPerson } from '../support/bot.js';
import { chatOf, idIn } from '../support/flows.js';
import { coordinators, type Employee } from './company.js';
import { has, type World } from './world.js';

const inChannel = coordination;
const schools = [
  'Collège Jean-Fictif, Lyon',
  'Collège des Exemples, Paris',
  'Lycée Modèle, Lille',
  'Collège du Gabarit, Nantes',
];
const academies = ['10', '25', '1', '9'];
const remarks = ['', 'Je peux apporter du matériel.', 'Une salle avec un écran, si possible.'];

/** A session that coordinators published, as they remember it. */
interface Session {
  readonly id: string;
  day: string;
  cancelled?: boolean;
}

/** What people of the company remember from one day to the next. */
export interface Memory {
  readonly sessions: Session[];
  /** Offers that wait for a coordinator. */
  readonly pending: string[];
  /** Availabilities: coordinators fix dates from them. */
  readonly available: string[];
  /** How far each person has read their chat. */
  readonly read: Map<string, number>;
  /** How many times each thing was done, for the summary. */
  readonly done: Map<string, number>;
}

export const createMemory = (): Memory => ({
  sessions: [],
  pending: [],
  available: [],
  read: new Map(),
  done: new Map(),
});

const count = (memory: Memory, what: string): void =>
  void memory.done.set(what, (memory.done.get(what) ?? 0) + 1);

/** The next day on which a school can be visited at all, `from` included. */
function weekdayFrom(day: string): string {
  return weekday(day) <= 5 ? day : addDays(day, 8 - weekday(day));
}

/** One working day of the company: people read their chats, offer, join, withdraw, decide. */
export async function playDay(world: World, memory: Memory): Promise<void> {
  const { chance } = world;
  await readChats(world, memory);
  for (const who of world.employees) {
    // Some 1.5 things a year for an employee like most, six for the keenest.
    if (chance.hits(who.keen / 60)) await offerSomething(world, memory, who);
    if (chance.hits(who.keen / 40)) await joinSomething(world, memory, who);
    if (chance.hits(who.keen / 300)) await withdrawSomething(world, memory, who);
  }
  await coordinate(world, memory);
  await world.bot.app.drain();
  await world.collect();
}

async function offerSomething(world: World, memory: Memory, who: Employee): Promise<void> {
  const { chance } = world;
  const day = weekdayFrom(addDays(world.today(), chance.between(10, 90)));
  const kind = chance.pick(['talk', 'talk', 'availability', 'placement'] as const);
  const remark = chance.pick(remarks);
  const command = kind === 'placement' ? 'accueillir' : 'proposer';
  const verb = kind === 'placement' ? 'host.submit' : 'volunteer.submit';
  const exact = await world.say(who, command);
  const form = kind === 'availability' ? await world.click(who, exact, 'volunteer.timing') : exact;
  if (!has(form, verb)) return;
  const inputs = {
    talk: {
      kind: 'classroom-talk',
      level: '4e',
      firstDay: day,
      from: '10:00',
      until: '11:00',
      school: chance.pick(schools),
      remark,
    },
    availability: {
      kind: 'careers-fair',
      level: '3e',
      academies: chance.pick(academies),
      firstDay: day,
      lastDay: addDays(day, 60),
      halfDays: 'am',
      remark,
    },
    placement: {
      kind: 'placement-3e',
      firstDay: addDays(day, 1 - weekday(day)),
      lastDay: addDays(day, 5 - weekday(day)),
      places: String(chance.between(1, 3)),
      hosting: 'individual',
      site: 'lyon',
      academies: '10',
      school: '',
      remark,
    },
  }[kind];
  const answer = await world.click(who, form, verb, inputs);
  if (!has(answer, 'mine.withdraw')) return count(memory, `${kind} refused by a rule`);
  count(memory, `${kind} offered`);
  const id = idIn(answer, 'mine.withdraw');
  memory.pending.push(id);
  if (kind === 'availability') memory.available.push(id);
}

async function joinSomething(world: World, memory: Memory, who: Employee): Promise<void> {
  const tomorrow = addDays(world.today(), 1);
  const open = memory.sessions.filter((s) => !s.cancelled && s.day > tomorrow);
  if (open.length === 0) return;
  await world.call(who, 'sessions.join', { id: world.chance.pick(open).id });
  count(memory, 'seat asked for');
}

async function withdrawSomething(world: World, memory: Memory, who: Employee): Promise<void> {
  const list = await world.say(who, 'mes engagements');
  if (!has(list, 'mine.show')) return;
  await world.call(who, 'mine.withdrawConfirmed', { id: idIn(list, 'mine.show') });
  count(memory, 'withdrawal');
}

/** People read what came since they last looked; two in three look on any given day. */
async function readChats(world: World, memory: Memory): Promise<void> {
  const byChat = new Map<string, CardJson[]>();
  for (const { to, card } of world.received) byChat.set(to, [...(byChat.get(to) ?? []), card]);
  for (const who of world.employees) {
    const cards = byChat.get(chatOf(who)) ?? [];
    const from = memory.read.get(who.id) ?? 0;
    if (from === cards.length || !world.chance.hits(2 / 3)) continue;
    memory.read.set(who.id, cards.length);
    for (const card of cards.slice(from)) await react(world, memory, who, card);
  }
}

/** What somebody does with a card: mostly nothing. */
async function react(world: World, memory: Memory, who: Employee, card: CardJson): Promise<void> {
  const { chance } = world;
  if (!who.answers) return;
  if (has(card, 'outcome.held')) {
    const held = chance.hits(0.94);
    const verb = held ? 'outcome.held' : 'outcome.notHeld';
    await world.click(who, card, verb, { pupils: String(chance.between(8, 30)), remark: '' });
    return count(memory, held ? 'answered that it took place' : 'answered that it did not');
  }
  if (has(card, 'outcome.present')) {
    const was = chance.hits(0.9) ? 'yes' : 'no';
    await world.call(who, 'outcome.present', { id: idIn(card, 'outcome.present'), was });
    return count(memory, `own presence: ${was}`);
  }
  if (has(card, 'sessions.confirm') && chance.hits(0.85)) {
    await world.click(who, card, 'sessions.confirm');
    return count(memory, 'confirmed a change');
  }
  if (has(card, 'invitations.accept') && chance.hits(0.7)) {
    const verb = chance.hits(0.6) ? 'invitations.accept' : 'invitations.refuse';
    await world.click(who, card, verb);
    return count(memory, verb);
  }
  if (has(card, 'dates.confirm')) {
    await world.click(who, card, 'dates.confirm');
    return count(memory, 'confirmed a date');
  }
}

/** The two coordinators decide on what waits, every other day, and look after the sessions. */
async function coordinate(world: World, memory: Memory): Promise<void> {
  const { chance } = world;
  const who = chance.pick(coordinators);
  if (chance.hits(0.5)) for (const id of memory.pending.splice(0)) await decide(world, memory, who, id);
  if (chance.hits(0.3)) await publish(world, memory, who);
  await settle(world, memory, who);
  const [availability] = memory.available;
  if (availability && chance.hits(0.2)) {
    await fixDate(world, memory, who, availability);
    memory.available.push(...memory.available.splice(0, 1));
  }
  const open = memory.sessions.filter((s) => !s.cancelled && s.day > addDays(world.today(), 5));
  if (open.length === 0) return;
  const session = chance.pick(open);
  if (chance.hits(0.05)) await change(world, memory, who, session);
  else if (chance.hits(0.02)) await cancel(world, memory, who, session);
  if (chance.hits(0.1)) await invite(world, memory, who, session);
}

/** A school has named a day that suits somebody's availability. */
async function fixDate(world: World, memory: Memory, who: TestPerson, id: string): Promise<void> {
  const form = await world.call(who, 'dates.open', { id }, inChannel);
  if (!has(form, 'dates.fix')) return;
  const day = weekdayFrom(addDays(world.today(), world.chance.between(12, 40)));
  const inputs = {
    firstDay: day,
    from: '10:00',
    until: '11:00',
    schools: '',
    school: world.chance.pick(schools),
  };
  const answer = await world.click(who, form, 'dates.fix', inputs, inChannel);
  count(memory, has(answer, 'dates.fix') ? 'date with a question first' : 'date fixed');
}

async function invite(world: World, memory: Memory, who: TestPerson, session: Session): Promise<void> {
  const card = await world.call(who, 'invitations.open', { id: session.id }, inChannel);
  const candidates = [...JSON.stringify(card).matchAll(/"value":"(aad-[^",]+)"/g)].map(([, id]) => id);
  if (!has(card, 'invitations.invite') || candidates.length === 0) return;
  const invited = candidates.slice(0, 3).join(',');
  await world.click(who, card, 'invitations.invite', { invited }, inChannel);
  count(memory, 'people invited');
}

async function decide(world: World, memory: Memory, who: TestPerson, id: string): Promise<void> {
  const { chance } = world;
  if (chance.hits(0.85)) {
    await world.call(who, 'approval.approve', { id }, inChannel);
    return count(memory, 'approved');
  }
  const [verb, inputs] = chance.hits(0.7)
    ? (['approval.decline', { reason: 'L’équipe est déjà complète ce jour-là.' }] as const)
    : (['approval.askChanges', { changes: 'Une autre semaine conviendrait mieux.' }] as const);
  await world.call(who, verb, { id, ...inputs }, inChannel);
  count(memory, verb);
}

async function publish(world: World, memory: Memory, who: TestPerson): Promise<void> {
  const { chance } = world;
  const day = weekdayFrom(addDays(world.today(), chance.between(14, 60)));
  const form = await world.say(who, 'publier');
  if (!has(form, 'publish.submit')) return;
  const answer = await world.click(who, form, 'publish.submit', {
    kind: 'classroom-talk',
    level: '3e',
    firstDay: day,
    from: '14:00',
    until: '15:30',
    school: chance.pick(schools),
    seats: String(chance.between(1, 3)),
    remark: '',
  });
  if (!has(answer, 'sessions.view')) return count(memory, 'session refused by a rule');
  memory.sessions.push({ id: idIn(answer, 'sessions.view'), day });
  count(memory, 'session published');
}

async function change(world: World, memory: Memory, who: TestPerson, session: Session): Promise<void> {
  const form = await world.call(who, 'sessions.edit', { id: session.id }, inChannel);
  if (!has(form, 'sessions.save')) return;
  const day = weekdayFrom(addDays(session.day, 1));
  await world.click(who, form, 'sessions.save', { firstDay: day, from: '09:00', until: '10:30' }, inChannel);
  session.day = day;
  count(memory, 'session moved');
}

async function cancel(world: World, memory: Memory, who: TestPerson, session: Session): Promise<void> {
  await world.call(
    who,
    'sessions.cancel',
    { id: session.id, reason: 'L’établissement a annulé.' },
    inChannel,
  );
  session.cancelled = true;
  count(memory, 'session cancelled');
}

/** Coordinators decide between two answers as soon as they see them. */
async function settle(world: World, memory: Memory, who: TestPerson): Promise<void> {
  const from = memory.read.get(coordination) ?? 0;
  const cards = world.received.filter(({ to }) => to === coordination);
  memory.read.set(coordination, cards.length);
  for (const { card } of cards.slice(from)) {
    if (!has(card, 'outcome.settle')) continue;
    await world.click(who, card, 'outcome.settle', {}, inChannel);
    count(memory, 'two answers settled');
  }
}
